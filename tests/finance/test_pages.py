import io
import json
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance import store
from finance.actions import plans
from finance.exchange import workbook
from finance.models import FinancialPlan, ImportRecord
from finance.urls import urlpatterns
from tests.finance.test_store import add_reserves

pytestmark = pytest.mark.django_db

PUBLIC = {"reserves_strategy", "reserves_strategy_earlier", "reserves_strategy_data"}
READ = [
    "finance_plan",
    "finance_findings",
    "finance_reserves",
    "finance_budget",
    "finance_savings",
    "finance_workforce",
    "finance_capital",
    "finance_scenarios",
    "finance_changes",
    "finance_section25",
    "finance_publish",
    "finance_paper",
    "finance_data",
]
EDIT = ["finance_details", "finance_copy_forward", "finance_reserve_add"]
GRIDS = ["movements", "categories", "actuals", "budget", "savings", "workforce", "capital", "capital-funding"]


def address(name: str, plan) -> str:
    scenario = plan.scenarios.first()
    record = ImportRecord.objects.first()
    extra = {
        "finance": [],
        "finance_start": [],
        "finance_calendar": [2020],
        "finance_tick": [2020, "panel"],
        "finance_untick": [2020, "panel"],
        "finance_reserve": [plan.pk, "general-reserve"],
        "finance_reserve_edit": [plan.pk, "general-reserve"],
        "finance_reserve_remove": [plan.pk, "general-reserve"],
        "finance_grid": [plan.pk, "movements"],
        "finance_scenario": [plan.pk, scenario.pk],
        "finance_scenario_paper": [plan.pk, scenario.pk],
        "finance_scenario_delete": [plan.pk, scenario.pk],
        "finance_export": [plan.pk, "json"],
        "finance_import": [record.plan_id, record.pk],
        "finance_import_confirm": [record.plan_id, record.pk],
    }
    return reverse(name, args=extra.get(name, [plan.pk]))


@pytest.mark.parametrize("name", sorted({pattern.name for pattern in urlpatterns} - PUBLIC))
def test_members_and_strangers_never_see_the_live_plan(client, plan, person, name):
    url = address(name, plan)
    assert client.get(url).status_code == 302
    client.force_login(person())
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code in (403, 404, 405)
        assert b"Budget Assistance" not in answer.content


@pytest.mark.parametrize("role", ["finance_editor", "chief_finance_officer", "auditor", "chief_executive"])
@pytest.mark.parametrize("name", READ)
def test_officers_read_every_page_of_the_plan(client, plan, person, role, name):
    client.force_login(person(role))
    answer = client.get(address(name, plan))
    assert answer.status_code == 200
    assert b" style=" not in answer.content
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("name", EDIT)
def test_only_finance_staff_open_the_forms(client, plan, person, name):
    client.force_login(person("finance_editor"))
    assert client.get(address(name, plan)).status_code == 200
    client.force_login(person("auditor"))
    assert client.get(address(name, plan)).status_code == 403


@pytest.mark.parametrize("key", GRIDS)
def test_only_finance_staff_open_a_grid(client, plan, person, editor, key):
    url = reverse("finance_grid", args=[plan.pk, key])
    client.force_login(editor)
    assert client.get(url).status_code == 200
    client.force_login(person("auditor"))
    assert client.get(url).status_code == 403


def form_of(client, url) -> dict:
    """The fields of a grid page as a browser without JavaScript would send them."""
    html = client.get(url).content.decode()
    data = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            data[name[1]] = value[1] if value else ""
    return {name: value for name, value in data.items() if name != "csrfmiddlewaretoken"}


def test_a_grid_saves_without_javascript(client, plan, editor):
    url = reverse("finance_grid", args=[plan.pk, "movements"])
    client.force_login(editor)
    data = form_of(client, url) | {"m.budget-assistance-reserve-2020.2020": "2,337"}
    assert client.post(url, data).status_code == 302
    movement = plan.movements.get(ref="budget-assistance-reserve-2020")
    assert movement.amount_k == 2337


def test_working_out_totals_saves_nothing(client, plan, now, editor):
    url = reverse("finance_grid", args=[plan.pk, "movements"])
    client.force_login(editor)
    data = form_of(client, url) | {"m.budget-assistance-reserve-2020.2020": "2,337", "check": "1"}
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert b"(1,372)" in answer.content
    assert store.read(plan) == now


def test_one_bad_cell_saves_nothing_and_keeps_all_that_was_typed(client, plan, now, editor):
    url = reverse("finance_grid", args=[plan.pk, "movements"])
    client.force_login(editor)
    data = form_of(client, url) | {"open.general-reserve": "7,198", "open.insurance-reserve": "lots"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert b'value="7,198"' in answer.content
    assert "“lots” is not an amount".encode() in answer.content
    assert store.read(plan) == now


def test_a_grid_opened_before_somebody_saved_says_so_and_keeps_what_was_typed(client, plan, now, editor, cfo):
    url = reverse("finance_grid", args=[plan.pk, "movements"])
    client.force_login(editor)
    data = form_of(client, url) | {"open.general-reserve": "7,198"}
    plans.change_figures(plan=plan, new=replace(now, note="Meanwhile"), by=cfo, reason="Note")
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert b"saved this plan after you opened it" in answer.content
    assert b'value="7,198"' in answer.content


def test_an_approved_plan_has_no_grid(client, plan, cfo):
    client.force_login(cfo)
    FinancialPlan.objects.filter(pk=plan.pk).update(status="for_approval")
    answer = client.get(reverse("finance_grid", args=[plan.pk, "budget"]))
    assert answer.status_code == 403
    assert b"Take it back to draft" in answer.content


@pytest.mark.parametrize("name", ["finance_plan", "finance_reserves", "finance_changes", "finance_paper"])
def test_query_counts_do_not_grow_with_reserves_and_versions(client, plan, editor, name, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(editor)
    url = address(name, plan)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    add_reserves(plan, editor, 30)
    for _ in range(2):
        plans.new_version(plan=plan, by=editor)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_a_reserve_is_added_and_taken_out_through_its_forms(client, plan, editor):
    client.force_login(editor)
    data = {
        "name": "Uplift Reserve",
        "group": "earmarked",
        "categories": ["A", "B"],
        "opening_k": "1,000",
        "opening_basis": "forecast",
    }
    answer = client.post(reverse("finance_reserve_add", args=[plan.pk]), data)
    assert answer.status_code == 302
    assert store.read(plan).reserve("uplift-reserve").opening_k == 1000
    client.post(reverse("finance_reserve_remove", args=[plan.pk, "uplift-reserve"]))
    assert store.read(plan).reserve("uplift-reserve") is None


def test_two_reserves_cannot_have_the_same_name(client, plan, editor):
    client.force_login(editor)
    data = {
        "name": "general  reserve",
        "group": "general",
        "categories": ["C"],
        "opening_k": "1",
        "opening_basis": "forecast",
    }
    answer = client.post(reverse("finance_reserve_add", args=[plan.pk]), data)
    assert answer.status_code == 422
    assert b"already a reserve called" in answer.content


def test_a_scenario_is_tried_without_saving_then_saved_and_put_in_the_paper(client, plan, editor):
    client.force_login(editor)
    url = reverse("finance_scenarios", args=[plan.pk])
    values = {"name": "Grant up", "from_year": "2020", "grant_pct": "1"}
    assert b"Grant up beside the base case" in client.get(url, {"try": "1"} | values).content
    assert plan.scenarios.count() == 2
    assert client.post(url, values).status_code == 302
    made = plan.scenarios.get(name="Grant up")
    client.post(reverse("finance_scenario_paper", args=[plan.pk, made.pk]), {"wanted": "yes"})
    made.refresh_from_db()
    assert made.in_paper
    assert b"Grant up" in client.get(reverse("finance_paper", args=[plan.pk])).content


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, b"Change at least one assumption"),
        ({"grant_pct": "lots"}, b"is not a number"),
        ({"band_d_pounds": "12", "band_d_pct": "2"}, b"not both"),
        ({"grant_pct": "1", "name": "Pay awards of 3%"}, b"already a scenario"),
        ({"pay_pct": "90"}, b"at most 50%"),
    ],
)
def test_a_scenario_that_cannot_be_worked_out_says_why(client, plan, editor, values, said):
    client.force_login(editor)
    answer = client.post(reverse("finance_scenarios", args=[plan.pk]), {"name": "New", "from_year": "2020"} | values)
    assert answer.status_code == 422
    assert said in answer.content


def test_a_workbook_is_read_shown_and_saved_only_when_confirmed(client, plan, now, editor):
    client.force_login(editor)
    changed = replace(
        now, reserves=tuple(replace(r, opening_k=7198) if r.ref == "general-reserve" else r for r in now.reserves)
    )
    file = SimpleUploadedFile("plan.xlsx", workbook.write(changed))
    page = client.post(reverse("finance_upload", args=[plan.pk]), {"file": file})
    record = ImportRecord.objects.first()
    assert page.url == reverse("finance_import", args=[plan.pk, record.pk])
    assert store.read(plan) == now
    assert b"7,198" in client.get(page.url).content
    client.post(reverse("finance_import_confirm", args=[plan.pk, record.pk]))
    assert store.read(plan).reserve("general-reserve").opening_k == 7198


def test_a_bad_workbook_lists_its_cells_and_saves_nothing(client, plan, now, editor):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook.write(now)))
    book["Movements"]["F5"] = "1,234.567"
    out = io.BytesIO()
    book.save(out)
    client.force_login(editor)
    page = client.post(
        reverse("finance_upload", args=[plan.pk]), {"file": SimpleUploadedFile("p.xlsx", out.getvalue())}, follow=True
    )
    assert b"Movements, row 5, column F (Amount)" in page.content
    assert store.read(plan) == now


def test_the_question_is_asked_on_the_page_and_its_answer_shown_afterwards(client, plan, editor):
    from finance.demo import pasted_table

    client.force_login(editor)
    page = client.post(reverse("finance_paste", args=[plan.pk]), {"table": pasted_table()}, follow=True)
    assert b"Which date has no figures?" in page.content
    record = ImportRecord.objects.first()
    url = reverse("finance_import", args=[plan.pk, record.pk])
    assert client.post(url, {}).status_code == 422
    answered = client.post(url, {"answer": "2023"}, follow=True)
    assert b"the figures are then for 31 March 2019, 2020, 2021 and 2022" in answered.content


@pytest.mark.parametrize("kind", ["xlsx", "template", "csv", "json"])
def test_exports_are_files_with_a_name_of_the_plan(client, plan, editor, kind):
    client.force_login(editor)
    answer = client.get(reverse("finance_export", args=[plan.pk, kind]))
    assert answer.status_code == 200
    assert "medium-term-financial-strategy" in answer["Content-Disposition"]


def test_the_public_reads_only_what_was_published_and_later_changes_do_not_reach_it(client, plan, now, cfo):
    url = reverse("reserves_strategy")
    assert b"Not published yet" in client.get(url).content
    made = plans.publish_strategy(plan=plan, by=cfo)
    before = client.get(url).content.decode()
    assert "Budget Assistance Reserve" in before
    assert "(1,472)" in before
    assert "overdrawn" in before
    changed = replace(
        now,
        reserves=tuple(replace(r, name="Secret new name") if r.ref == "general-reserve" else r for r in now.reserves),
    )
    plans.change_figures(plan=plan, new=changed, by=cfo, reason="Rename")
    assert "Secret new name" not in client.get(url).content.decode()
    data = client.get(reverse("reserves_strategy_data", args=[made.pk]))
    assert data["X-Content-SHA256"] == made.sha256
    assert "Secret" not in json.dumps(data.json())


def test_the_published_strategy_leaves_out_working_notes_and_findings(client, plan, now, cfo):
    plans.change_figures(
        plan=plan, new=replace(now, note="MARKER-NOTE", robustness="MARKER-ROBUST"), by=cfo, reason="Notes"
    )
    made = plans.publish_strategy(plan=plan, by=cfo)
    for url in (reverse("reserves_strategy"), reverse("reserves_strategy_data", args=[made.pk])):
        assert b"MARKER" not in client.get(url).content


def test_a_step_of_the_calendar_is_ticked_off_and_taken_back(client, plan, editor):
    client.force_login(editor)
    url = reverse("finance_tick", args=[2027, "proposed"])
    day = {"done_on": "2026-01-30"}
    assert client.post(url, day).status_code == 302
    page = client.get(reverse("finance_calendar", args=[2027])).content.decode()
    assert "Done on 30 January 2026" in page
    client.post(reverse("finance_untick", args=[2027, "proposed"]))
    assert "Done on 30 January 2026" not in client.get(reverse("finance_calendar", args=[2027])).content.decode()


def test_signing_shows_until_the_figures_change(client, plan, now, cfo):
    client.force_login(cfo)
    client.post(reverse("finance_sign", args=[plan.pk]))
    url = reverse("finance_section25", args=[plan.pk])
    assert b"Signed by the Chief Finance Officer" in client.get(url).content
    years = tuple(replace(y, grant_k=80000) for y in now.years)
    plan.refresh_from_db()
    plans.change_figures(plan=plan, new=replace(store.read(plan), years=years), by=cfo, reason="Grant")
    assert "The figures or the words have changed since." in client.get(url).content.decode()
