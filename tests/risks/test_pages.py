"""Pages of the register: who may open what, the desk without a script, and queries that do not grow."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from boards.canonical import canonical_json, digest
from boards.models import Board, BoardMembership, Edition, Meeting
from risks import snapshot
from risks.actions import matrices, reviews
from risks.exchange import files
from risks.models import ImportRun, Risk, RiskMatrix
from risks.report.register import RiskRegister

pytestmark = pytest.mark.django_db
AS_AT = dt.date(2017, 2, 6)


@pytest.fixture
def board():
    return Board.objects.create(name="Main Board", slug="main-board", short_name="MB")


@pytest.fixture
def sealed(board):
    """Seal the register for the board, as a sealed edition holds it."""

    def seal(day: dt.date, to: Board = board, **extra):
        meeting = Meeting.objects.create(board=to, date=day)
        last = Edition.objects.filter(meeting__board=to).order_by("-meeting__date").first()
        now = {**snapshot.take(day), **extra}
        before = last.content["registers"]["risks"]["snapshot"] if last else None
        changes = [change.as_dict() for change in RiskRegister().compare(now, before)]
        text = canonical_json({"items": [], "registers": {"risks": {"snapshot": now, "changes": changes}}})
        return Edition.objects.create(
            meeting=meeting, number=1, kind="agenda", registers=["risks"], canonical=text, sha256=digest(text)
        )

    return seal


@pytest.fixture
def member(person, board):
    someone = person(title="Independent member")
    BoardMembership.objects.create(board=board, person=someone, starts_on=dt.date(2000, 1, 1))
    return someone


@pytest.fixture
def everything(make_risk, officer, board, sealed, leads):
    """One of each thing that an address can name."""
    risk = make_risk("SR3.1", current=(3, 4))
    sealed(dt.date(2016, 8, 11))
    review = reviews.open_round(
        title="Spring", due_on=dt.date(2099, 1, 1), next_review_on=dt.date(2099, 4, 1), by=officer
    )
    data = RiskMatrix.objects.get().data
    draft = matrices.draft_matrix(version="2018", data=data, by=officer)
    run = ImportRun.objects.create(name="a.csv", sha256="0" * 64, rows=[], uploaded_by=officer)
    return {
        "ref": risk.ref, "name": "controls", "row": risk.controls.get().pk, "board": board.slug, "round": review.pk,
        "answer": review.answers.get().pk, "matrix": draft.pk, "lead": leads["Office"].pk, "run": run.pk,
    }  # fmt: skip


# (name of the address, its arguments, method, answer to: nobody, member, another board's member, author, lead, risk officer)
LIVE = (302, 404, 404, 200, 200, 200)
EDIT = (302, 404, 404, 403, 200, 200)
MANAGE = (302, 403, 403, 403, 403, 200)
STAFF = (302, 403, 403, 200, 200, 200)
TABLE = [
    ("home", [], "get", (302, 302, 404, 200, 200, 200)),
    ("map", [], "get", STAFF),
    ("review_dates", [], "post", (302, 403, 403, 403, 403, 422)),
    ("export", ["csv"], "get", STAFF),
    ("print", [], "get", STAFF),
    ("add", [], "get", MANAGE),
    ("boards", [], "get", (302, 200, 404, 200, 200, 200)),
    ("board", ["board"], "get", (302, 200, 404, 200, 200, 200)),
    ("board_print", ["board"], "get", (302, 200, 404, 200, 200, 200)),
    ("board_risk", ["board", "ref"], "get", (302, 200, 404, 200, 200, 200)),
    ("reviews", [], "get", STAFF),
    ("review_open", [], "get", MANAGE),
    ("review", ["round"], "get", STAFF),
    ("review_close", ["round"], "post", (302, 403, 403, 403, 403, 302)),
    ("review_answer", ["round", "answer"], "get", (302, 403, 403, 403, 200, 200)),
    ("matrices", [], "get", STAFF),
    ("matrix_start", [], "post", (302, 403, 403, 403, 403, 302)),
    ("matrix_draft", [], "get", MANAGE),
    ("score_again", [], "get", MANAGE),
    ("matrix", ["matrix"], "get", STAFF),
    ("matrix_adopt", ["matrix"], "post", (302, 403, 403, 403, 403, 302)),
    ("leads", [], "get", MANAGE),
    ("lead_add", [], "get", MANAGE),
    ("lead", ["lead"], "get", MANAGE),
    ("import", [], "get", MANAGE),
    ("import_run", ["run"], "get", MANAGE),
    ("risk", ["ref"], "get", LIVE),
    ("edit", ["ref"], "get", EDIT),
    ("close", ["ref"], "get", MANAGE),
    ("reopen", ["ref"], "get", MANAGE),
    ("accept", ["ref"], "get", EDIT),
    ("withdraw_acceptance", ["ref"], "get", EDIT),
    ("clear_target", ["ref"], "get", EDIT),
    ("score", ["ref", "current"], "get", EDIT),
    ("history", ["ref"], "get", LIVE),
    ("put_back", ["ref"], "post", (302, 404, 404, 403, 302, 302)),
    ("row_add", ["ref", "name"], "get", EDIT),
    ("row_edit", ["ref", "name", "row"], "get", EDIT),
    ("row_move", ["ref", "name", "row"], "post", (302, 404, 404, 403, 302, 302)),
]


def test_every_address_is_in_the_table_of_who_may_open_it():
    named = {pattern.name for pattern in get_resolver("risks.urls").url_patterns}
    assert named == {name for name, *_ in TABLE}


@pytest.mark.parametrize(("name", "arguments", "method", "answers"), TABLE, ids=[row[0] for row in TABLE])
def test_each_person_gets_the_answer_of_the_table(
    client, person, officer, member, leads, everything, name, arguments, method, answers
):
    stranger = person(title="Member of another board")
    lead = person("risk_lead", title="Chief Executive")
    leads["Chief Executive"].people.add(lead)
    url = reverse(f"risks:{name}", args=[everything.get(argument, argument) for argument in arguments])
    people = (None, member, stranger, person("author"), lead, officer)
    for who, answer in zip(people, answers, strict=True):
        client.logout()
        if who:
            client.force_login(who)
        got = getattr(client, method)(url).status_code
        # A form sent without a session comes back with what was typed.
        assert got in ((302, 401) if who is None else (answer,)), (name, who, got)


def test_the_list_takes_the_same_queries_for_any_number_of_risks(client, officer, make_risk):
    client.force_login(officer)
    make_risk("SR1.1")
    client.get(reverse("risks:home"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("risks:home"))
    for number in range(2, 30):
        make_risk(f"SR1.{number}", current=(3, 4), bullets=False)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("risks:home"))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("", ["SR1.1", "SR2.1", "SR3.1"]),
        ("show=above", ["SR3.1"]),
        ("show=no_target", ["SR1.1", "SR3.1"]),
        ("show=overdue", ["SR2.1"]),
        ("show=closed", []),
        ("band=mediumHigh", ["SR3.1"]),
        ("q=SR2", ["SR2.1"]),
        ("objective=nonsense", ["SR1.1", "SR2.1", "SR3.1"]),
    ],
)
def test_filters_narrow_the_list(client, officer, make_risk, query, refs):
    make_risk("SR1.1")
    make_risk("SR2.1", future=(1, 1), next_review_on=dt.date(2017, 1, 1))
    make_risk("SR3.1", current=(3, 4))
    client.force_login(officer)
    response = client.get(f"{reverse('risks:home')}?{query}")
    assert [line["risk"].ref for line in response.context["lines"]] == refs


def test_a_bullet_is_added_changed_moved_and_removed_without_a_script(client, officer, make_risk):
    risk = make_risk("SR3.1")
    client.force_login(officer)
    add = reverse("risks:row_add", args=["SR3.1", "controls"])
    form = client.get(add).context["adding"]
    sent = {
        "text": "A new control",
        "owner": "Chief Executive",
        "effect": "detective",
        "reason": "Asked for",
        "version": form["version"].value(),
    }
    assert client.post(add, sent).status_code == 302
    first, second = risk.controls.all()
    assert (second.text, second.owner) == ("A new control", "Chief Executive")
    assert (
        client.post(reverse("risks:row_move", args=["SR3.1", "controls", second.pk]), {"way": "up"}).status_code == 302
    )
    assert [control.pk for control in risk.controls.all()] == [second.pk, first.pk]
    edit = reverse("risks:row_edit", args=["SR3.1", "controls", first.pk])
    version = Risk.objects.get().version
    assert client.post(edit, {"text": "", "reason": "x", "version": version}).status_code == 422
    assert (
        client.post(edit, {"text": "Reworded", "effect": "", "reason": "Plainer", "version": version}).status_code
        == 302
    )
    stale = client.post(edit, {"text": "Too late", "effect": "", "reason": "x", "version": version})
    assert stale.status_code == 422
    assert b"Somebody else changed SR3.1" in stale.content
    version = Risk.objects.get().version
    client.post(edit, {"text": "Reworded", "effect": "", "reason": "Gone", "version": version, "remove": "yes"})
    assert [control.pk for control in risk.controls.all()] == [second.pk]


def test_with_a_script_only_the_list_is_sent_back(client, officer, make_risk):
    risk = make_risk("SR3.1")
    client.force_login(officer)
    url = reverse("risks:row_edit", args=["SR3.1", "controls", risk.controls.get().pk])
    content = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert content.startswith('<section class="app-section" id="controls"')


def test_a_score_is_looked_up_and_a_missing_category_refused(client, officer, make_risk):
    make_risk("SR3.1")
    client.force_login(officer)
    url = reverse("risks:score", args=["SR3.1", "current"])
    version = Risk.objects.get().version
    none = client.post(url, {"likelihood": "3", "reason": "Quarter", "version": version})
    assert b"Score at least one category" in none.content
    assert (
        client.post(url, {"likelihood": "6", "political": "4", "reason": "Quarter", "version": version}).status_code
        == 200
    )
    done = client.post(
        url, {"likelihood": "3", "political": "4", "rating": "1", "reason": "Quarter", "version": version}, follow=True
    )
    assert b"is 18, Medium-high. It is above tolerance." in done.content
    assert Risk.objects.get().assessments.get(stage="current").rating == 18


def test_one_review_date_is_set_for_the_ticked_risks(client, officer, make_risk):
    make_risk("SR1.1"), make_risk("SR1.2"), make_risk("SR1.3")
    client.force_login(officer)
    when = {"next_review_on_day": "1", "next_review_on_month": "6", "next_review_on_year": "2099"}
    response = client.post(
        reverse("risks:review_dates"), {"refs": ["SR1.1", "SR1.3"], **when, "back": "https://elsewhere.example/"}
    )
    assert response.url == reverse("risks:home")
    dates = list(Risk.objects.in_order().values_list("next_review_on", flat=True))
    assert dates == [dt.date(2099, 6, 1), None, dt.date(2099, 6, 1)]


def test_a_field_is_put_back_as_a_new_change(client, officer, make_risk):
    from django.utils import timezone

    from risks.actions import register, rows

    risk = make_risk("SR3.1")
    long_ago = timezone.now() - dt.timedelta(days=10)
    for model in (Risk, *rows.ROWS.values()):
        model.history.update(history_date=long_ago)
    control = risk.controls.get()
    rows.edit_row(row=control, text="Reworded.", by=officer, reason="Try")
    register.edit_risk(risk=risk, title="Another title", by=officer, reason="Try")
    client.force_login(officer)
    start = (timezone.localdate() - dt.timedelta(days=5)).isoformat()
    page = client.get(reverse("risks:history", args=["SR3.1"]), {"start": start})
    keys = [row["key"] for row in page.context["compared"]["rows"] if row["can"]]
    assert keys == ["title:changed:", f"controls:changed:{control.pk}"]
    assert page.content.count(b"Put back") >= 3
    for key in keys:
        client.post(reverse("risks:put_back", args=["SR3.1"]), {"start": start, "key": key})
    control.refresh_from_db()
    assert (control.text, Risk.objects.get().title) == ("First of controls.", "Title of SR3.1")
    assert [row.text for row in control.history.all()] == ["First of controls.", "Reworded.", "First of controls."]
    assert control.history.first().history_change_reason.startswith("Put back to what it was on")


def test_a_member_reads_what_was_sealed_and_never_the_live_register(client, officer, member, make_risk, sealed):
    from risks.actions import register

    risk = make_risk("SR3.1", current=(3, 4))
    sealed(dt.date(2016, 8, 11))
    register.edit_risk(risk=risk, by=officer, reason="Later", title="Not yet told to the board")
    client.force_login(member)
    home = client.get(reverse("risks:home"))
    assert home.url == reverse("risks:board", args=["main-board"])
    for url in (home.url, reverse("risks:board_risk", args=["main-board", "SR3.1"])):
        content = client.get(url).content.decode()
        assert "Title of SR3.1" in content
        assert "Not yet told" not in content


def test_a_member_is_told_what_crossed_stood_still_and_slipped(client, member, make_risk, sealed, officer):
    from risks.actions import rows, scores

    risk = make_risk("SR3.1", current=(3, 4))
    make_risk("SR3.2", current=(2, 4))
    action = risk.actions.get()
    rows.edit_row(row=action, due=dt.date(2016, 12, 1), by=officer, reason="Date")
    sealed(dt.date(2016, 8, 11))
    rows.edit_row(row=action, due=dt.date(2017, 6, 1), by=officer, reason="Put back")
    scores.score_risk(risk=risk, stage="current", likelihood=2, impacts={"political": 3}, by=officer)
    sealed(dt.date(2017, 2, 6))
    client.force_login(member)
    response = client.get(reverse("risks:board", args=["main-board"]))
    groups = {
        group["title"]: [(risk["ref"], tail) for risk, tail in group["rows"]] for group in response.context["groups"]
    }
    assert groups == {
        "Above tolerance": [("SR3.2", "no target and no acceptance")],
        "Crossed tolerance at this report": [("SR3.1", "now inside")],
        "Standing still": [("SR3.2", "the same rating for two meetings")],
        "Dates put back": [("SR3.1", "one date put back")],
    }


def test_each_board_sees_the_register_as_sealed_for_itself(client, member, make_risk, sealed, officer):
    from risks.actions import register

    risk = make_risk("SR3.1")
    sealed(dt.date(2016, 8, 11))
    other = Board.objects.create(name="Audit Committee", slug="audit", short_name="AC")
    register.edit_risk(risk=risk, by=officer, reason="Later", title="As the other board saw it")
    sealed(dt.date(2016, 9, 11), other)
    client.force_login(member)
    assert "As the other board saw it" not in client.get(reverse("risks:board", args=["main-board"])).content.decode()
    assert client.get(reverse("risks:board", args=["audit"])).status_code == 404


def test_a_file_is_looked_at_first_and_read_in_afterwards(client, officer, make_risk):
    make_risk("SR3.1")
    content = files.write_csv(snapshot.take(AS_AT)).replace(b"Title of SR3.1", b"Title from the file")
    client.force_login(officer)
    response = client.post(reverse("risks:import"), {"file": SimpleUploadedFile("r.csv", content)})
    assert Risk.objects.get().title == "Title of SR3.1"
    page = client.get(response.url)
    assert b"Its title was" in page.content
    client.post(response.url)
    assert Risk.objects.get().title == "Title from the file"
    bad = client.post(reverse("risks:import"), {"file": SimpleUploadedFile("r.csv", b"a,b\n1,2\n")})
    assert b"column headings" in bad.content


def test_a_draft_matrix_stands_beside_the_old_before_it_is_adopted(client, officer, make_risk):
    make_risk("SR3.1", current=(2, 4))
    client.force_login(officer)
    page = client.get(reverse("risks:matrix_draft"))
    sent = {field.html_name: field.value() for field in page.context["form"]}
    sent |= {"version": "2018", "title": "Trial", "reason": "Trial", "confirmed": "", "tolerance": "13"}
    sent |= {"cell_2_4": "16", "cell_1_5": "16", "cell_3_4": "18"}
    response = client.post(reverse("risks:matrix_draft"), sent)
    page = client.get(response.url)
    assert [effect["risk"].ref for effect in page.context["effects"]] == ["SR3.1"]
    assert sum(pair["differs"] for _, pairs in page.context["pairs"] for pair in pairs) == 2
    assert Risk.objects.get().assessments.get(stage="current").rating == 14
    bad = client.post(reverse("risks:matrix_draft"), {**sent, "version": "2019", "cell_3_3": "1"})
    assert b"The rating falls" in bad.content


def test_exports_are_attachments_of_their_kind(client, officer, make_risk):
    make_risk("SR3.1")
    client.force_login(officer)
    for kind, starts in (("csv", b"\xef\xbb\xbfref,part"), ("xlsx", b"PK"), ("json", b"{")):
        response = client.get(reverse("risks:export", args=[kind]))
        assert response.content.startswith(starts)
        assert "attachment" in response["Content-Disposition"]
    assert client.get(reverse("risks:export", args=["exe"])).status_code == 404


def test_an_acceptance_cannot_be_recorded_for_a_day_that_has_passed(client, officer, make_risk):
    make_risk("SR3.1", current=(3, 4))
    client.force_login(officer)
    typed = {
        "accepted_by": "Commissioner",
        "reason": "Too dear",
        "until_day": "1",
        "until_month": "2",
        "until_year": "2017",
    }
    page = client.post(reverse("risks:accept", args=["SR3.1"]), typed)
    assert "This day has passed" in page.content.decode()
    assert not Risk.objects.filter(acceptance__isnull=False).exists()


def test_a_matrix_is_not_adopted_without_a_reason_and_the_page_says_so(client, officer, make_risk):
    from risks.actions import matrices
    from risks.models import RiskMatrix

    make_risk("SR3.1")
    drafted = matrices.draft_matrix(version="2099", data=RiskMatrix.objects.in_force().data, by=officer)
    client.force_login(officer)
    page = client.post(reverse("risks:matrix_adopt", args=[drafted.pk]), {"reason": ""}, follow=True)
    assert "nothing was changed" in page.content.decode()
    drafted.refresh_from_db()
    assert not drafted.is_adopted
