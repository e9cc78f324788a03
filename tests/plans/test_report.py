"""The register's reports: one source, two bodies, two baselines."""

import copy
import datetime as dt

import pytest
from django.db import transaction

from boards import reports
from boards.document import numbering, schema, text
from plans import compare, figures
from plans.demo import loader
from plans.models import Activity, Plan
from plans.register import PlanRegister
from plans.summary import summarise

BOARD_DAY, BEFORE_DAY, PANEL_BEFORE = dt.date(2018, 11, 1), dt.date(2018, 7, 26), dt.date(2018, 5, 16)


@pytest.fixture
def demonstration(db):
    loader.load_all()
    return Plan.objects.get()


@pytest.fixture(scope="session")
def snapshots_once(django_db_setup, django_db_blocker):
    """The demonstration's snapshots, taken once: loading it again for every test would take most of the time."""
    register = PlanRegister()
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load_all()
        taken = {day: register.snapshot(as_at=day, options={}) for day in (BOARD_DAY, BEFORE_DAY, PANEL_BEFORE)}
        transaction.set_rollback(True)
    return taken


@pytest.fixture
def snapshots(snapshots_once, db):
    return copy.deepcopy(snapshots_once)


def context(template="board-paper", **options):
    return reports.ReportContext(
        board="Business Coordination Board", board_short="BCB", meeting_date=BOARD_DAY, baseline_date=BEFORE_DAY,
        template=template, options=options,
    )  # fmt: skip


def draft(now, before, **options):
    register = PlanRegister()
    made = register.draft(now, register.compare(now, before), context(**options), before)
    document = schema.normalise(made.document)
    schema.check(document)
    return made, document


def tables(document):
    return [node for section in document["content"] for node in section["content"] if node["type"] == "tableFigure"]


def rows_of(table):
    return [
        ["\n".join(text.of(line) for line in cell["content"]) for cell in row["content"]]
        for row in table["content"][1]["content"]
    ]


def test_the_register_is_one_of_the_protocol():
    assert isinstance(reports.get("plans"), reports.Register)


def test_the_demonstration_has_forty_actions_and_words_for_every_activity(demonstration):
    told = loader.progress()
    assert Activity.objects.count() == len(told) == 44
    for ref, each in told.items():
        for report in each["reports"]:
            if report:
                count = len(loader.narrative(each["about"], report).split())
                assert 60 <= count <= 300, (ref, count)


def test_loading_the_demonstration_twice_adds_nothing(demonstration):
    loader.load_all()
    assert Plan.objects.count() == 1 and Activity.objects.count() == 44


def test_directions_of_every_kind_occur(snapshots):
    summary = summarise(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    seen = {line.travel.direction for line in summary.lines}
    assert seen >= {"improved", "no change", "deteriorated", "started", "put back", None}
    assert [line.ref for line in summary.new] == ["C10.2"]
    assert summary.slipped and summary.worsened and summary.improved


def test_two_bodies_with_different_baselines_show_different_arrows_on_one_day(snapshots):
    board = summarise(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    panel = summarise(snapshots[BOARD_DAY], snapshots[PANEL_BEFORE])
    different = {
        line.ref for line, other in zip(board.lines, panel.lines, strict=True)
        if line.travel.direction != other.travel.direction
    }  # fmt: skip
    # O2.3 was Green in March, Yellow in June and is Red now; V3.1 was Yellow, Red and Red.
    assert "V3.1" in different and "O2.3" not in different


def test_changes_applied_to_the_last_report_give_this_one(snapshots):
    now, before = snapshots[BOARD_DAY], snapshots[BEFORE_DAY]
    assert compare.apply(before, compare.compare(now, before)) == {table: now[table] for table in compare.TABLES}


def test_the_board_s_paper_is_a_valid_document_with_a_landscape_section_for_each_theme(snapshots):
    made, document = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    landscape = [s for s in document["content"] if s["attrs"]["orientation"] == "landscape"]
    titles = [text.of(section["content"][0]) for section in landscape]
    assert titles[:4] == [
        f"Delivery plan: {name}" for name in ("Victims", "Offenders", "Communities", "Transformation")
    ]
    assert numbering.number(document) and made.to == "Business Coordination Board"


def test_the_table_has_a_header_row_and_no_merged_cells(snapshots):
    _, document = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    for table in tables(document):
        rows = table["content"][1]["content"]
        assert {cell["type"] for cell in rows[0]["content"]} == {"tableHeader"}
        assert all(cell["attrs"]["colspan"] == cell["attrs"]["rowspan"] == 1 for row in rows for cell in row["content"])
        assert len({len(row["content"]) for row in rows}) == 1


def test_an_action_with_several_activities_is_one_action_row_with_rows_beneath(snapshots):
    _, document = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    offenders = next(table for table in tables(document) if "Offenders: delivery" in text.of(table["content"][0]))
    first = [row[0] for row in rows_of(offenders)[1:]]
    assert len(first) == 11 + 3 + 2
    place = next(index for index, cell in enumerate(first) if cell.startswith("O2 "))
    assert first[place + 1 : place + 4] == ["O2, activity O2.1", "O2, activity O2.2", "O2, activity O2.3"]


def test_changes_are_marked_in_words_and_arrows_have_words(snapshots):
    _, document = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    said = text.plain(document)
    assert "status was Yellow, now Green" in said.replace("Status was", "status was")
    assert "↑ Improved" in said and "↓ Deteriorated" in said and "October 2018" in said
    assert "Work in progress" in said


def test_a_direction_that_was_judged_is_shown_as_one(snapshots):
    now = snapshots[BOARD_DAY]
    row = next(row for row in now["activities"].values() if row["ref"] == "T10.1")
    row["overrides"] = [
        {"board": "Business Coordination Board", "direction": "improved", "reason": "Three parts have begun"}
    ]
    _, document = draft(now, snapshots[BEFORE_DAY])
    assert "Judged, not derived (no change): Three parts have begun" in text.plain(document)


def test_the_first_report_to_a_body_shows_no_directions(snapshots):
    _, document = draft(snapshots[BOARD_DAY], None)
    said = text.plain(document)
    assert "↑ Improved" not in said.split("Key to status")[0] and "First report" in said


def test_the_panel_s_report_tells_one_theme_in_the_panel_s_layout(snapshots):
    made, document = draft(snapshots[BOARD_DAY], snapshots[PANEL_BEFORE], template="panel-report", theme="C")
    titles = [text.of(section["content"][0]) for section in document["content"]]
    assert titles[:4] == ["Purpose", "Recommendations", "Terms of reference", "Background"]
    assert titles[-2:] == ["Conclusion", "Background documents"]
    assert made.title.endswith("Communities") and made.template == "panel-report"
    said = text.plain(document)
    assert "C10 Professional standards" in said and "V1 Priority-group" not in said


def test_the_panel_hears_communities_in_november_when_no_theme_is_chosen(snapshots):
    made, _ = draft(snapshots[BOARD_DAY], None, template="panel-report")
    assert made.title.endswith("Communities")


def test_generated_blocks_keep_their_keys_between_drafts(snapshots):
    from boards.document import generated

    _, first = draft(snapshots[BEFORE_DAY], None)
    _, second = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    assert set(generated.keys(first)) & set(generated.keys(second)) >= {
        "plans:purpose",
        "plans:theme:V:table",
        "plans:legend",
    }


def test_figures_can_be_bound_in_a_paper(snapshots):
    now = snapshots[BOARD_DAY]
    assert figures.value("count.actions", now) == "40"
    assert figures.value("count.activities", now) == "44"
    assert figures.value("tally.Red", now) == "3"
    assert figures.value("theme.V.activities", now) == "9"
    assert figures.value("rag.O2", now) == "Red" and figures.value("rag.O2.1", now) == "Green"
    assert figures.value("tally.Amber", now) is None


def test_every_printed_form_resolves_in_links(demonstration):
    resolve = reports.get("plans").resolve
    wanted = {"V2.": "V2", "O10": "O10", "O 1.1": "O1.1", "10.1": "C10.1", "section C1": "C1"}
    assert {printed: resolve(printed).ref for printed in wanted} == wanted
    assert resolve("X9") is None and resolve("V") is not None


def test_the_assessment_s_counts_add_up(snapshots):
    (counts,) = snapshots[BOARD_DAY]["assessments"]
    assert (counts["all"], counts["forward"], counts["remitted"]) == (342, 40, 302)
    assert len(snapshots[BOARD_DAY]["findings"]) == 40


def test_taking_a_finding_forward_keeps_the_counts_adding_up(demonstration):
    from plans.actions import assessing
    from plans.models import Assessment, Finding
    from portal.models import User

    officer = User.objects.get(email=loader.OFFICER[1])
    finding = Finding.objects.filter(disposition="remitted").first()
    assessing.take_forward(finding=finding, target_date=dt.date(2019, 6, 30), by=officer)
    counts = Assessment.objects.get().counts()
    assert (counts["all"], counts["forward"], counts["remitted"]) == (342, 41, 301)


def test_both_ends_of_a_link_are_known(demonstration):
    from plans.links import linked_from

    assert [target.ref for target in linked_from("risks:SR3.1")] == ["T8"]
    assert [target.ref for target in reports.links_to("finance:general-reserve")] == ["T8"]


def test_what_is_missing_is_found_before_the_paper_goes(snapshots):
    from plans import checks

    now = snapshots[BOARD_DAY]
    row = next(row for row in now["activities"].values() if row["ref"] == "T8.1")
    row["opcc_leads"], row["rag"] = [], None
    _, document = draft(now, None)
    found = checks.findings(now, document, context())
    assert [(each.rule, each.severity) for each in found] == [("L2", "blocks"), ("L1", "acknowledge")]


def test_nothing_is_missing_in_the_demonstration(snapshots):
    from plans import checks

    _, document = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY])
    assert checks.findings(snapshots[BOARD_DAY], document, context()) == []


@pytest.mark.parametrize("options", [{}, {"template": "panel-report", "theme": "C"}])
def test_bringing_a_draft_up_to_date_gives_the_fresh_draft(options, snapshots):
    """Every block and every section has a key of its own, so nothing is put in the place of something else."""
    from boards.document import generated

    _, old = draft(snapshots[BEFORE_DAY], snapshots[PANEL_BEFORE], **options)
    _, fresh = draft(snapshots[BOARD_DAY], snapshots[BEFORE_DAY], **options)
    assert all(section["attrs"]["gen"] for section in fresh["content"])
    refreshed = generated.refresh(old, fresh)
    schema.check(refreshed)
    assert text.plain(refreshed) == text.plain(fresh)
