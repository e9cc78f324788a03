"""What Word can hold, and what becomes of it."""

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from PIL import Image

from boards.document import numbering, schema, text
from boards.document.word import read_docx, report

W = nsdecls("w")


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(document, **options):
    paper = read_docx(saved(document), **options)
    schema.check(paper.document)
    return paper


def a_paper(*lines):
    document = docx.Document()
    for line in ("1. Purpose", *lines):
        document.add_paragraph(line)
    return document


def blocks(paper, kind=None):
    found = [block for section in paper.document["content"] for block in section["content"][1:]]
    return [block for block in found if kind in (None, block["type"])]


def rows(paper):
    return [(r["type"], r["computed_number"], r["printed_number"], r["text"]) for r in report.outline(paper)]


def with_numbers(document, levels, abstract=90):
    """Add a multi-level list; levels are (format, text, style)."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{d}"><w:start w:val="1"/><w:numFmt w:val="{f}"/>'
        + (f'<w:pStyle w:val="{s}"/>' if s else "")
        + f'<w:lvlText w:val="{t}"/></w:lvl>'
        for d, (f, t, s) in enumerate(levels)
    )
    root.find(qn("w:num")).addprevious(
        parse_xml(f'<w:abstractNum {W} w:abstractNumId="{abstract}">{inner}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {W} w:numId="{abstract}"><w:abstractNumId w:val="{abstract}"/></w:num>'))


def number(paragraph, depth, list_id=90):
    ppr = paragraph._p.get_or_add_pPr()
    ppr.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'))
    return paragraph


def test_words_own_numbers_to_three_levels_with_letters_and_romans_below():
    document = docx.Document()
    levels = [("decimal", "%1.", ""), ("decimal", "%1.%2", ""), ("decimal", "%1.%2.%3", "")]
    with_numbers(document, [*levels, ("decimal", "%1.%2.%3.%4", "")])
    with_numbers(document, [("lowerLetter", "(%1)", ""), ("lowerRoman", "(%2)", "")], abstract=91)
    for depth, words in ((0, "Purpose"), (1, "First."), (2, "Deeper."), (3, "Deepest."), (1, "Second:")):
        number(document.add_paragraph(words), depth)
    for depth, words in ((0, "one;"), (1, "inner one;"), (1, "inner two;"), (0, "two.")):
        number(document.add_paragraph(words), depth, 91)
    number(document.add_paragraph("Next"), 0)
    number(document.add_paragraph("Third."), 1)
    assert rows(read(document)) == [
        ("section", "1", "1.", "Purpose"),
        ("para", "1.1", "1.1", "First."),
        ("para", "1.1.1", "1.1.1", "Deeper."),
        ("para", "1.1.1.1", "1.1.1.1", "Deepest."),
        ("para", "1.2", "1.2", "Second:"),
        ("listItem", "(a)", "(a)", "one;"),
        ("listItem", "(i)", "(i)", "inner one;"),
        ("listItem", "(ii)", "(ii)", "inner two;"),
        ("listItem", "(b)", "(b)", "two."),
        ("section", "2", "2.", "Next"),
        ("para", "2.1", "2.1", "Third."),
    ]


def test_numbers_that_come_from_paragraph_styles_are_read():
    document = docx.Document()
    with_numbers(document, [("decimal", "%1.", "Heading1"), ("decimal", "%1.%2", "NumPara")])
    style = document.styles.add_style("Num Para", 1)
    style.element.set(qn("w:styleId"), "NumPara")
    for name, level in (("Heading 1", 0), ("Num Para", 1)):
        document.styles[name].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
    document.add_paragraph("Purpose", style="Heading 1")
    document.add_paragraph("To update the board.", style="Num Para")
    assert rows(read(document)) == [
        ("section", "1", "1.", "Purpose"),
        ("para", "1.1", "1.1", "To update the board."),
    ]


def test_typed_lists_nest_by_their_marks():
    lines = (
        "1.1 The steps are:",
        "(a) first;",
        "(i) one;",
        "(ii) two;",
        "(b) second.",
        "• bullet",
        "o nested",
        "• last",
    )
    found = rows(read(a_paper(*lines)))
    assert [(kind, printed) for kind, _, printed, _ in found[2:6]] == [
        ("listItem", "(a)"),
        ("listItem", "(i)"),
        ("listItem", "(ii)"),
        ("listItem", "(b)"),
    ]
    lists = blocks(read(a_paper(*lines)))
    assert [b["type"] for b in lists] == ["para", "orderedList", "bulletList"]
    assert lists[1]["content"][0]["content"][1]["attrs"]["kind"] == "roman"
    assert lists[2]["content"][0]["content"][1]["type"] == "bulletList"


def test_a_number_alone_belongs_to_the_line_below_it():
    document = docx.Document()
    for line in ("1.", "", "Purpose", "1.1", "", "To update the board.", "2.", "Background", "2.1"):
        document.add_paragraph(line)
    assert rows(read(document)) == [
        ("section", "1", "1.", "Purpose"),
        ("para", "1.1", "1.1", "To update the board."),
        ("section", "2", "2.", "Background"),
        ("para", "2.1", "2.1", ""),
    ]


def test_figures_at_the_start_of_a_sentence_are_not_numbers():
    paper = read(a_paper("1.1 First.", "4.5 million people live here.", "9.4 days were lost.", "101 calls came in."))
    assert [b["attrs"]["printed"] for b in blocks(paper, "para")] == ["1.1", None, None, None]


def test_a_quotation_over_several_paragraphs_keeps_its_own_numbers():
    paper = read(
        a_paper("1.1 It set out that:", "“68. The first of them is long enough.", "69. The second.”", "1.2 Then.")
    )
    (quote,) = blocks(paper, "quote")
    assert text.of(quote).splitlines() == ["“68. The first of them is long enough.", "69. The second.”"]


def test_merged_cells_headers_captions_notes_and_alignment():
    document = a_paper("1.1 See Table 1.")
    document.add_paragraph("Table 1 – Usable reserves", style="Caption")
    table = document.add_table(rows=3, cols=3)
    values = (("Reserve", "31 March", ""), ("", "2026", "2027"), ("General", "6.0", "5.8"))
    for cells, line in zip(table.rows, values, strict=True):
        for cell, value in zip(cells.cells, line, strict=True):
            cell.text = value
            if value[:1].isdigit() and "." in value:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    document.add_paragraph("* takes account of rounding")
    paper = read(document)
    (block,) = blocks(paper, "tableFigure")
    caption, grid, note = block["content"]
    first, second, third = grid["content"]
    assert text.of(caption) == "Usable reserves"
    assert text.of(note) == "* takes account of rounding"
    assert paper.facts.captions == {block["attrs"]["id"]: "Table 1"}
    spans = [(c["type"], c["attrs"]["colspan"], c["attrs"]["rowspan"], text.of(c)) for c in first["content"]]
    assert spans == [("tableHeader", 1, 2, "Reserve"), ("tableHeader", 2, 1, "31 March")]
    assert [text.of(c) for c in second["content"]] == ["2026", "2027"]
    assert [c["attrs"]["align"] for c in third["content"]] == [None, "right", "right"]


def test_pictures_are_made_anew_without_metadata():
    image = Image.new("RGB", (400, 160), "white")
    exif = image.getexif()
    exif[0x010E] = "taken at 1 Secret Street"
    data = io.BytesIO()
    image.save(data, "JPEG", exif=exif)
    document = a_paper("1.1 See the figure.")
    data.seek(0)
    document.add_picture(data)
    document.inline_shapes[0]._inline.docPr.set("descr", "Reserves fall from 6 to 5 million pounds")
    document.add_paragraph("Figure 1: Reserves", style="Caption")
    kept = {}

    def save_asset(made, content_type, name):
        kept[content_type] = made

    paper = read(document, save_asset=save_asset)
    (figure,) = blocks(paper, "figure")
    assert b"Secret Street" not in kept["image/jpeg"]
    assert text.of(figure["content"][0]) == "Reserves"
    assert figure["content"][1]["attrs"]["alt"] == "Reserves fall from 6 to 5 million pounds"
    assert figure["content"][1]["attrs"]["src"].startswith("asset:")


def test_a_picture_that_is_no_picture_is_left_out_and_said():
    document = a_paper("1.1 See the figure.")
    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, "PNG")
    data.seek(0)
    document.add_picture(data)
    part = next(p for p in document.part.package.iter_parts() if "media" in str(p.partname))
    part._blob = b"\x89PNG\r\n\x1a\nnot really"
    paper = read(document)
    assert not blocks(paper, "figure")
    assert any("picture was not brought in" in warning for warning in paper.warnings)


def test_tracked_changes_are_taken_as_accepted_and_comments_left_out():
    document = a_paper()
    line = document.add_paragraph("1.1 Since then ")
    line._p.append(
        parse_xml(f'<w:ins {W} w:id="1" w:author="a"><w:r><w:t xml:space="preserve">two </w:t></w:r></w:ins>')
    )
    line._p.append(parse_xml(f'<w:del {W} w:id="2" w:author="a"><w:r><w:delText>one </w:delText></w:r></w:del>'))
    run = line.add_run("officers left.")
    document.add_comment(runs=[run], text="Is this right?", author="Reviewer")
    paper = read(document)
    assert text.of(blocks(paper)[0]) == "Since then two officers left."
    assert "2 tracked changes were taken as accepted." in paper.warnings
    assert "1 Word comment was not brought in." in paper.warnings


def test_marks_links_and_addresses_that_only_work_in_the_office():
    document = a_paper()
    line = document.add_paragraph("1.1 See ")
    for target, words in (
        ("https://example.org/a", "the plan"),
        (r"S:\OPCC\plan.docx", "the drive"),
        ("plan.docx", "here"),
    ):
        rel = document.part.relate_to(
            target, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        line._p.append(
            parse_xml(
                f'<w:hyperlink {W} {nsdecls("r")} r:id="{rel}"><w:r><w:t xml:space="preserve">{words} </w:t></w:r></w:hyperlink>'
            )
        )
    line.add_run("bold").bold = True
    paper = read(document)
    (para,) = blocks(paper)
    marks = {n["text"].strip(): [m["type"] for m in n.get("marks", ())] for n in para["content"]}
    assert marks == {"See": [], "the plan": ["link"], "the drive here": [], "bold": ["strong"]}
    assert [(link.text, link.address) for link in paper.facts.links] == [
        ("the drive", r"S:\OPCC\plan.docx"),
        ("here", "plan.docx"),
    ]
    assert {link.block_id for link in paper.facts.links} == {para["attrs"]["id"]}


def test_text_boxes_and_red_text_are_said():
    document = a_paper("1.1 Before.")
    line = document.add_paragraph("1.2 After.")
    line.add_run(" new words").font.color.rgb = RGBColor(0xFF, 0, 0)
    line._p.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    paper = read(document)
    assert [text.of(b) for b in blocks(paper)] == ["Before.", "After. new words", "Words in a box."]
    assert any("text box" in w for w in paper.warnings)
    assert any("Red text" in w for w in paper.warnings)


def test_recommendations_in_a_lettered_list_are_recommendations_each():
    document = docx.Document()
    asked = (
        "2.1 The Board is asked to:",
        "(a) note the report;",
        "(b) approve the plan; and",
        "(c) discuss the next steps.",
    )
    for line in ("1. Purpose", "1.1 To ask.", "2. Recommendations", *asked, "3. Background", "3.1 Words."):
        document.add_paragraph(line)
    for line in ("4. Recommendations", *(line.replace("2.1", "4.1") for line in asked)):
        document.add_paragraph(line)
    paper = read(document)
    found = blocks(paper, "recommendation")
    assert [b["attrs"]["verb"] for b in found] == ["note", "approve", "discuss"]
    assert [text.inline(b["content"]) for b in found] == ["the report;", "the plan; and", "the next steps."]
    assert len(blocks(paper, "recommendationEcho")) == 1
    assert not paper.warnings


def test_a_recommendation_of_another_build_keeps_its_own_words():
    document = docx.Document()
    for line in ("1. Purpose", "1.1 To ask.", "2. Recommendation", "2.1 The Board may wish to consider its position."):
        document.add_paragraph(line)
    paper = read(document)
    assert not blocks(paper, "recommendation")
    assert text.of(blocks(paper)[1]) == "The Board may wish to consider its position."


def test_paragraphs_numbered_right_through_the_paper():
    document = docx.Document()
    at = 0
    for title, count in (("PURPOSE", 1), ("BACKGROUND", 3), ("NEXT STEPS", 2)):
        document.add_paragraph().add_run(title).bold = True
        for _ in range(count):
            at += 1
            document.add_paragraph(f"{at}. A whole sentence stands here as the text of a paragraph.")
    found = rows(read(document))
    assert [(c, p) for kind, c, p, _ in found if kind == "para"] == [
        ("1.1", "1."),
        ("2.1", "2."),
        ("2.2", "3."),
        ("2.3", "4."),
        ("3.1", "5."),
        ("3.2", "6."),
    ]


@pytest.mark.parametrize("heading", ["Title above", "Title below"])
def test_title_and_header_in_either_order(heading):
    document = docx.Document()
    labels = ["To: The Board", "From: Chief Executive", "Date: 6 February 2017"]
    title = "Resource Group"
    if heading == "Title above":
        document.add_heading(title, 1)
    for line in labels:
        document.add_paragraph(line)
    if heading == "Title below":
        document.add_heading(title, 1)
    for name in ("Purpose", "Background"):
        document.add_heading(name, 2)
        document.add_paragraph("Some words stand here.")
    paper = read(document)
    assert paper.header.title == title
    assert paper.header.to == "The Board"
    assert [s["content"][0]["content"][0]["text"] for s in paper.document["content"]] == ["Purpose", "Background"]


def test_nothing_is_lost_where_a_paper_has_no_headings():
    document = docx.Document()
    document.add_paragraph(
        "This is a letter that begins with a whole sentence and has no heading at all, as letters do."
    )
    document.add_paragraph("It goes on.")
    paper = read(document)
    assert len(blocks(paper)) == 2
    assert any("Introduction" in warning for warning in paper.warnings)


def test_the_original_is_named_by_its_hash():
    import hashlib

    data = saved(a_paper("1.1 Words."))
    assert read_docx(data).original_sha256 == hashlib.sha256(data).hexdigest()


def test_computed_numbers_are_gapless_whatever_was_printed():
    paper = read(a_paper("1.1 One.", "1.5 Two.", "1.2 Three."))
    numbers = numbering.number(paper.document)
    assert [numbers.number(b["attrs"]["id"]) for b in blocks(paper)] == ["1.1", "1.2", "1.3"]
    assert [paper.printed_numbers[b["attrs"]["id"]] for b in blocks(paper)] == ["1.1", "1.5", "1.2"]


def test_paragraphs_parted_by_line_breaks_only_are_paragraphs():
    document = docx.Document()
    line = document.add_paragraph("1. Purpose")
    for words in (
        "1.1 To update the board.",
        "1.2 To ask for a view",
        "that goes on here.",
        "2. Background",
        "2.1 Words.",
    ):
        line.add_run().add_break()
        line.add_run(words)
    assert rows(read(document)) == [
        ("section", "1", "1.", "Purpose"),
        ("para", "1.1", "1.1", "To update the board."),
        ("para", "1.2", "1.2", "To ask for a view that goes on here."),
        ("section", "2", "2.", "Background"),
        ("para", "2.1", "2.1", "Words."),
    ]


def test_a_header_block_in_the_running_header_of_the_page():
    document = a_paper("1.1 Words stand here.")
    header = document.sections[0].header
    header.paragraphs[0].text = "OFFICIAL\tAgenda Item: 7.0"
    header.add_paragraph("To: Business Coordination Board")
    document.sections[0].footer.paragraphs[
        0
    ].text = "Business Coordination Board Agenda Item: 7.0\t6 February 2017 Page 1 of 3"
    found = read(document).header
    assert (found.marking, found.agenda_number, found.to) == ("OFFICIAL", "7.0", "Business Coordination Board")


def test_paragraphs_numbered_in_a_heading_style_are_paragraphs():
    document = docx.Document()
    with_numbers(document, [("decimal", "%1", "Heading1"), ("decimal", "%1.%2", "Heading2")])
    for name, level in (("Heading 1", 0), ("Heading 2", 1)):
        document.styles[name].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
    document.add_paragraph("Purpose", style="Heading 1")
    document.add_paragraph("To update the board on a matter that takes a whole sentence to tell.", style="Heading 2")
    assert [(kind, printed) for kind, _, printed, _ in rows(read(document))] == [("section", "1"), ("para", "1.1")]


@pytest.mark.parametrize(
    ("printed", "now"),
    [
        ("Official", "OFFICIAL"),
        ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("Official Sensitive", "OFFICIAL-SENSITIVE"),
        ("NOT PROTECTIVELY MARKED", "OFFICIAL"),
        ("XXXX", ""),
    ],
)
def test_markings_of_every_age_are_read_in_todays_terms(printed, now):
    document = docx.Document()
    for line in (
        f"{printed} Agenda Item: 5.0" if printed != "XXXX" else printed,
        "To: The Board",
        "1. Purpose",
        "1.1 Words.",
    ):
        document.add_paragraph(line)
    header = read(document).header
    assert header.marking == printed
    assert header.marking_now == now


def test_a_footnote_copied_into_the_text_is_no_section():
    lines = (
        "1.1 First.",
        "2. Background",
        "2.1 First.",
        "2 Office for National Statistics data to March 2016",
        "2.2 Second.",
    )
    paper = read(a_paper(*lines))
    assert len(paper.document["content"]) == 2
    assert [b["attrs"]["printed"] for b in blocks(paper, "para") if b["attrs"]["printed"]] == ["1.1", "2.1", "2.2"]
