"""People of the demonstration office, named by their posts, and the boards they sit on."""

import datetime as dt

from boards.models import Board, BoardMembership
from portal.demo import PASSWORD
from portal.models import Appointment, Office, User
from portal.roles import Role

SINCE = dt.date(2016, 5, 12)

#: (post, e-mail name, initials, roles)
PEOPLE: list[tuple[str, str, str, list[str]]] = [
    ("Governance Officer", "governance", "GV", [Role.GOVERNANCE]),
    ("Head of Policy", "author", "HP", [Role.AUTHOR]),
    ("Director of Public Engagement", "engagement", "PE", [Role.AUTHOR, Role.RISK_LEAD]),
    ("Chief Executive", "chief.executive", "CE", [Role.CHIEF_EXECUTIVE, Role.AUTHOR, Role.RISK_LEAD]),
    ("Monitoring Officer", "monitoring", "MO", [Role.MONITORING_OFFICER, Role.LEGAL_REVIEWER]),
    ("Chief Finance Officer", "cfo", "CF", [Role.CHIEF_FINANCE_OFFICER, Role.FINANCE_EDITOR, Role.AUTHOR]),
    ("Equality Adviser", "equality", "EQ", [Role.EQUALITY_REVIEWER]),
    ("Risk Officer", "risk", "RO", [Role.RISK_OFFICER, Role.AUTHOR]),
    ("Chief Constable", "chief.constable", "CC", [Role.AUTHOR]),
    ("Police and Crime Commissioner", "member", "PC", []),
    ("Deputy Police and Crime Commissioner", "deputy", "DP", []),
    ("Chair of the Joint Audit Committee", "audit.chair", "AC", []),
    ("Auditor", "auditor", "AU", [Role.AUDITOR]),
    ("System Administrator", "admin", "SA", [Role.ADMINISTRATOR]),
]

#: What the launcher prints: (post, what the person can do).
SIGN_INS = [
    ("governance", "builds agendas, seals and publishes"),
    ("author", "writes papers"),
    ("member", "reads packs, restricted items included"),
    ("chief.executive", "clears papers"),
    ("monitoring", "confirms restrictions"),
    ("risk", "keeps the risk register"),
    ("plan.officer", "keeps the Police and Crime Plan"),
    ("cfo", "keeps the medium term finances"),
    ("admin", "manages accounts"),
]

BOARDS = [
    {
        "name": "Business Coordination Board",
        "slug": "business-coordination-board",
        "short_name": "BCB",
        "aliases": [],
        "kind": Board.Kind.BOARD,
        "chair_title": "Police and Crime Commissioner",
        "frequency": "Every quarter",
    },
    {
        "name": "Joint Audit Committee",
        "slug": "joint-audit-committee",
        "short_name": "JAC",
        "kind": Board.Kind.COMMITTEE,
        "chair_title": "Independent chair",
        "frequency": "Four times a year",
    },
    {
        "name": "Police and Crime Panel",
        "slug": "police-and-crime-panel",
        "short_name": "Panel",
        "kind": Board.Kind.PANEL,
        "paper_template": "panel-report",
        "is_public": True,
        "chair_title": "Chair of the Panel",
        "frequency": "Five times a year",
    },
]

SEATS = {
    "business-coordination-board": ["member", "deputy", "chief.constable", "chief.executive"],
    "joint-audit-committee": ["audit.chair", "member"],
    "police-and-crime-panel": ["member"],
}


def address(name: str) -> str:
    return f"{name}@opcc.example"


def load() -> None:
    if not Office.objects.exists():
        Office.objects.create(
            name="Office of the Police and Crime Commissioner",
            short_name="OPCC",
            area="Fenshire",
            force="Fenshire Constabulary",
            office_holder="Police and Crime Commissioner",
            contact_email=address("governance"),
        )
    for post, name, initials, roles in PEOPLE:
        person = User.objects.filter(email=address(name)).first()
        if person is None:
            person = User.objects.create_user(address(name), name=post, initials=initials, password=PASSWORD)
        for role in roles:
            if not Appointment.objects.filter(person=person, role=role).exists():
                Appointment.objects.create(person=person, role=role, title=post, starts_on=SINCE)
    for fields in BOARDS:
        board = Board.objects.filter(slug=fields["slug"]).first() or Board.objects.create(**fields)
        for name in SEATS[board.slug]:
            person = User.objects.get(email=address(name))
            if not BoardMembership.objects.filter(board=board, person=person).exists():
                BoardMembership.objects.create(board=board, person=person, capacity=person.name, starts_on=SINCE)


def by_name(name: str) -> User:
    return User.objects.get(email=address(name))
