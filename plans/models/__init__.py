"""Rows of the plan register: what is promised, who delivers it, what was reported, and how it is measured."""

from plans.models.actions import Activity, ActivityLead, PriorityAction
from plans.models.aims import Aim, ObjectiveAim, OtherPlan
from plans.models.assessment import Assessment, Finding, FindingReview
from plans.models.imports import ImportRun
from plans.models.links import ActionLink
from plans.models.measures import Measure, Observation
from plans.models.plan import Objective, Plan, Theme
from plans.models.rounds import DirectionOverride, FrozenPeriod, ProgressUpdate, Reminder, Round, StatusReport

__all__ = [
    "ActionLink",
    "Activity",
    "ActivityLead",
    "Aim",
    "Assessment",
    "DirectionOverride",
    "Finding",
    "FindingReview",
    "FrozenPeriod",
    "ImportRun",
    "Measure",
    "Objective",
    "ObjectiveAim",
    "Observation",
    "OtherPlan",
    "Plan",
    "PriorityAction",
    "ProgressUpdate",
    "Reminder",
    "Round",
    "StatusReport",
    "Theme",
]
