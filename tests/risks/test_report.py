"""The report to a board: what the cover names, what the pages mark, what stays when an officer takes a part over."""

import copy
import datetime as dt
import json
import re

import pytest

from boards.canonical import canonical_json
from boards.document import build, generated, schema, text
from boards.reports import ReportContext
from risks import compare
from risks.demo import loading
from risks.demo.loading import read
from risks.report import redline
from risks.report.nodes import Cells
from risks.report.register import RiskRegister
from risks.snapshot import take
from tests.risks.samples import facts, register, risk, row, score

REGISTER = RiskRegister()
CHANGED = [
    "SR1.1",
    "SR1.2",
    "SR2.1",
    "SR2.3",
    "SR3.1",
    "SR3.3",
    "SR3.4",
    "SR3.5",
    "SR4.1",
    "SR4.2",
    "SR4.3",
    "SR4.4",
    "SR4.5",
]


def context(**extra):
    given = {
        "board": "Business Coordination Board",
        "board_short": "BCB",
        "meeting_date": dt.date(2017, 2, 6),
        "baseline_date": dt.date(2016, 8, 11),
        "office": {"name": "Office", "force": "the Constabulary"},
        **extra,
    }
    return ReportContext(**given)


def draft(now, before, **extra):
    changes = REGISTER.compare(now, before)
    document = schema.normalise(REGISTER.draft(now, changes, context(**extra), before).document)
    schema.check(document)
    return document


def nodes(document, kind=None):
    """Every node in reading order."""
    return [node for node in schema.walk(document) if kind is None or node["type"] == kind]


def sections(document):
    return {node["content"][0]["content"][0]["text"]: node for node in document["content"]}


def marked(node, mark):
    """Texts under the node that carry a mark."""
    return [
        leaf["text"]
        for leaf in schema.walk(node)
        if leaf["type"] == "text" and mark in [m["type"] for m in leaf.get("marks", [])]
    ]


def cover_refs(document):
    """References that the covering paper names, in words or as cross-references."""
    cover = [node for node in document["content"] if node["attrs"]["role"] != "appendix"]
    named = set()
    for node in cover:
        named |= set(re.findall(r"SR\d\.\d+", text.of(node)))
        named |= {
            leaf["attrs"]["target"].removeprefix("risks:") for leaf in schema.walk(node) if leaf["type"] == "xref"
        }
    return sorted(named)


_loaded: list = []


@pytest.fixture
def demonstration(db):
    """The register of August 2016 and that of February 2017, made by the same verbs that people use (once for all tests)."""
    if not _loaded:
        loading.load_register()
        before = take(dt.date(2016, 8, 11))
        loading.load_changes()
        _loaded.append((before, take(dt.date(2017, 2, 6))))
    return copy.deepcopy(_loaded[0])


def test_the_demonstration_holds_the_scores_leads_and_dates_of_the_facts(demonstration):
    _, now = demonstration
    rows, risks = facts("risks"), {each["ref"]: each for each in now["risks"]}
    assert list(risks) == [each["ref"] for each in rows]
    for each in rows:
        found = risks[each["ref"]]
        assert found["title"] == each["short_title_own_words"]
        assert (found["exec_lead"], found["senior_lead"]) == (each["exec_lead"], each["senior_lead"])
        assert found["status"]["date"] == each["status_date"]
        for stage in ("inherent", "current", "future"):
            triple = [found[stage][key] for key in ("likelihood", "impact", "rating")] if found[stage] else ["", "", ""]
            assert [str(value) for value in triple] == [each[f"{stage}_{part}"] for part in "lir"], each["ref"]


def test_every_risk_of_the_demonstration_has_five_to_fifteen_bullets(demonstration):
    _, now = demonstration
    counts = {
        each["ref"]: sum(len(each[name]) for name in ("causes", "effects", "controls", "assurances", "actions"))
        for each in now["risks"]
    }
    assert all(5 <= count <= 15 for count in counts.values()), counts


def test_exactly_the_thirteen_risks_of_the_facts_have_changed(demonstration):
    before, now = demonstration
    assert compare.changed_refs(compare.compare(now, before)) == CHANGED
    told = [each["ref"] for each in facts("risks") if each["reported_changed_in_cover"] == "1"]
    assert told == CHANGED


def test_the_cover_names_exactly_the_changed_risks(demonstration):
    before, now = demonstration
    document = draft(now, before)
    assert cover_refs(document) == CHANGED
    assert "13 risks of 16 have changed. Three risks are unchanged." in text.plain(document)


def test_each_changed_risk_has_one_paragraph_with_title_words_and_page(demonstration):
    before, now = demonstration
    changes = sections(draft(now, before))["Changes since the last report"]
    paragraphs = {}
    for node in nodes(changes, "para"):
        refs = [
            leaf["attrs"]["target"] for leaf in schema.walk(node) if leaf["type"] == "xref" and leaf["attrs"]["page"]
        ]
        if refs:
            paragraphs[refs[0].removeprefix("risks:")] = text.of(node)
    assert list(paragraphs) == CHANGED
    titles = {each["ref"]: each["title"] for each in now["risks"]}
    for ref, said in paragraphs.items():
        assert titles[ref] in said
        assert re.search(r"has been|have been|has moved", said)


def test_every_page_reference_leads_to_the_page_of_that_risk(demonstration):
    before, now = demonstration
    document = draft(now, before)
    anchors = {
        node["attrs"]["anchor"]: node["content"][0]["content"][0]["text"]
        for node in document["content"]
        if node["attrs"]["anchor"]
    }
    for leaf in nodes(document, "xref"):
        target = leaf["attrs"]["target"]
        assert anchors[target].startswith(target.removeprefix("risks:") + " ")


def test_new_and_removed_rows_are_marked_and_labelled(demonstration):
    before, now = demonstration
    pages = sections(draft(now, before))
    page = pages["SR3.4 Local partnership working ineffective"]
    assert marked(page, "deleted")
    assert [leaf["attrs"]["text"] for leaf in schema.walk(page) if leaf["type"] == "tag" and leaf["attrs"]["tone"] == "removed"] == [
        "Removed", "Removed",
    ]  # fmt: skip
    page = pages["SR3.5 Statutory officer posts unfilled or unsupported"]
    assert "Arrange cover for the chief finance officer" in "".join(marked(page, "inserted"))
    assert "new" in [leaf["attrs"]["tone"] for leaf in schema.walk(page) if leaf["type"] == "tag"]


def test_an_unchanged_risk_has_no_mark(demonstration):
    before, now = demonstration
    pages = sections(draft(now, before))
    for title in (
        "SR2.2 Strategic Policing Requirement not met",
        "SR3.2 PCC and Chief Constable relationship breaks down",
    ):
        assert marked(pages[title], "inserted") == marked(pages[title], "deleted") == []


def test_a_snapshot_read_back_from_an_edition_gives_no_false_mark(demonstration):
    _, now = demonstration
    sealed = json.loads(canonical_json(now))
    document = draft(now, sealed)
    assert marked(document, "inserted") == marked(document, "deleted") == []
    assert "None of the 16 risks in the register has changed." in text.plain(document)


def test_a_first_report_says_so_and_marks_nothing(demonstration):
    _, now = demonstration
    document = draft(now, None, baseline_date=None)
    assert "This is the first report" in text.plain(document)
    assert marked(document, "inserted") == marked(document, "deleted") == []


def test_two_boards_have_different_baselines(demonstration):
    before, now = demonstration
    one = draft(now, before)
    other = draft(now, now, board="Joint Audit Committee")
    assert cover_refs(one) != cover_refs(other)


def test_the_same_facts_give_the_same_blocks_with_the_same_ids(demonstration):
    before, now = demonstration
    assert draft(now, before) == draft(now, before)


def test_a_refresh_without_news_changes_nothing(demonstration):
    before, now = demonstration
    document = draft(now, before)
    assert schema.normalise(generated.refresh(document, draft(now, before))) == document


def test_generated_parts_follow_the_register_until_an_officer_takes_one_over(demonstration):
    before, now = demonstration
    document = draft(now, before)
    taken_key, free_key = "risks:cover:SR1.1", "risks:cover:SR1.2"
    taken = generated.take_over(document, generated.keys(document)[taken_key]["attrs"]["id"])
    later = copy.deepcopy(now)
    for each in later["risks"][:2]:
        each["controls"].append({"id": f"late-{each['ref']}", "text": "A late control.", "owner": None, "effect": None})
    fresh = draft(later, before)
    refreshed = generated.keys(schema.normalise(generated.refresh(taken, fresh)))
    assert text.of(refreshed[taken_key]) == text.of(generated.keys(document)[taken_key])
    assert "A late control" in text.of(refreshed[free_key])
    found = REGISTER.findings(later, REGISTER.compare(later, before), taken, context(), before)
    assert [finding.rule for finding in found if finding.block_id == refreshed[taken_key]["attrs"]["id"]] == ["R12"]


def untreated(now, before, **extra):
    """(reference, severity) of every finding that a risk above tolerance has neither target nor acceptance."""
    document = draft(now, before, **extra)
    found = REGISTER.findings(now, REGISTER.compare(now, before), document, context(**extra), before)
    return [(finding.sentence[:5], finding.severity) for finding in found if finding.rule == "R2"]


def test_a_risk_above_tolerance_without_target_or_acceptance_blocks_its_report(demonstration):
    before, now = demonstration
    for each in now["risks"]:
        each["acceptance"] = None
    assert untreated(now, before) == [("SR3.3", "blocks"), ("SR4.4", "blocks")]


def test_the_demonstration_risks_without_target_are_accepted_until_the_summer_of_2017(demonstration):
    before, now = demonstration
    assert untreated(now, before) == []
    assert untreated(now, before, meeting_date=dt.date(2017, 8, 1)) == [("SR3.3", "blocks"), ("SR4.4", "blocks")]


def test_an_acceptance_that_ran_out_is_named_with_its_day(demonstration):
    _, now = demonstration
    later = {"baseline_date": None, "meeting_date": dt.date(2017, 8, 1)}
    found = REGISTER.findings(now, [], draft(now, None, **later), context(**later))
    assert "an acceptance that ran out on 31 July 2017" in next(f.sentence for f in found if f.rule == "R2")


def long_register(count):
    return register(
        *(
            risk(f"SR{n % 4 + 1}.{n // 4 + 1}", current=score(n % 5 + 1, n % 4 + 1), causes=[row(f"c{n}", "A cause.")])
            for n in range(count)
        )
    )


def test_a_register_of_two_thousand_risks_is_reported_within_what_a_paper_holds():
    before = long_register(2000)
    now = copy.deepcopy(before)
    for each in now["risks"][:1000:10]:
        each["causes"][0]["text"] = "A cause in other words."
    document = draft(now, before)
    changed = {each["ref"] for each in now["risks"][:1000:10]}
    anchors = {
        node["attrs"]["anchor"].removeprefix("risks:") for node in nodes(document, "section") if node["attrs"]["anchor"]
    }
    # Every changed risk has its page, in the order of the register, and then those that stand highest as far as there is room.
    assert changed < anchors
    assert len(anchors) == 150
    linked = {node["attrs"]["target"].removeprefix("risks:") for node in nodes(document, "xref")}
    assert linked == anchors
    summary = text.of(sections(document)["Strategic risk register: summary"])
    assert "The register holds 2,000 risks, more than a paper prints whole. 150 of them" in summary
    assert all(each["ref"] in summary for each in now["risks"] if each["ref"] not in anchors)


def test_a_long_register_is_mapped_by_how_many_risks_a_cell_holds():
    document = draft(long_register(400), None, baseline_date=None)
    alt = nodes(document, "chart")[0]["attrs"]["alt"]
    assert alt.startswith("Map of 400 risks by current score: ")


def rules(*risks, document=None, **extra):
    now = register(*risks)
    document = document or draft(now, None, baseline_date=None)
    return [finding.rule for finding in REGISTER.findings(now, [], document, context(baseline_date=None, **extra))]


@pytest.mark.parametrize(
    ("subject", "rule"),
    [
        (risk("SR1.1", current=score(4, 4)), "R3"),
        (risk("SR1.1", future=score(4, 4)), "R3"),
        (risk("SR1.1", status={"kind": "update", "date": "2016-01-01"}), "R6"),
        (risk("SR1.1", inherent=score(4, 4), current=score(3, 4), future=score(1, 1)), "R8"),
    ],
)
def test_scores_that_rise_stale_reviews_and_missing_actions_are_found(subject, rule):
    assert rule in rules(subject)


def test_a_risk_that_is_well_kept_has_no_finding():
    assert rules(risk("SR1.1", future=score(1, 1))) == []


def test_a_report_after_more_than_six_months_is_found():
    now = register(risk("SR1.1", future=score(1, 1)))
    for day, found in ((dt.date(2016, 8, 11), []), (dt.date(2016, 6, 1), ["R6"])):
        told = context(baseline_date=day)
        assert [f.rule for f in REGISTER.findings(now, [], draft(now, now), told, now)] == found


def test_a_typed_reference_with_the_title_of_another_risk_is_found():
    subjects = risk("SR3.1", title="Weak financial management"), risk("SR3.2", title="Relationship breaks down")
    wrong = build.doc(build.section("Background", build.para("SR3.2, weak financial management, has new controls.")))
    right = build.doc(build.section("Background", build.para("SR3.1, weak financial management, has new controls.")))
    unknown = build.doc(build.section("Background", build.para("SR9.9 has new controls.")))
    assert "R7" in rules(*subjects, document=schema.normalise(wrong))
    assert "R7" not in rules(*subjects, document=schema.normalise(right))
    assert "R7" in rules(*subjects, document=schema.normalise(unknown))


def test_another_matrix_than_the_baselines_is_found():
    now, before = register(risk("SR1.1")), register(risk("SR1.1"))
    now["matrix"] = {**now["matrix"], "version": "2018"}
    now["matrices"] = {**now["matrices"], "2018": now["matrix"]}
    changes = REGISTER.compare(now, before)
    found = REGISTER.findings(now, changes, draft(now, before), context(), before)
    assert {"R10", "R11"} <= {finding.rule for finding in found}


def test_a_closed_risk_is_told_once():
    closed = {"on": "2017-01-05", "reason": "The venture has ended."}
    first = draft(register(risk("SR1.1", closed=closed), risk("SR1.2")), register(risk("SR1.1"), risk("SR1.2")))
    assert "The risk was closed on 5 January 2017" in text.plain(first)
    then = draft(
        register(risk("SR1.1", closed=closed), risk("SR1.2")), register(risk("SR1.1", closed=closed), risk("SR1.2"))
    )
    assert "SR1.1" not in text.plain(then)


def test_removed_rows_stand_where_they_stood():
    before = [row("a", "A"), row("b", "B"), row("c", "C")]
    shown = redline.rows([row("a", "A"), row("c", "C"), row("d", "D")], before)
    assert [(state, each["id"]) for state, each, _ in shown] == [
        ("same", "a"),
        ("removed", "b"),
        ("same", "c"),
        ("new", "d"),
    ]


def test_reworded_text_shows_the_words_that_came_and_went():
    shown = redline.words("The group meets weekly.", "The group meets daily.")
    node = {"type": "para", "content": build.inline(*shown)}
    assert marked(node, "deleted") == ["weekly."]
    assert marked(node, "inserted") == ["daily."]


def test_a_long_table_is_what_the_builder_would_have_made():
    table = Cells(["One", "Two"], header_id="b0000000001")
    table.add("b0000000002", [["a"], ["b ", build.strong("c")]], headed=True)
    made = table.figure("Caption", [50, 50], "b0000000003")
    rows = [build.row("a", ["b ", build.strong("c")], id="b0000000002")]
    built = build.table("Caption", [build.row("One", "Two", id="b0000000001")], rows, widths=[50, 50], header_column=True,
                        id="b0000000003", numbered=False)  # fmt: skip
    assert made == built


@pytest.mark.parametrize(
    ("path", "value"),
    [("SR3.3.current.rating", "18"), ("SR3.3.senior_lead", "Commissioner & Chief Constable"), ("SR3.3.future.rating", None),
     ("count.above_tolerance", "3"), ("count.at_tolerance", "1"), ("count.risks", "16"), ("SR9.9.title", None), ("nonsense", None)],
)  # fmt: skip
def test_a_bound_figure_reads_the_snapshot(demonstration, path, value):
    _, now = demonstration
    assert REGISTER.value(path, now) == value


def test_the_data_files_of_the_demonstration_change_thirteen_risks():
    changed = {change["ref"] for change in read("changes_2017")["changes"]}
    assert sorted(changed) == CHANGED
