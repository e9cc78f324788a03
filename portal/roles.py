"""What a person may be, and for how long. A role is held by an appointment with dates; nobody has one for ever."""

from django.db import models


class Role(models.TextChoices):
    """The roles of the portal. Membership of a board is not a role: it is held board by board (`boards.BoardMembership`)."""

    GOVERNANCE = "governance", "Governance officer"
    AUTHOR = "author", "Author"
    FINANCE_REVIEWER = "finance_reviewer", "Finance reviewer"
    LEGAL_REVIEWER = "legal_reviewer", "Legal reviewer"
    EQUALITY_REVIEWER = "equality_reviewer", "Equality reviewer"
    CHIEF_EXECUTIVE = "chief_executive", "Chief Executive"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring Officer"
    CHIEF_FINANCE_OFFICER = "chief_finance_officer", "Chief Finance Officer"
    RISK_OFFICER = "risk_officer", "Risk officer"
    RISK_LEAD = "risk_lead", "Risk lead"
    PLAN_OFFICER = "plan_officer", "Plan officer"
    PLAN_LEAD = "plan_lead", "Plan lead"
    FINANCE_EDITOR = "finance_editor", "Finance editor"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


#: Roles of the office's own staff: they work on live rows. The administrator runs accounts and reads no content.
STAFF = frozenset(set(Role) - {Role.ADMINISTRATOR})
