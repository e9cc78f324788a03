"""What a finding is, and the register of rules.

A rule is one small function `(paper, facts) -> iterable of Hit`, registered with its id, severity and title. Adding
one is one file in `rules/` and its test. A rule that cannot be sure stays silent: a false alarm is a defect.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from importlib import import_module
from pkgutil import iter_modules

BLOCKS, ACKNOWLEDGE, ADVICE = "blocks", "acknowledge", "advice"
SEVERITIES = (BLOCKS, ACKNOWLEDGE, ADVICE)


@dataclass(frozen=True)
class Finding:
    """One thing found in a paper: which rule, how grave, where, in a sentence, and how to mend it."""

    rule: str
    severity: str
    block_id: str | None
    printed_number: str | None
    sentence: str
    mend: str

    def as_dict(self):
        return asdict(self)


@dataclass(frozen=True)
class Hit:
    """What a rule answers with. `severity` only where it differs from the rule's own."""

    sentence: str
    mend: str
    block_id: str | None = None
    number: str | None = None
    severity: str | None = None


@dataclass(frozen=True)
class Rule:
    """A registered rule. `id` begins with the number of the validation rule it serves (P1 to P13), where it serves
    one.
    """

    id: str
    severity: str
    title: str
    function: Callable[..., Iterable[Hit]]


REGISTRY: dict[str, Rule] = {}


def rule(rule_id: str, severity: str, title: str):
    """Register a function as a rule: `@rule("P6", ACKNOWLEDGE, "Date of the paper")`."""

    def register(function):
        if rule_id in REGISTRY:
            raise ValueError(f"two rules are called {rule_id}")
        if severity not in SEVERITIES:
            raise ValueError(f"{severity} is not a severity")
        REGISTRY[rule_id] = Rule(rule_id, severity, title, function)
        return function

    return register


def load_rules():
    """Import every module of `rules/`, once; answers the rules in order of id."""
    rules = import_module(f"{__package__}.rules")
    for module in iter_modules(rules.__path__):
        import_module(f"{rules.__name__}.{module.name}")
    return [REGISTRY[key] for key in sorted(REGISTRY, key=_order)]


def _order(rule_id):
    head, _, tail = rule_id.partition(".")
    digits = "".join(c for c in head if c.isdigit())
    return int(digits or 0), tail
