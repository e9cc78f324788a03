"""P1: the parts every board paper has."""

from ..base import BLOCKS, Hit, rule

TITLES = {
    "purpose": ("a section on its purpose", "Add a section called “Purpose” that says what the paper is for."),
    "recommendation": ("a recommendation", "Add a recommendation: what the board is asked to do."),
    "background": ("a section on its background", "Add a section called “Background”."),
    "conclusion": ("a conclusion", "Add a section called “Conclusion”."),
    "summary": ("a summary", "Add a section called “Summary”."),
    "bibliography": ("a bibliography", "Add the source documents and contact officers."),
}


@rule("P1.parts", BLOCKS, "The required parts are there")
def required_parts_are_there(paper, facts):
    """A purpose, at least one recommendation and at least one contact officer (validation rule P1)."""
    for role in facts.required_sections:
        words, mend = TITLES.get(role, (f"a section on {role}", f"Add a section on {role}."))
        if role == "recommendation":
            missing = not paper.blocks_of("recommendation") and not any(
                passage.text.strip() for section in paper.with_role(role) for passage in section.passages[1:]
            )
        else:
            missing = not paper.with_role(role)
        if missing:
            yield Hit(f"The paper does not have {words}.", mend)
    if facts.contact_required and not paper.blocks_of("contactOfficer") and not _contact_in_header(paper):
        yield Hit(
            "The paper does not name a contact officer.",
            "Add a contact officer by role, with a role mailbox where there is one.",
        )


def _contact_in_header(paper):
    return bool((paper.imported.header or {}).get("contact"))
