"""Forms of the finance pages. They read and check what was typed; actions save it."""

from finance.forms.exchange import AnswerForm, PasteForm, UploadForm
from finance.forms.plan import CopyForwardForm, DetailsForm, StartPlanForm, StatementForm, TickForm
from finance.forms.reserve import ReserveForm
from finance.forms.scenario import ScenarioForm

__all__ = [
    "AnswerForm",
    "CopyForwardForm",
    "DetailsForm",
    "PasteForm",
    "ReserveForm",
    "ScenarioForm",
    "StartPlanForm",
    "StatementForm",
    "TickForm",
    "UploadForm",
]
