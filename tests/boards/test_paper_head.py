"""The head of a paper follows its template, whatever the board is called."""

import pytest

from boards import paper_head
from boards.document import build, html, schema


def paper(template: str, **changes) -> dict:
    document = build.doc(
        build.section("Purpose", build.para("To tell."), role="purpose"),
        build.section(
            "Background documents",
            build.source("The plan"),
            build.contact("Plan officer", "enquiries@office.example"),
            role="bibliography",
        ),
    )
    held = {
        "number": "3.0", "to": "Scrutiny Body", "from_role": "Commissioner", "paper_date": "2018-11-14",
        "template": template, "document": schema.normalise(document),
    }  # fmt: skip
    return held | changes


def test_a_board_paper_is_from_its_author_and_keeps_contacts_at_its_end():
    head = paper_head.rows(paper("board-paper"))
    assert head == [("To", "Scrutiny Body"), ("From", "Commissioner"), ("Date", "14 November 2018")]
    assert "Contact officers" in html.render(paper_head.body(paper("board-paper")))


def test_a_panel_report_begins_with_item_report_of_and_contact():
    assert paper_head.rows(paper("panel-report")) == [
        ("Agenda item", "3.0"),
        ("To", "Scrutiny Body"),
        ("Report of", "Commissioner"),
        ("Date", "14 November 2018"),
        ("Contact officer", "Plan officer"),
        ("Contact details", "enquiries@office.example"),
    ]


def test_contacts_told_at_the_head_are_not_told_again_beside_the_sources():
    body = html.render(paper_head.body(paper("panel-report")))
    assert "The plan" in body and "Contact officers" not in body


def test_contacts_stay_where_there_is_no_source_beside_them():
    alone = build.doc(build.section("Contacts", build.contact("Plan officer", "a@b.example"), role="bibliography"))
    held = paper("panel-report", document=schema.normalise(alone))
    assert "Plan officer" in html.render(paper_head.body(held))


def test_a_restricted_contact_is_not_told_at_the_head():
    held = paper("panel-report")
    held["document"]["content"][1]["content"][-1]["attrs"]["restricted"] = "1"
    assert "Contact officer" not in dict(paper_head.rows(held))


@pytest.mark.parametrize(("template", "is_capital"), [("panel-report", True), ("board-paper", False)])
def test_headings_are_in_capitals_only_where_the_template_says_so(template, is_capital):
    from boards.packs.pages import render_page

    held = paper(template, title="A title", marking_label="")
    page = render_page(
        "paper.html", paper=held, layout=paper_head.layout(held), head=paper_head.rows(held), body="<p>x</p>"
    )
    assert ('class="paper capitals"' in page) is is_capital
