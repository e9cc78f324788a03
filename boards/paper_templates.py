"""House templates: which sections a paper of a kind must have, with guidance that can never be published."""

from dataclasses import dataclass

from boards.document import build


@dataclass(frozen=True)
class Part:
    """A section of a template. `required` sections must be there, and hold something, before submission."""

    role: str
    title: str
    guidance: str
    required: bool = True


@dataclass(frozen=True)
class PaperTemplate:
    key: str
    name: str
    parts: tuple[Part, ...]
    marking_label: str = ""
    #: How its head is laid out: what stands before the author's office, whether the item's number and the contact officers
    #: belong there, and whether headings are printed in capitals.
    from_label: str = "From"
    number_label: str = ""
    contact_first: bool = False
    capital_headings: bool = False


_PURPOSE = Part("purpose", "Purpose", "In one or two sentences, say what this paper asks of the board and why now.")
_RECOMMENDATION = Part(
    "recommendation", "Recommendation", "Say what the board is asked to do. One recommendation a line."
)
_BACKGROUND = Part("background", "Background", "Give what a reader who missed the last meeting needs to know.")
_BODY = Part(
    "body",
    "Main considerations",
    "Set out the facts, the options and their cost. Add sections as you need them.",
    required=False,
)
_ECHO = Part("conclusion", "Recommendation", "", required=False)
_BIBLIOGRAPHY = Part(
    "bibliography", "Bibliography", "List the source documents and the contact officers by post, not by name."
)

TEMPLATES: dict[str, PaperTemplate] = {
    template.key: template
    for template in (
        PaperTemplate("board-paper", "Board paper", (_PURPOSE, _RECOMMENDATION, _BACKGROUND, _BODY, _ECHO, _BIBLIOGRAPHY)),
        PaperTemplate(
            "panel-report",
            "Panel report",
            (
                _PURPOSE,
                Part("recommendation", "Recommendations", "Say what the Panel is asked to do."),
                Part("terms", "Terms of reference", "Say which of the Panel’s functions this report engages."),
                _BACKGROUND,
                _BODY,
                Part("summary", "Conclusion", "Say in a paragraph what the Panel should take away.", required=False),
                Part("bibliography", "Background documents", "List the background documents and the contact officer by post."),
            ),
            marking_label="Public Report",
            from_label="Report of",
            number_label="Agenda item",
            contact_first=True,
            capital_headings=True,
        ),
        PaperTemplate(
            "risk-cover",
            "Risk register cover",
            (
                _PURPOSE,
                _RECOMMENDATION,
                _BACKGROUND,
                Part("body", "Changes since the last report", "One paragraph for each changed risk."),
                _ECHO,
                _BIBLIOGRAPHY,
            ),
        ),
        PaperTemplate(
            "minutes",
            "Minutes",
            (
                Part("background", "Attendance", "Say who was present, in attendance and sent apologies, by post."),
                Part("body", "Matters considered", "For each item: what was discussed, what was decided, and who does what by when."),
                Part("recommendation", "Decisions", "List each decision on a line of its own.", required=False),
            ),
        ),
        PaperTemplate(
            "decision-notice",
            "Decision notice",
            (
                Part("purpose", "Decision", "State the decision in one sentence."),
                Part("recommendation", "Recommendation", "Say what the office holder is asked to sign."),
                Part("background", "Reasons", "Say why this was decided, and which options were considered."),
                Part("body", "Advice", "Give the legal, financial and equality advice that was considered."),
                Part("bibliography", "Supporting papers", "List the papers that were considered and the contact officers by post."),
            ),
        ),
    )
}  # fmt: skip

#: What the schema calls the sections of a template that have no role of their own there.
_SCHEMA_ROLES = {"purpose", "recommendation", "background", "body", "conclusion", "bibliography", "summary", "appendix"}


def template(key: str) -> PaperTemplate:
    return TEMPLATES.get(key) or TEMPLATES["board-paper"]


def new_document(key: str, *, recommendation_verb: str = "note") -> dict:
    """An empty paper of a template: its sections with their guidance, nothing that could be published."""
    verb = recommendation_verb or "note"
    sections = []
    for part in template(key).parts:
        role = part.role if part.role in _SCHEMA_ROLES else "body"
        blocks = [build.guidance(part.guidance)] if part.guidance else []
        if part.role == "recommendation":
            blocks.append(build.recommend(verb, ""))
        elif part.role == "conclusion":
            blocks.append(build.echo())
        elif part.role != "bibliography":
            blocks.append(build.para(""))
        sections.append(build.section(part.title, *blocks, role=role))
    return build.doc(*sections)
