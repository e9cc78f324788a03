"""What a new register needs before its first score: an adopted matrix. Its cut-offs between bands may be set for an office."""

import datetime as dt

from django.conf import settings

from risks import matrix as core
from risks.actions import matrices
from risks.models import RiskMatrix


def starting_data() -> dict:
    """The matrix to start with. `settings.RISK_BANDS` may give other cut-offs, the highest rating of each band: {"Low": 6, ...}.

    Cut-offs that an office has set itself count as confirmed; the ones shipped are marked to be confirmed.
    """
    data = core.default_data()
    tops = getattr(settings, "RISK_BANDS", None)
    if tops:
        lowest = 1
        for band in data["bands"]:
            band["from"], band["to"] = lowest, tops[band["name"]]
            lowest = band["to"] + 1
        data["bands_confirmed"] = True
    core.from_data(data)
    return data


def ensure_matrix(by=None) -> RiskMatrix:
    """The matrix in force; the starting one, adopted on its own date, when there is none."""
    found = RiskMatrix.objects.in_force()
    if found:
        return found
    data = starting_data()
    why = "Matrix in use when the register began"
    drafted = matrices.draft_matrix(version=data["version"], data=data, by=by, reason=why)
    return matrices.adopt_matrix(matrix=drafted, by=None, reason=why, on=dt.date.fromisoformat(data["adopted_on"]))
