from risks.models.assessment import Acceptance, Assessment
from risks.models.importing import ImportRun
from risks.models.lead import Lead
from risks.models.matrix import RiskMatrix
from risks.models.review import ReviewAnswer, ReviewRound
from risks.models.risk import Objective, Risk
from risks.models.rows import Assurance, Cause, Control, Effect, FutureAction, Link

__all__ = [
    "Acceptance",
    "Assessment",
    "Assurance",
    "Cause",
    "Control",
    "Effect",
    "FutureAction",
    "ImportRun",
    "Lead",
    "Link",
    "Objective",
    "ReviewAnswer",
    "ReviewRound",
    "Risk",
    "RiskMatrix",
]
