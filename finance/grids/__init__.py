"""The editable grids: each is built from a plan, and read back into one."""

from finance import figures
from finance.grids import actuals, budget, categories, lines, movements
from finance.grids.base import Grid, overlay

TITLES = {
    "movements": "Reserves: opening balances and movements",
    "categories": "Home Office categories",
    "actuals": "Actual balances",
    "budget": "Budget, council tax and assumptions",
    **{key: spec.title for key, spec in lines.SPECS.items()},
}
_WHOLE = {"movements": movements, "categories": categories, "actuals": actuals, "budget": budget}

__all__ = ["TITLES", "build", "overlay", "parse"]


def build(key: str, plan: figures.Plan) -> Grid:
    return _WHOLE[key].build(plan) if key in _WHOLE else lines.build(plan, key)


def parse(key: str, plan: figures.Plan, data) -> tuple[figures.Plan, dict[str, str]]:
    """The plan with what was typed, and a sentence for each cell at fault (by the name of the cell)."""
    return _WHOLE[key].parse(plan, data) if key in _WHOLE else lines.parse(plan, data, key)
