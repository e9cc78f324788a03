"""What is pasted from Word becomes blocks of the paper again: sections, levels, lists, tables. Styles and comments stay behind."""

import pytest

from boards.actions import papers
from boards.document import text
from tests.browser.editor import Editor, all_words, blocks, ids, outline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def marked(words: str, marker: str, level: int = 1, css: str = "MsoListParagraph", *, list_: str = "l0") -> str:
    """A list paragraph as Word puts it on the clipboard: the number is text that it tells others to ignore."""
    return (
        f"<p class={css} style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:{list_} level{level} lfo1'>"
        f"<![if !supportLists]><span style='mso-fareast-font-family:Arial'><span style='mso-list:Ignore'>{marker}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        f"<span lang=EN-GB>{words}<o:p></o:p></span></p>"
    )


def cell(words: str, extra: str = "") -> str:
    return (
        f"<td valign=top {extra} style='border:solid windowtext 1.0pt'><p class=MsoNormal>{words}<o:p></o:p></p></td>"
    )


WORD = "".join((
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal {margin:0}</style></head>",
    "<body lang=EN-GB><!--StartFragment-->",
    marked("<b>Estates</b>", "1.", 1),
    marked("The <b>estate</b> has <i>eleven</i> sites, seen by <span style='font-weight:bold'>three</span> officers"
           "<span class=MsoCommentReference><a href='#_msocom_1'>[RD1]</a></span>.", "1.1", 2),
    marked("Two are shared.", "1.1.1", 3),
    marked("One is let:", "1.2", 2),
    marked("to the council;", "(a)", 1, list_="l2"),
    marked("in part", "(i)", 2, list_="l2"),
    marked("to a charity.", "(b)", 1, list_="l2"),
    marked("by the week", "·", 1, list_="l3"),
    marked("by the month", "·", 1, list_="l3"),
    "<p class=MsoCaption>Table 3: Cost of the sites</p>",
    "<table class=MsoTableGrid border=1><tr>", cell("<b>Site</b>", "rowspan=2"), cell("<b>Cost</b>", "colspan=2"), "</tr>",
    "<tr>", cell("<b>2016</b>"), cell("<b>2017</b>"), "</tr><tr>", cell("North"),
    cell("<span style='text-align:right'>1,200</span>", "align=right"), cell("1,300", "align=right"), "</tr></table>",
    "<p class=MsoNormal>See <a href='https://opcc.example/sites'>the list</a> and <a href='file:///S:/sites.xls'>the sheet</a>."
    "<del>Old words.</del><o:p></o:p></p>",
    marked("<b>Next</b>", "2.", 1),
    "<p class=MsoNormal>2.1<span style='mso-tab-count:1'>      </span>The next report comes in May.</p>",
    "<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Is this right?</p></div></div>",
    "<!--EndFragment--></body></html>",
))  # fmt: skip


@pytest.fixture
def editor(site, world):
    paper = papers.commission(item=world.open_item, title="Estates", by=world.governance, authors=[world.author])
    return Editor(site, paper).open(world.author)


def test_word_is_pasted_as_blocks_and_numbered_anew(editor):
    before = editor.now
    editor.cursor(ids(before, "para")[0]).type("This paper is about sites.").paste(WORD)
    editor.says("2 sections were put in.")
    document = editor.saved()
    assert outline({"content": document["content"][1:3], "type": "doc"}, document) == [
        "2 section: Estates", "2.1 para: The estate has eleven sites, seen by three officers.", "2.1.1 para: Two are shared.",
        "2.2 para: One is let:", "(a) listItem: to the council;", "(i) listItem: in part", "(b) listItem: to a charity.",
        "- listItem: by the week", "- listItem: by the month", "2.3 para: See the list and the sheet.",
        "3 section: Next", "3.1 para: The next report comes in May.",
    ]  # fmt: skip
    paragraph = blocks(document, "para", "The estate has eleven sites, seen by three officers.", node=True)[0]
    assert paragraph["attrs"]["printed"] == "1.1"
    bold = [part["text"] for part in paragraph["content"] if {"type": "strong"} in part.get("marks", [])]
    assert bold == ["estate", "three"]
    figure = blocks(document, "tableFigure", node=True)[0]
    assert text.of(figure["content"][0]) == "Cost of the sites"
    rows = figure["content"][1]["content"]
    assert [[each["attrs"]["colspan"] for each in row["content"]] for row in rows] == [[1, 2], [1, 1], [1, 1, 1]]
    assert rows[0]["content"][0]["attrs"]["rowspan"] == 2
    kinds = [{each["type"] for each in row["content"]} for row in rows]
    assert kinds == [{"tableHeader"}, {"tableHeader"}, {"tableCell"}], "the header goes as far as its first cell"
    assert rows[2]["content"][1]["attrs"]["align"] == "right"
    links = [mark["attrs"]["href"] for part in blocks(document, "para", "See the list and the sheet.", node=True)[0]["content"]
             for mark in part.get("marks", [])]  # fmt: skip
    assert links == ["https://opcc.example/sites"], "what the board cannot open stays as words"
    words = all_words(document)
    assert not [gone for gone in ("[RD1]", "Is this right", "Old words", "mso-", "file:") if gone in words]
    assert editor.page.refused == []

    # A copy of a block is a new block; a line in a cell stays a line; plain text makes a paragraph of each line.
    copied = blocks(document, "para", "Two are shared.")[0]
    editor.cursor(copied, 0, -1).press("Control+c")
    editor.cursor(blocks(document, "para", "See the list and the sheet.")[0]).press("Enter", "Control+v")
    last = blocks(document, "para", "The next report comes in May.")[0]
    editor.cursor(last).press("Enter").paste(words="It is late.\n\nIt is long.")
    editor.click(editor.words.locator(".table-figure td").first)
    editor.press("End").paste(words=" and yard")
    document = editor.saved()
    assert len(blocks(document, "para", "Two are shared.")) == 2
    assert text.of(blocks(document, "tableCell", node=True)[0]) == "North and yard"
    found = [each["attrs"]["id"] for each in blocks(document, "para", node=True)]
    assert len(found) == len(set(found))
    assert outline({"content": document["content"][2:3], "type": "doc"}, document)[1:] == [
        "3.1 para: The next report comes in May.", "3.2 para: It is late.", "3.3 para: It is long."
    ]  # fmt: skip


def test_pasted_sections_take_the_place_of_what_waits_for_them(editor):
    """An empty new section goes; a section of the template that nobody wrote in gives its place to one of its title."""
    before = editor.now
    editor.cursor(ids(before["content"][0], "para")[0]).press("Control+Enter").paste(WORD)
    editor.says("2 sections were put in.")
    editor.paste("<h1>Background</h1><p>The councils asked.</p>")
    editor.says("One section was put in.")
    document = editor.saved()
    titles = [text.of(each["content"][0]) for each in document["content"]]
    assert titles == ["Purpose", "Estates", "Next", "Background", "Recommendation", "Main considerations", "Recommendation",
                      "Bibliography"]  # fmt: skip
    background = document["content"][3]
    assert background["attrs"]["role"] == "background"
    assert [node["type"] for node in background["content"]] == ["heading", "para"]
