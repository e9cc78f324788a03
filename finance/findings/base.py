"""The shape of a finding, shared by all rules."""

from dataclasses import dataclass, field

SEVERITY_TITLES = {"blocks": "Must be put right", "acknowledge": "Must be answered", "advice": "For information"}


@dataclass(frozen=True)
class Finding:
    """One statement about the figures. `ref` is the row it is about; `figures` are plain integers and text."""

    rule: str
    severity: str
    ref: str
    sentence: str
    mend: str = ""
    figures: dict = field(default_factory=dict)
