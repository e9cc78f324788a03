"""The fixed lists of the register: stages, PESTELO impact categories, kinds of row, and the words shown for them.

Wording of the impact scale is the office's own short form; it is shown as help beside the form and in the key at the end of a report.
"""

STAGES = {"inherent": "Inherent", "current": "Current", "future": "Future"}
STAGE_MEANINGS = {
    "inherent": "the score if nothing were done",
    "current": "the score with the controls now in place",
    "future": "the score aimed at once the future actions are done",
}

TYPES = {"theoretical": "Theoretical", "live": "Live"}
STATUSES = {"new": "New", "update": "Update", "closed": "Closed"}

CATEGORIES = {
    "political": "Political",
    "economic": "Economic",
    "social": "Social",
    "technological": "Technological",
    "environmental": "Environmental",
    "legislative": "Legislative",
    "organisation": "Organisation",
}

SCOPES = {
    "political": "Local and national government policy",
    "economic": "Pressure on the budget or on savings, as a percentage",
    "social": "Public confidence",
    "technological": "What failure would do, and how fast and how far things change",
    "environmental": "Harm to the environment",
    "legislative": "National and international law, and contracts",
    "organisation": "Change forced on the organisation and its staff",
}

_STAKEHOLDERS = (
    "Hardly noticed by those we work with",
    "A small effect on those we work with",
    "Local partners withdraw their support",
    "Our ability to do the job is questioned",
    "Whether we can continue at all is in doubt",
)

DESCRIPTORS = {
    "political": _STAKEHOLDERS,
    "economic": (
        "Overspend up to 2%, or savings short by up to 3%",
        "Overspend from 2% to 5%, or savings short by 3% to 5%",
        "From 5% to 10% either way",
        "From 10% to 15% either way",
        "15% and over, either way",
    ),
    "social": _STAKEHOLDERS,
    "technological": (
        "What is needed is met in all but trifles",
        "A minor shortfall",
        "A moderate shortfall in something important",
        "A serious shortfall that hits delivery",
        "The system fails altogether",
    ),
    "environmental": (
        "Little disturbance",
        "Some disturbance",
        "Considerable disturbance",
        "Serious damage for some years",
        "Critical, lasting damage",
    ),
    "legislative": (
        "Little effect",
        "Local sanctions",
        "Fines or penalties",
        "Prosecution and a heavy fine",
        "Prosecution that stops us working",
    ),
    "organisation": (
        "Adjustments too small to matter",
        "Minor adjustments",
        "Moderate adjustments",
        "Significant adjustments",
        "Extensive adjustments that last, or are permanent",
    ),
}

ECONOMIC_EDGE_RULE = (
    "A percentage on a shared edge takes the higher score, except an overspend of exactly 2% or a savings shortfall of exactly "
    "3%, which stay at 1 because the first step says “up to”. 15% and over is 5."
)

# The ordered lists of a risk, in the order of the register page: name in a snapshot, heading, one of them.
LISTS = {
    "causes": ("Causes", "cause"),
    "effects": ("Effects", "effect"),
    "controls": ("Controls in place", "control"),
    "assurances": ("Controls assurance", "assurance"),
    "actions": ("Future actions", "future action"),
    "links": ("Links", "link"),
}

CONTROL_EFFECTS = {"preventive": "Preventive", "detective": "Detective", "mitigating": "Mitigating"}
ASSURANCE_LINES = {
    "first": "First line",
    "second": "Second line",
    "third": "Third line",
    "external": "External",
}


def impact_of(impacts: dict[str, int | None]) -> int | None:
    """Impact is the highest of the PESTELO categories that apply; None when none is scored."""
    scored = [value for value in impacts.values() if value is not None]
    return max(scored) if scored else None


def economic_impact(percentage: float, *, of: str = "overspend") -> int:
    """Score for an overspend, or a savings shortfall, of so many per cent (see `ECONOMIC_EDGE_RULE`).

    `of` is "overspend" or "shortfall". Raises ValueError for a negative percentage.
    """
    if percentage < 0:
        raise ValueError("A percentage over budget, or short of savings, is not negative.")
    first = {"overspend": 2, "shortfall": 3}[of]
    if percentage <= first:
        return 1
    return next((score for score, edge in ((2, 5), (3, 10), (4, 15)) if percentage < edge), 5)
