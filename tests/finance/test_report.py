import datetime as dt
import json
from dataclasses import replace

import pytest
from django.core.management import call_command

from boards import reports
from boards.document import build, generated, schema
from boards.document import text as words
from boards.reports import ReportContext
from finance import compare, rows, store
from finance.actions import plans
from finance.report import FinanceRegister

pytestmark = pytest.mark.django_db
CONTEXT = ReportContext("Business Coordination Board", "BCB", dt.date(2018, 11, 1))
LATER = replace(CONTEXT, meeting_date=dt.date(2018, 12, 6), baseline_date=dt.date(2018, 11, 1), baseline_edition=None)
register = FinanceRegister()


@pytest.fixture
def snapshot(plan):
    return register.snapshot(as_at=dt.date(2018, 11, 1), options={"plan": plan.pk})


def test_the_register_is_known_to_boards_by_its_key():
    assert isinstance(reports.get("finance"), reports.Register)


def test_the_draft_has_the_sections_of_a_strategy_in_order(snapshot):
    document = schema.normalise(register.draft(snapshot, [], CONTEXT).document)
    schema.check(document)
    titles = [section["content"][0]["content"][0]["text"] for section in document["content"]]
    assert titles == [
        "Purpose", "Recommendation", "What has changed", "Overview", "The Police and Crime Plan", "Funding", "Demand", "Productivity",
        "Inflation and pay", "Savings", "Workforce", "Partnership", "Risks", "Reserves",
        "Robustness of the estimates and adequacy of the reserves", "Capital", "Recommendation", "Bibliography",
        "Medium term financial plan", "Capital programme",
    ]  # fmt: skip


def test_drafting_twice_from_the_same_figures_gives_the_same_blocks(snapshot):
    assert register.draft(snapshot, [], CONTEXT).document == register.draft(snapshot, [], CONTEXT).document


def test_the_paper_says_the_rise_of_band_d_as_computed_and_never_6_3(snapshot):
    text = words.plain(register.draft(snapshot, [], CONTEXT).document)
    assert "£210.69" in text
    assert "6.02%" in text
    assert "6.3%" not in text


def test_the_paper_says_what_is_overdrawn_in_words(snapshot):
    text = words.plain(register.draft(snapshot, [], CONTEXT).document)
    assert "Budget Assistance Reserve is planned to be overdrawn: by £1.472 million at 31 March 2020" in text
    assert "Earmarked, contingency and capital reserves" in text


def changed(plan, now, by, grant: int):
    years = tuple(replace(y, grant_k=grant) if y.year == 2020 else y for y in now.years)
    plans.change_figures(plan=plan, new=replace(now, years=years), by=by, reason="Settlement")


def test_a_live_figure_follows_the_plan_while_the_paper_is_a_draft(plan, now, snapshot, cfo):
    document = schema.normalise(register.draft(snapshot, [], CONTEXT).document)
    assert "£78.411 million in 2019/20" in words.plain(document)
    changed(plan, now, cfo, 79000)
    fresh = register.snapshot(as_at=dt.date(2018, 11, 1), options={"plan": plan.pk})
    bound = generated.bind(document, {"finance": lambda path: register.value(path, fresh)})
    assert "£79 million in 2019/20" in words.plain(bound)
    # What was sealed keeps the snapshot it was sealed with, so the same path still gives the old figure.
    assert register.value("budget.grant.2020", snapshot) == "£78.411 million"


def test_a_live_figure_that_was_not_brought_up_to_date_is_a_finding(plan, now, snapshot, cfo):
    document = schema.normalise(register.draft(snapshot, [], CONTEXT).document)
    assert not [f for f in register.findings(snapshot, [], document, CONTEXT) if f.rule == "F15"]
    changed(plan, now, cfo, 79000)
    fresh = register.snapshot(as_at=dt.date(2018, 11, 1), options={"plan": plan.pk})
    stale = [f for f in register.findings(fresh, [], document, CONTEXT) if f.rule == "F15"]
    assert any("£78.411 million" in f.sentence and "£79 million" in f.sentence for f in stale)


def written(*sentences) -> dict:
    return schema.normalise(build.doc(build.section("Words", *(build.para(each) for each in sentences))))


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Band D rises to £210.69, a 6.3% increase.", {"F13"}),
        ("Band D rises to £210.69, a 6.02% increase.", set()),
        ("In 2018/19 grant met 60% of the requirement.", {"F13"}),
        ("In 2018/19 grant met 55% of the requirement.", set()),
        ("The General Reserve stands at £7.198 million.", {"F14"}),
        ("The General Reserve stands at £6.934 million.", set()),
        ("The General Reserve stands at £6.9m.", set()),
        ("Crime fell by 6.3%.", set()),
    ],
)
def test_a_figure_typed_by_hand_is_checked_against_the_plan(snapshot, sentence, rules):
    found = register.findings(snapshot, [], written(sentence), CONTEXT)
    assert {f.rule for f in found} & {"F13", "F14"} == rules


def test_a_typed_figure_that_was_right_when_the_board_last_saw_it_is_found_as_stale(plan, now, snapshot, cfo):
    moved = tuple(replace(m, amount_k=2337) if m.ref == "budget-assistance-reserve-2020" else m for m in now.movements)
    plans.change_figures(plan=plan, new=replace(now, movements=moved), by=cfo, reason="Less use")
    fresh = register.snapshot(as_at=dt.date(2018, 12, 6), options={"plan": plan.pk})
    changes = register.compare(fresh, snapshot)
    document = written("The Budget Assistance Reserve is overdrawn by £1.472 million.")
    stale = [f for f in register.findings(fresh, changes, document, LATER) if f.rule == "F14"]
    assert "when the board last saw the plan" in stale[0].sentence


def test_the_paper_tells_line_by_line_what_changed_since_the_board_last_saw_it(plan, now, snapshot, cfo):
    changed(plan, now, cfo, 79000)
    fresh = register.snapshot(as_at=dt.date(2018, 12, 6), options={"plan": plan.pk})
    text = words.plain(register.draft(fresh, register.compare(fresh, snapshot), LATER, snapshot).document)
    assert "Since the board saw the strategy on 1 November 2018" in text
    assert "2019/20, grant: from 78,411 to 79,000" in text


def test_the_earlier_snapshot_is_worked_back_from_the_changes(plan, now, snapshot, cfo):
    changed(plan, now, cfo, 79000)
    fresh = register.snapshot(as_at=dt.date(2018, 12, 6), options={"plan": plan.pk})
    before = register._before(fresh, register.compare(fresh, snapshot))
    assert before == rows.load(snapshot["plan_rows"])


def test_a_draft_for_noting_is_not_blocked_by_its_figures_but_one_for_approval_is(plan, now, snapshot):
    document = register.draft(snapshot, [], CONTEXT).document
    assert not [f for f in register.findings(snapshot, [], document, CONTEXT) if f.severity == "blocks"]
    strict = {
        **snapshot,
        "plan_rows": {**snapshot["plan_rows"], "plan": {**snapshot["plan_rows"]["plan"], "status": "for_approval"}},
    }
    assert [f for f in register.findings(strict, [], document, CONTEXT) if f.severity == "blocks"]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("reserves.general-reserve.2021", "£7.803 million"),
        ("totals.earmarked.2020", "minus £46,000"),
        ("totals.usable.2023", "to be confirmed"),
        ("general_pct.2019", "4.86%"),
        ("band_d.2020", "£210.69"),
        ("band_d_rise.2020", "£11.97"),
        ("band_d_pct.2020", "6.02%"),
        ("bands.H.2020", "£421.38"),
        ("budget.gap.2020", "£2.437 million"),
        ("reserves.nothing.2020", None),
        ("budget.gap.1999", None),
        ("nonsense", None),
    ],
)
def test_live_figures_by_path(snapshot, path, shown):
    assert register.value(path, snapshot) == shown


def test_a_reserve_can_be_referred_to_by_its_permanent_reference(plan):
    assert reports.resolve("finance:general-reserve").title == "General Reserve"
    assert reports.resolve("finance:nothing") is None
    assert [each.ref for each in register.search("insur")] == ["insurance-reserve"]


def test_a_snapshot_holds_no_floats_and_is_plain_json(snapshot):
    assert json.loads(json.dumps(snapshot)) == snapshot

    def walk(value):
        assert not isinstance(value, float)
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(each)

    walk(snapshot)


def test_only_finance_staff_report_the_plan(cfo, editor, person):
    assert register.may_report(cfo)
    assert register.may_report(editor)
    assert not register.may_report(person("author"))


def test_without_any_plan_the_register_still_answers(db):
    empty = register.snapshot(as_at=dt.date(2018, 11, 1), options={})
    assert register.draft(empty, [], CONTEXT).document["content"]


def test_the_command_prints_lines_totals_and_findings_as_whole_thousands(plan, capsys):
    call_command("reserves", plan="LATEST", json=True)
    said = json.loads(capsys.readouterr().out)
    assert len(said["lines"]) == 11
    totals = {each["key"]: list(each["balances"].values()) for each in said["totals"]}
    assert totals["held"] == [10339, 1348, 1138, 1228, None]
    assert totals["usable"] == [17273, 8588, 8941, 9255, None]
    assert totals["earmarked"] == [8100, -46, -256, -166, None]
    assert {"F3", "F4", "F5", "F6"} <= {each["rule"] for each in said["findings"]}


def test_the_draft_of_a_later_version_shows_what_changed_from_the_first(plan, cfo):
    first = rows.dump(store.read(plan.copied_from))
    told = [compare.sentence(c) for c in compare.compare(first, rows.dump(store.read(plan)))]
    assert "2019/20, band D charge: from £202.69 to £210.69" in told


def test_refreshing_the_paper_keeps_each_appendix_and_what_an_officer_added(plan, now, snapshot, cfo):
    document = schema.normalise(register.draft(snapshot, [], CONTEXT).document)
    added = schema.normalise(build.doc(build.section("x", build.para("An officer wrote this."))))["content"][0][
        "content"
    ][1]
    funding = next(s for s in document["content"] if s["attrs"]["anchor"] == "finance:funding")
    funding["content"].append(added)
    changed(plan, now, cfo, 79000)
    fresh = register.snapshot(as_at=dt.date(2018, 11, 1), options={"plan": plan.pk})
    refreshed = generated.refresh(document, schema.normalise(register.draft(fresh, [], CONTEXT).document))
    text = words.plain(refreshed)
    assert "An officer wrote this." in text
    assert text.count("Budget requirement, funding and gap") == 1
    assert "Funding of the capital programme" in text
    assert "£79 million in 2019/20" in text


@pytest.mark.parametrize("status", ["draft", "for_noting"])
def test_an_overdraft_without_a_plan_to_fund_it_blocks_its_paper_whatever_it_is_for(now, snapshot, status):
    unfunded = replace(now, status=status, reserves=tuple(replace(each, funding_plan="") for each in now.reserves))
    document = schema.normalise(register.draft(snapshot, [], CONTEXT).document)

    def severity(plan):
        taken = {**snapshot, "plan_rows": rows.dump(plan)}
        found = register.findings(taken, [], document, CONTEXT)
        return next(each.severity for each in found if each.rule == "F3" and "Budget Assistance" in each.sentence)

    assert severity(unfunded) == "blocks"
    assert severity(replace(now, status=status)) == "acknowledge"
