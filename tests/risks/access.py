"""Who gets which answer on the register's pages. Officers read the live register; only the risk officer and a risk's leads change it."""

import datetime as dt

from tests.access import ABSENT, OPEN, REFUSED, SIGN_IN, WRONG_METHOD, Row

#: Staff of the office see the live register.
STAFF = (SIGN_IN, REFUSED, OPEN, OPEN, REFUSED)
#: What the risk officer alone does, here refused to everybody asked.
OFFICER = (SIGN_IN, REFUSED, REFUSED, REFUSED, REFUSED)
POST_ONLY = (SIGN_IN, *(WRONG_METHOD,) * 4)
#: One risk: a stranger does not find it; staff read it, and are told why they may not change it.
RISK = (SIGN_IN, ABSENT, OPEN, OPEN, ABSENT)
CHANGE_RISK = (SIGN_IN, ABSENT, REFUSED, REFUSED, ABSENT)
#: The register as sealed for a board: its members, and officers.
SEALED = (SIGN_IN, OPEN, OPEN, OPEN, ABSENT)


def prepare(world) -> None:
    from portal.models import Appointment, User
    from risks.actions import importing, matrices, register, reviews, rows, scores
    from risks.models import Lead, Objective
    from risks.setting_up import ensure_matrix

    officer = User.objects.create_user("risk.officer@opcc.example", name="Risk Officer")
    Appointment.objects.create(person=officer, role="risk_officer", title="Risk Officer", starts_on=dt.date(2000, 1, 1))
    matrix = ensure_matrix(officer)
    lead = Lead.objects.create(title="Office of the Monitoring Officer")
    objective = Objective.objects.create(number=9, title="Standards")
    risk = register.add_risk(
        by=officer, on=dt.date(2017, 1, 31), status_kind="update", objective=objective, number=1, title="Standards slip",
        description="Standards are not kept.", exec_lead=lead, senior_lead=lead,
    )  # fmt: skip
    scores.score_risk(risk=risk, stage="current", likelihood=3, impacts={"political": 4}, by=officer, rationale="")
    world.risk_row = rows.add_row(
        risk=risk, name="causes", by=officer, text="Nobody is told what they are.", reason="Added"
    )
    world.risk_lead = lead
    world.risk_review = reviews.open_round(
        title="Quarter one", due_on=dt.date(2030, 1, 1), next_review_on=dt.date(2030, 4, 1), by=officer
    )
    world.risk_matrix = matrices.draft_matrix(version="trial", data=matrix.data, by=officer)
    world.risk_import = importing.upload(name="risks.csv", content=b"ref,part\nSR9.1,risk\n", by=officer)


def ref(world) -> list:
    return ["SR9.1"]


def row(world) -> list:
    return ["SR9.1", "causes", world.risk_row.pk]


ROWS = {
    f"risks:{name}": found
    for name, found in {
        "home": Row((SIGN_IN, SIGN_IN, OPEN, OPEN, ABSENT)),  # a member is sent to the sealed register
        "map": Row(STAFF),
        "review_dates": Row(POST_ONLY),
        "export": Row(STAFF, lambda world: ["csv"]),
        "print": Row(STAFF),
        "add": Row(OFFICER),
        "boards": Row(SEALED),
        "board": Row(SEALED, lambda world: [world.board.slug]),
        "board_print": Row((SIGN_IN, *(ABSENT,) * 4), lambda world: [world.board.slug]),
        "board_risk": Row((SIGN_IN, *(ABSENT,) * 4), lambda world: [world.board.slug, "SR9.1"]),
        "reviews": Row(STAFF),
        "review_open": Row(OFFICER),
        "review": Row(STAFF, lambda world: [world.risk_review.pk]),
        "review_close": Row(POST_ONLY, lambda world: [world.risk_review.pk]),
        "review_answer": Row(OFFICER, lambda world: [world.risk_review.pk, world.risk_review.answers.first().pk]),
        "matrices": Row(STAFF),
        "matrix_start": Row(POST_ONLY),
        "matrix_draft": Row(OFFICER),
        "score_again": Row(OFFICER),
        "matrix": Row(STAFF, lambda world: [world.risk_matrix.pk]),
        "matrix_adopt": Row(POST_ONLY, lambda world: [world.risk_matrix.pk]),
        "leads": Row(OFFICER),
        "lead_add": Row(OFFICER),
        "lead": Row(OFFICER, lambda world: [world.risk_lead.pk]),
        "import": Row(OFFICER),
        "import_run": Row(OFFICER, lambda world: [world.risk_import.pk]),
        "risk": Row(RISK, ref),
        "edit": Row(CHANGE_RISK, ref),
        "close": Row(OFFICER, ref),
        "reopen": Row(OFFICER, ref),
        "accept": Row(CHANGE_RISK, ref),
        "withdraw_acceptance": Row(CHANGE_RISK, ref),
        "clear_target": Row(CHANGE_RISK, ref),
        "score": Row(CHANGE_RISK, lambda world: ["SR9.1", "current"]),
        "history": Row(RISK, ref),
        "put_back": Row(POST_ONLY, ref),
        "row_add": Row(CHANGE_RISK, lambda world: ["SR9.1", "causes"]),
        "row_edit": Row(CHANGE_RISK, row),
        "row_move": Row(POST_ONLY, row),
    }.items()
}
