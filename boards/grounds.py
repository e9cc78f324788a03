"""Grounds on which something may be kept from the public.

The words of Schedule 12A to the Local Government Act 1972 are used as a familiar vocabulary: that schedule binds
Panels, and nothing found applies it to a Commissioner's own board, whose duties are in the Specified Information
Order 2011 and the Freedom of Information Act 2000.
"""

GROUNDS: dict[str, str] = {
    "12A-1": "Information about an individual",
    "12A-2": "Information likely to identify an individual",
    "12A-3": "Financial or business affairs",
    "12A-4": "Labour relations consultations",
    "12A-5": "Legal professional privilege",
    "12A-6": "Proposed notices, orders or directions",
    "12A-7": "Preventing, investigating or prosecuting crime",
    "FOI-22": "Intended for future publication (FOI section 22)",
    "FOI-24": "National security (FOI sections 23 and 24)",
    "FOI-31": "Investigations and law enforcement (FOI sections 30 and 31)",
    "FOI-36": "Conduct of public affairs (FOI section 36)",
    "FOI-38": "Health and safety (FOI section 38)",
    "FOI-40": "Personal information (FOI section 40)",
    "FOI-41": "Information given in confidence (FOI section 41)",
    "FOI-42": "Legal professional privilege (FOI section 42)",
    "FOI-43": "Commercial interests (FOI section 43)",
}

#: A public interest note is not needed where the exemption is absolute.
ABSOLUTE = frozenset({"FOI-40", "FOI-41"})

CHOICES = list(GROUNDS.items())


def title_of(code: str) -> str:
    return GROUNDS.get(code, code)
