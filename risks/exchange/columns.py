"""The columns of the table and what stands in a row.

Each row is a part of one risk: `risk` itself, a score (`inherent`, `current`, `future`), its `acceptance`, or one bullet (`cause`,
`effect`, `control`, `assurance`, `action`, `link`). `impact`, `rating` and `band` are written for the reader; when they are read they
are only checked, because a rating is never typed.
"""

from risks.scales import CATEGORIES, STAGES

PARTS = {
    "risk": None,
    "inherent": None,
    "current": None,
    "future": None,
    "acceptance": None,
    "cause": "causes",
    "effect": "effects",
    "control": "controls",
    "assurance": "assurances",
    "action": "actions",
    "link": "links",
}

COLUMNS = (
    "ref", "part", "position", "text", "title", "type", "exec lead", "senior lead", "status", "status date", "last review", "reviewed by",
    "next review", "closed on", "likelihood", *CATEGORIES, "impact", "rating", "band", "matrix", "by", "on", "until", "reason", "owner",
    "effect", "line", "frequency", "last evidence", "due", "done on", "target", "id",
)  # fmt: skip

DATES = ("status date", "last review", "next review", "closed on", "on", "until", "last evidence", "due", "done on")
NUMBERS = ("position", "likelihood", *CATEGORIES, "impact", "rating")
_SCORE = ("likelihood", *CATEGORIES, "impact", "rating", "band", "matrix", "by", "on", "reason")
USED = {
    "risk": (
        "text", "title", "type", "exec lead", "senior lead", "status", "status date", "last review", "reviewed by", "next review",
        "closed on", "reason",
    ),
    **dict.fromkeys(STAGES, _SCORE),
    "acceptance": ("by", "on", "until", "reason"),
    "cause": ("position", "text"),
    "effect": ("position", "text"),
    "control": ("position", "text", "owner", "effect"),
    "assurance": ("position", "text", "line", "frequency", "last evidence"),
    "action": ("position", "text", "owner", "due", "done on"),
    "link": ("position", "text", "target"),
}  # fmt: skip

LONGEST = {
    ("", "title"): 120,
    ("", "by"): 120,
    ("", "reviewed by"): 120,
    ("", "owner"): 120,
    ("", "frequency"): 60,
    ("", "target"): 120,
    ("risk", "reason"): 400,
    ("link", "text"): 300,
}
"""Characters that a column may hold, in rows of one part or (with no part) of any."""

WIDTHS = {
    "ref": 8,
    "part": 11,
    "position": 8,
    "text": 70,
    "title": 36,
    "exec lead": 22,
    "senior lead": 28,
    "reason": 30,
    "id": 38,
}
