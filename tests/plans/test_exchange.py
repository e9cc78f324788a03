"""Import with a dry run and findings; export; the way back is exact."""

import csv
import datetime as dt
import io
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from plans.actions import importing, reporting, rounds, storing
from plans.exchange import checking, reading, writing
from plans.exchange.days import read_day
from plans.exchange.leaving import tables_of
from plans.exchange.tables import COLUMNS, UnreadableFile, guard, unguard
from plans.models import Activity, Assessment, Finding, Plan, PriorityAction, ProgressUpdate, StatusReport
from plans.references import in_order

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts"


def sentences(run, ref):
    return [finding["sentence"] for finding in run.findings if finding["ref"] == ref]


def test_the_sheets_hold_forty_actions_and_forty_four_activities_in_order(imported):
    actions = [action.ref for action in PriorityAction.objects.of_plan(imported).in_order()]
    activities = [activity.ref for activity in Activity.objects.of_plan(imported).in_order()]
    assert (len(actions), len(activities)) == (40, 44)
    assert actions == in_order(actions) and activities == in_order(activities)
    assert actions.index("O2") < actions.index("O10") < actions.index("C1") < actions.index("T1")
    several = {ref: sum(1 for each in activities if each.startswith(f"{ref}.")) for ref in ("O2", "O5", "C10", "V1")}
    assert several == {"O2": 3, "O5": 2, "C10": 2, "V1": 1}


def test_the_repository_s_sheets_are_the_facts():
    if not FACTS.exists():
        pytest.skip("The shared facts are not beside this checkout; the sheets were copied from them.")
    here = Path(__file__).resolve().parents[2] / "plans" / "demo"
    for name in ("plan_actions.csv", "plan_activities.csv"):
        assert (here / name).read_bytes() == (FACTS / name).read_bytes()


def test_references_are_normalised_and_the_printed_form_is_kept(imported):
    found = {activity.ref: activity.printed_ref for activity in Activity.objects.of_plan(imported)}
    assert (found["V2.1"], found["O10.1"], found["T1.1"], found["V1.1"]) == ("V2.", "O10", "T1", "")


def test_the_dry_run_reports_the_traps_and_changes_nothing(empty_plan, officer, people_of_the_sheets, sheets):
    run = importing.try_import(
        plan=empty_plan, content=sheets["plan_activities.csv"], name="plan_activities.csv", by=officer
    )
    assert any("no OPCC lead" in sentence for sentence in sentences(run, "T8.1"))
    assert any("initials, “AF”" in sentence for sentence in sentences(run, "C10.2"))
    assert any("lower case" in sentence for sentence in sentences(run, "T4.1"))
    assert run.stops == [] and run.counts["activities"] == {"new": 44, "changed": 0, "same": 0}
    assert not Activity.objects.of_plan(empty_plan).exists()


def test_joint_leads_become_people_in_the_order_printed(imported):
    activity = Activity.objects.get(action__theme__code="V", action__number=3, action__theme__plan=imported)
    assert [person.initials for person in activity.lead_people()] == ["NP", "CS"]
    assert activity.printed_leads == ""


def test_an_internal_file_path_is_stripped_and_reported(empty_plan, officer):
    path = "../../../Partnership/2018 07 19/Item 5 - Annual update.docx"
    content = f"ref,theme,title,text,opportunities\nT6,T,Devolution,{path},None\n".encode()
    run = importing.try_import(plan=empty_plan, content=content, name="a.csv", by=officer)
    assert run.tables["actions"][0]["text"] == ""
    assert any("Annual update.docx" in sentence for sentence in sentences(run, "T6"))
    assert all("Partnership" not in sentence for sentence in sentences(run, "T6"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("X/9,V1,,Constabulary", "not a reference"),
        ("V1.1,V1,,Constabulary\nV1.,V1,,OPCC", "two rows"),
    ],
)
def test_rows_that_cannot_be_understood_stop_the_file(row, words, empty_plan, officer):
    content = f"ref_as_printed,action_ref,opcc_lead_initials,delivery_lead\n{row}\n".encode()
    run = importing.try_import(plan=empty_plan, content=content, name="a.csv", by=officer)
    assert any(words in finding["sentence"] for finding in run.stops)
    with pytest.raises(UnreadableFile):
        importing.bring_in(run=run, by=officer)


@pytest.mark.parametrize(
    ("status", "words"), [("Amber", "Yellow"), ("Blue", "not a status"), ("Red", "say what has happened")]
)
def test_a_status_of_another_scale_or_without_its_words_stops_the_file(status, words):
    rows = [{"period_end": "2018-03-31", "ref": "V1.1", "status": status} | dict.fromkeys(COLUMNS["status"][3:], "")]
    checked = checking.check({"status": rows})
    assert not checked.can_be_imported
    assert any(words in finding.sentence for finding in checked.findings)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b"\x00\x01\x02",
        b"{}",
        b"{broken",
        b"PK\x03\x04rubbish",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
    ],
)
def test_files_that_are_no_plan_are_refused_with_a_sentence(content):
    with pytest.raises(UnreadableFile) as refused:
        reading.read(content, "plan.csv")
    assert str(refused.value).endswith(".")


def test_a_reference_that_excel_made_a_number_is_still_read(empty_plan, officer):
    book = Workbook()
    book.active.append(["ref_as_printed", "action_ref", "opcc_lead_initials", "delivery_lead"])
    for row in (["C10.1", "C10", "AF", "Constabulary"], [10.2, "C10", "AF", "Constabulary"], ["C10.2", "C10", "", ""]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    run = importing.try_import(plan=empty_plan, content=out.getvalue(), name="a.xlsx", by=officer)
    assert [row["ref"] for row in run.tables["activities"]] == ["C10.1", "C10.2", "C10.2"]


@given(st.text(max_size=12) | st.sampled_from(["=1+1", "+1", "-x", "@SUM(A1)", "'=1", "''", "'tis", "\t=1"]))
def test_no_cell_starts_a_formula_and_the_guard_can_be_taken_off(text):
    guarded = guard(text)
    assert guarded[:1] not in tuple("=+-@\t\r")
    assert unguard(guarded) == text


@pytest.fixture
def full_plan(plan, activity, officer, lead, open_round):
    """A plan with awkward words: formulas, bullets, quotes and line breaks."""
    lead.initials = "HV"
    lead.save()
    round_ = open_round()
    action = activity.action
    action.title, action.opportunities = "=HYPERLINK(1)", 'He said "no", twice,\nthen left'
    action.save()
    reporting.answer(
        activity=activity, round_=round_, by=lead, rag="Yellow", narrative="- one\n- two\n\n+44 and @home",
        next_steps="'quoted'", recovery_date=dt.date(2018, 9, 30), needed="=money",
    )  # fmt: skip
    ProgressUpdate.objects.create(activity=activity, dated=dt.date(2018, 2, 1), text="-minus")
    rounds.close_round(round_=round_, by=officer, without="test")
    assessment = Assessment.objects.create(
        plan=plan, title="Assessment, 2018", completed_on=dt.date(2018, 6, 30), reviewed_by="=Meeting",
        escalates_to="Change Board",
    )  # fmt: skip
    Finding.objects.create(
        assessment=assessment, number=2, text="- two\nlines", owner="Head of People", disposition="taken forward",
        target_date=dt.date(2019, 3, 31), action=action,
    )  # fmt: skip
    Finding.objects.create(assessment=assessment, number=10, text="ten", owner="Head of IT", disposition="remitted")
    return plan


def empty_of(plan: Plan) -> Plan:
    return Plan.objects.create(slug="copy", title="Copy", starts_on=plan.starts_on)


@pytest.mark.parametrize("kind", ["json", "xlsx", "csv"])
def test_what_is_exported_comes_back_exactly(kind, full_plan, officer):
    before = tables_of(full_plan)
    copy = empty_of(full_plan)
    if kind == "csv":
        read = {}
        for table in COLUMNS:
            read |= reading.read(writing.as_csv(before, table), f"{table}.csv")
    else:
        write = {"json": writing.as_json, "xlsx": writing.as_excel}[kind]
        read = reading.read(write(before), f"plan.{kind}")
    assert read == before
    storing.write(plan=copy, tables=importing.check_for(copy, read).tables, by=officer)
    assert tables_of(copy) == before


def test_bringing_the_same_file_in_again_changes_nothing(full_plan, officer):
    content = writing.as_json(tables_of(full_plan))
    run = importing.try_import(plan=full_plan, content=content, name="plan.json", by=officer)
    assert all(counts["new"] == counts["changed"] == 0 for counts in run.counts.values())
    importing.bring_in(run=run, by=officer)
    assert StatusReport.objects.count() == 1


def test_an_import_can_be_brought_in_once(full_plan, officer):
    content = writing.as_json(tables_of(full_plan))
    run = importing.try_import(plan=full_plan, content=content, name="plan.json", by=officer)
    importing.bring_in(run=run, by=officer)
    with pytest.raises(UnreadableFile, match="already"):
        importing.bring_in(run=run, by=officer)


def test_no_cell_of_the_workbook_is_a_formula(full_plan):
    book = load_workbook(io.BytesIO(writing.as_excel(tables_of(full_plan))))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]


def test_the_csv_of_actions_reads_in_a_plain_reader(full_plan):
    text = writing.as_csv(tables_of(full_plan), "actions").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["ref"] for row in rows] == ["V1", "O2", "O10"]
    assert rows[0]["title"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-10-31", "2018-10-31"),
        ("31/10/2018", "2018-10-31"),
        ("1/2/18", "2018-02-01"),
        ("31.10.2018", "2018-10-31"),
        ("31 October 2018", "2018-10-31"),
        ("06 February 2017", "2017-02-06"),
        ("1st Nov 2018", "2018-11-01"),
        ("2018-10-31 00:00:00", "2018-10-31"),
    ],
)
def test_dates_are_read_as_spreadsheets_and_papers_write_them(text, day):
    assert read_day(text).isoformat() == day


@pytest.mark.parametrize("text", ["31/02/2018", "10/31/2018", "soon", "31 Ju 2018", "2018-13-01", "1/2", ""])
def test_what_is_no_date_is_not_guessed(text):
    with pytest.raises(ValueError):
        read_day(text)


def tables(**rows):
    return {table: [dict.fromkeys(COLUMNS[table], "") | row for row in each] for table, each in rows.items()}


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (tables(themes=[{"code": "VV", "name": "x"}]), "not a theme’s letter"),
        (tables(themes=[{"code": "V", "name": ""}]), "no name"),
        (tables(objectives=[{"theme": "Q", "number": "1", "text": "x"}]), "no theme “Q”"),
        (tables(objectives=[{"theme": "V", "number": "one", "text": "x"}]), "not a number"),
        (tables(objectives=[{"theme": "V", "number": "1", "text": "x"}] * 2), "two rows"),
        (tables(actions=[{"ref": "V1", "title": "x" * 161}]), "longer than 160"),
        (tables(activities=[{"ref": "V1.1", "delivery_lead": "x" * 241}]), "longer than 240"),
        (tables(status=[{"period_end": "2018-03-31", "ref": "V9.9", "status": "Green"}]), "has an activity V9.9"),
        (tables(status=[{"period_end": "2018-03-31", "ref": "V1.1", "status": "Green"}] * 2), "two rows"),
        (tables(status=[{"period_end": "31/02/2018", "ref": "V1.1", "status": "Green"}]), "not a date"),
        (tables(assessments=[{"title": "A", "completed_on": "2018-06-30"}]), "is missing"),
        (tables(findings=[{"assessment": "A", "number": "1", "outcome": "remitted"}]), "no assessment “A”"),
        (tables(updates=[{"date": "2018-03-31", "ref": "V9.9", "text": "x"}]), "has an activity V9.9"),
    ],
)
def test_what_the_plan_cannot_hold_stops_the_file_with_a_sentence(held, words, plan, officer):
    run = importing.try_import(plan=plan, content=json.dumps(held).encode(), name="a.json", by=officer)
    assert any(words in finding["sentence"] for finding in run.stops), run.findings


@pytest.mark.parametrize("end", ["2018-03-31", "2999-12-31"])
def test_a_period_that_a_round_holds_or_that_is_to_come_is_left_out_and_told(end, full_plan, officer):
    held = tables(status=[{"period_end": end, "ref": "O10.1", "status": "Green"}])
    run = importing.try_import(plan=full_plan, content=json.dumps(held).encode(), name="a.json", by=officer)
    importing.bring_in(run=run, by=officer)
    assert any("left out" in finding["sentence"] for finding in run.findings)
    assert StatusReport.objects.filter(round__plan=full_plan).count() == 1


def test_an_unknown_lead_in_a_file_does_not_take_the_known_one_away(plan, activity, lead, officer):
    held = tables(activities=[{"ref": "V1.1", "opcc_leads": "ZZ", "delivery_lead": "Constabulary"}])
    run = importing.try_import(plan=plan, content=json.dumps(held).encode(), name="a.json", by=officer)
    importing.bring_in(run=run, by=officer)
    assert activity.lead_people() == [lead]


NASTY = [
    "", " ", "V1", "V1.1", "V2.", "O10", "O 1.1", "10.1", "section C1", "C10.2", "V0", "V1.0", "V999", "Z1", "VV", "V", "0", "-1",
    "1e5", "99999", "=1+1", "\x00", "\ud800", "\u202e", "<b>", "x" * 5000, "\\\\srv\\share\\a.docx", "C:\\a\\b.docx",
    "file:///home/x/y.pdf", "2018-02-30", "31/10/2018", "9999-12-31", "0001-01-01", "Red", "green", "Amber", "White",
    "NP / CS", "/", "é", "✓",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_no_file_breaks_the_import_halfway(seed, plan, activity, officer):
    """What has no finding that stops it can be brought in; what has, is refused with sentences."""
    draw = random.Random(seed)
    held = {
        table: [{column: draw.choice(NASTY) for column in columns} for _ in range(draw.randint(0, 3))]
        for table, columns in COLUMNS.items()
        if draw.random() < 0.6
    }
    # Every second file is put right in its references, so that more of them go all the way.
    if seed % 2:
        for table, rows in held.items():
            for number, row in enumerate(rows, start=1):
                row |= {name: value for name, value in {"ref": f"V{number}.1", "status": "White", "title": "A title",
                        "date": "2018-01-02", "period_end": "2018-01-31", "recovery_date": "", "code": "ABC"[number - 1],
                        "name": "A name", "theme": "V", "number": str(number), "text": draw.choice(["x", "y" * 900]),
                        "added_on": "", "removed_on": ""}.items() if name in row}  # fmt: skip
            if table in ("status", "updates"):
                held[table] = rows[:1]
    try:
        run = importing.try_import(plan=plan, content=json.dumps(held).encode(), name="a.json", by=officer)
    except UnreadableFile as refused:
        assert str(refused).endswith(".")
        return
    if run.stops:
        assert all(finding["sentence"] for finding in run.stops)
    else:
        importing.bring_in(run=run, by=officer)


@pytest.fixture
def assessment(plan):
    return Assessment.objects.create(
        plan=plan, title="Assessment", completed_on=dt.date(2018, 6, 30), reviewed_by="Meeting", escalates_to="Board"
    )


def test_findings_come_in_from_a_sheet_and_the_counts_add_up(plan, assessment, officer):
    sheet = (
        "Finding number,Finding,Owner,Outcome,Target date,Action\n"
        "1,Skills are short,Head of People,Taken forward,31/03/2019,section V1\n"
        "2,Fleet is old,Head of Fleet,Remitted,31/03/2019,\n"
        "3,Demand grows,Head of Response,remitted,,\n"
    )
    run = importing.try_import(plan=plan, content=sheet.encode(), name="findings.csv", by=officer)
    importing.bring_in(run=run, by=officer)
    assert assessment.counts() == {"all": 3, "forward": 1, "remitted": 2}
    first, second = Finding.objects.filter(number__lte=2).order_by("number")
    assert (first.action.ref, first.target_date) == ("V1", dt.date(2019, 3, 31)) and second.target_date is None
    assert [finding["ref"] for finding in run.findings] == ["2"], "the date of a remitted finding is left out and told"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,Skills,Head of People,neither,,", "not an outcome"),
        ("1,Skills,Head of People,taken forward,,", "needs a target date"),
        ("1,Skills,Head of People,taken forward,soon,", "not a date"),
        ("1,Skills,,remitted,,", "Owner is missing"),
        ("one,Skills,Head of People,remitted,,", "not a number"),
        ("1,Skills,Head of People,taken forward,31/03/2019,T9", "has an activity of T9"),
        ("1,Skills,Head of People,remitted,,\n1,Fleet,Head of Fleet,remitted,,", "two rows"),
    ],
)
def test_a_finding_that_cannot_be_kept_stops_the_file(row, words, plan, assessment, officer):
    sheet = f"number,text,owner,outcome,target_date,action\n{row}\n"
    run = importing.try_import(plan=plan, content=sheet.encode(), name="findings.csv", by=officer)
    assert any(words in finding["sentence"] for finding in run.stops), run.findings
