"""The source papers, made into Word files in several shapes: what comes in, and what is found.

The words of the papers are read from the folder beside the checkout. FOUND says which finding belongs to which paper, after the
list of traps kept with them; a paper may yield others, but no numbering, recommendation, header or link finding that is not here.
"""

import datetime as dt

import pytest

from boards.document import findings, schema
from boards.document.word import read_docx, report

from .word_inputs import shapes, sources

pytestmark = pytest.mark.skipif(not sources.available(), reason=sources.MISSING)

# paper -> {(rule, printed number)}: numbering (P3), recommendations (P4), header (P1.header, P2, P13, P14) and links (P8)
FOUND = {
    "resource group": {("P1.header", None), ("P1.sources", None)},
    "delivery of the plan": {
        ("P13.marking", None),  # Official, not OFFICIAL
        ("P14.furniture", "3.3"),  # the page header inside paragraph 3.3
        ("P3.order", "3.4"),  # after 3.6 back to 3.4
        ("P3.duplicate", "3.4"),
        ("P3.duplicate", "3.5"),
    },
    "devolution": {
        ("P13.marking", None),  # NOT PROTECTIVELY MARKED
        ("P3.duplicate", "4.3"),
        ("P3.section", "5.1"),  # under heading 6
    },
    "offending": {("P1.header", None), ("P3.section", "5.1")},
    "local policing review": {
        ("P1.header", None),
        ("P3.headings", "1.0"),
        ("P3.unnumbered", "3"),
        ("P3.unnumbered", "6"),
        ("P3.unnumbered", "8"),
    },
    "auditor": {("P1.header", None), ("P4.closing", "2.")},
    "mtfs cover": {
        ("P13.marking", None),
        ("P3.duplicate", "3.2"),
        ("P3.differs", "3.3"),
        ("P4.differs", "5.1"),  # the closing recommendation misses a word
    },
    # two more, to see that the rules were not fitted to the seven above
    "delivery plan cover": {
        ("P1.header", None),
        ("P2.placeholder", None),  # XXXX
        ("P3.gap", "3.4"),
        ("P3.duplicate", "3.4"),
        ("P3.gap", "3.6"),
        ("P3.differs", "3.7"),
        ("P3.headings", "5"),
    },
    "risk cover": {("P1.header", None)},
    "stra": {("P1.header", None)},
}
ALSO = {  # findings of other kinds that the list of traps names
    "resource group": {"P1.sources"},
    "delivery of the plan": {"P7.appendix"},
    "auditor": {"P9.two-ways", "P17.table"},
    "delivery plan cover": {"P9.board"},
    "stra": {"P9.two-ways", "P17.dates"},
    "risk cover": {"P7.stray", "P16.colour"},
}
WATCHED = ("P3.", "P4.", "P1.header", "P1.sources", "P2.", "P13.", "P14.", "P8.")


def words(text):
    return " ".join(text.split())


def imported(name, shape):
    return read_docx(shapes.build(sources.paragraphs(name), shape))


def found_in(paper, **known):
    return findings.check(paper.document, report.facts_of(paper, **known))


@pytest.mark.parametrize("shape", shapes.SHAPES)
@pytest.mark.parametrize("name", FOUND)
def test_every_paragraph_is_present_in_order(name, shape):
    paper = imported(name, shape)
    schema.check(paper.document)
    rows = [row["text"] for row in report.outline(paper)]
    rows += [text for _, text in paper.header.running]
    text = "\n".join(rows)
    at = 0
    for paragraph in sources.paragraphs(name):
        for piece in [" ".join(cells) for cells in paragraph.rows] or [words(paragraph.text)]:
            if paragraph.kind == "furniture" and piece in " ".join(t for _, t in paper.header.running):
                continue
            where = text.find(piece, at)
            assert where >= 0, f"lost or out of order: {paragraph.kind} {paragraph.number} {piece[:80]}"
            at = where


@pytest.mark.parametrize("shape", shapes.SHAPES)
@pytest.mark.parametrize("name", FOUND)
def test_printed_numbers_are_kept_beside_computed_ones(name, shape):
    rows = report.outline(imported(name, shape))
    printed = [(row["printed_number"], row["text"]) for row in rows if row["type"] != "header"]
    for paragraph in sources.paragraphs(name):
        if paragraph.kind in ("numbered", "heading") and paragraph.text:
            assert (paragraph.number, words(paragraph.text)) in printed
    computed = [row["computed_number"] for row in rows if row["type"] in ("section", "para") and row["computed_number"]]
    assert len(computed) == len(set(computed))


@pytest.mark.parametrize("shape", shapes.SHAPES)
@pytest.mark.parametrize("name", FOUND)
def test_papers_yield_the_findings_listed_for_them(name, shape):
    found = found_in(imported(name, shape))
    watched = {(f.rule, f.printed_number) for f in found if f.rule.startswith(WATCHED)}
    assert watched == FOUND[name]
    assert ALSO.get(name, set()) <= {f.rule for f in found}
    assert all(f.sentence.endswith((".", "”")) and f.mend for f in found)


def test_header_blocks_are_read():
    header = imported("mtfs cover", "styled").header
    assert (header.to, header.from_role) == ("Business Coordination Board", "Chief Finance Officer")
    assert (header.paper_date, header.agenda_number) == (dt.date(2018, 11, 1), "6.0")
    assert (header.marking, header.title) == ("Official", "Medium Term Financial Strategy 2019/20 to 2022/23")


def test_closing_recommendations_become_a_repeat_of_the_one_record():
    document = imported("devolution", "typed").document
    kinds = [block["type"] for section in document["content"] for block in section["content"]]
    assert kinds.count("recommendation") == 1
    assert kinds.count("recommendationEcho") == 1


def test_a_differing_closing_recommendation_is_not_lost():
    paper = imported("mtfs cover", "typed")
    assert paper.facts.closing != paper.facts.opening
    echo = next(row for row in report.outline(paper) if row["type"] == "recommendationEcho")
    assert echo["text"] == paper.facts.closing[0]
    assert any("differ" in warning for warning in paper.warnings)


def test_a_paper_dated_eleven_days_before_its_meeting_is_mentioned():
    paper = imported("performance", "typed")
    found = [f for f in found_in(paper, meeting_date=dt.date(2017, 2, 6)) if f.rule == "P6.date"]
    assert [(f.severity, "11 days" in f.sentence) for f in found] == [("advice", True)]


RISKS = {  # the demonstration register's titles
    "SR1.1": "Local link with communities not realised",
    "SR1.2": "Collaboration partner harms reputation",
    "SR2.1": "Plan lacks clear focus or manifesto delivery",
    "SR2.2": "Strategic Policing Requirement not met",
    "SR2.3": "Little influence on national or regional policy",
    "SR3.1": "Weak financial management",
    "SR3.2": "PCC and Chief Constable relationship breaks down",
    "SR3.3": "Collaboration benefits missed",
    "SR3.4": "Local partnership working ineffective",
    "SR3.5": "Statutory officer posts unfilled or unsupported",
    "SR3.6": "Chief Constable appointment and removal arrangements fail",
    "SR4.1": "Good governance not demonstrated",
    "SR4.2": "Staff deployment does not serve the Plan",
    "SR4.3": "Panel scrutiny needs unmet",
    "SR4.4": "Welfare and safety of workforce and public",
    "SR4.5": "No effective hold-to-account on welfare duties",
}


def test_the_one_wrong_risk_reference_of_thirteen_is_found_against_the_register():
    paper = imported("risk cover", "typed")
    found = found_in(paper, known_targets={f"risks:{ref}": title for ref, title in RISKS.items()})
    wrong = [f for f in found if f.rule == "P7.register"]
    assert [(f.severity, f.printed_number) for f in wrong] == [("acknowledge", "4.6")]
    assert "SR3.1" in wrong[0].sentence
