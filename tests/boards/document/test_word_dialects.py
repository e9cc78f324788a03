"""The same paper as different programs write it: what a reader sees decides, not the XML beneath."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from boards.document import findings
from boards.document.word import read_docx, report

from .word_inputs import dialects, shapes, sources

W = nsdecls("w")
OURS = [
    sources.Paragraph("furniture", "Official Agenda Item: 6.0"),
    sources.Paragraph("label", "To: Business Coordination Board"),
    sources.Paragraph("label", "From: Chief Executive"),
    sources.Paragraph("label", "Date: 6 February 2017"),
    sources.Paragraph("title", "CUSTODY VISITING"),
    sources.Paragraph("heading", "Purpose", "1."),
    sources.Paragraph("numbered", "To report on visits made by independent custody visitors (ICVs) in the year.", "1.1"),
    sources.Paragraph("heading", "Recommendation", "2."),
    sources.Paragraph("numbered", "The Board is recommended to note the contents of this report.", "2.1"),
    sources.Paragraph("heading", "Background", "3."),
    sources.Paragraph("numbered", "Visits were made in every week of the year to all the stations that hold people in cells.", "3.1"),
    sources.Paragraph("numbered", "The scheme looked at four things:", "3.2"),
    sources.Paragraph("bullet", "how soon a visitor is let in;"),
    sources.Paragraph("bullet", "how people in custody are kept."),
    sources.Paragraph("numbered", "The next report to the board will come in the spring of the next year, as agreed before.", "3.2"),
    sources.Paragraph("heading", "Recommendation", "4."),
    sources.Paragraph("numbered", "The Board is recommended to note the contents of this report.", "4.1"),
]  # fmt: skip


def papers():
    return ["ours", *(sources.CUTS if sources.available() else ())]


def paragraphs(name):
    return OURS if name == "ours" else sources.paragraphs(name)


def seen(paper):
    """What the author is shown, with every blank alike."""
    rows = [(r["type"], r["computed_number"], r["printed_number"], r["text"]) for r in report.outline(paper)]
    found = findings.check(paper.document, report.facts_of(paper))
    return rows, [(f.rule, f.severity, f.printed_number, " ".join(f.sentence.split())) for f in found]


@pytest.mark.parametrize("dialect", dialects.ALL, ids=lambda dialect: dialect.__name__)
@pytest.mark.parametrize("name", papers())
@pytest.mark.parametrize("shape", ("typed", "automatic"))
def test_a_paper_is_the_same_in_every_dialect(name, shape, dialect):
    data = shapes.build(paragraphs(name), shape)
    assert seen(read_docx(dialects.spoken(data, dialect))) == seen(read_docx(data))


def a_paper(*parts):
    document = docx.Document()
    for line in ("1. Purpose", "1.1 To report.", "2. Recommendation", "2.1 The Board is recommended to note this."):
        document.add_paragraph(line)
    for part in ("<w:p><w:r><w:t>3. Background</w:t></w:r></w:p>", *parts):
        document.element.body.sectPr.addprevious(parse_xml(part.replace(">", f" {W}>", 1)))
    out = io.BytesIO()
    document.save(out)
    return read_docx(out.getvalue())


def last(paper):
    return report.outline(paper)[-1]["text"]


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "Delivery → on time"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "Delivery ✓ on time"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "Delivery ≥ on time"),
        (run("é", '<w:rFonts w:ascii="Wingdings"/>'), "Delivery ⇑ on time"),
        (f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('plan')}</w:rubyBase></w:ruby></w:r>", "Delivery plan on time"),
    ],
)  # fmt: skip
def test_signs_are_the_letters_a_reader_sees(inner, words):
    paper = a_paper(f"<w:p>{run('3.1 Delivery ')}{inner}{run(' on time')}</w:p>")
    assert last(paper) == words


def field(code, result, box=""):
    chars = [
        f'<w:r><w:fldChar w:fldCharType="{kind}">{box if kind == "begin" else ""}</w:fldChar></w:r>'
        for kind in ("begin", "separate", "end")
    ]
    return f"{chars[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{chars[1]}{result}{chars[2]}"  # fmt: skip


def test_a_field_inside_the_question_of_another_is_not_shown():
    asked = "<w:r><w:instrText> IF </w:instrText></w:r>" + field(" REF x ", run("hidden")) + run("")
    outer = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{asked}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    paper = a_paper(f'<w:p>{run("3.1 ")}{outer}{run("Shown.")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    assert last(paper) == "Shown."


def test_ticked_boxes_of_a_form_stay_ticked():
    box = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    paper = a_paper(f"<w:p>{run('3.1 ')}{field(' FORMCHECKBOX ', '', box)}{run(' Equality')}</w:p>")
    assert last(paper) == "☒ Equality"


def test_a_table_of_contents_is_known_by_its_field_whatever_its_style():
    begun = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate"))
    listed = begun.replace("</w:r>", "</w:r><w:r><w:instrText> TOC </w:instrText></w:r>", 1)
    ended = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    paper = a_paper(
        f"<w:p>{listed}{run('Purpose 1')}</w:p>",
        f"<w:p>{run('Background 2')}</w:p>",
        ended,
        f"<w:p>{run('3.1 After.')}</w:p>",
    )
    assert [row["text"] for row in report.outline(paper)][-2:] == ["Background", "After."]
    assert "The table of contents was left out: the portal makes its own." in paper.warnings


@pytest.mark.parametrize(
    ("properties", "said"),
    [("<w:strike/>", "Struck-out"), ('<w:highlight w:val="yellow"/>', "Highlighted"), ("<w:vanish/>", "hidden text")],
)
def test_looks_that_say_something_are_mentioned(properties, said):
    paper = a_paper(f"<w:p>{run('3.1 The plan ')}{run('was dropped', properties)}{run('.')}</w:p>")
    assert any(said in warning for warning in paper.warnings)


def test_upper_numbers_in_roman_are_printed_in_figures_where_word_does():
    levels = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    levels += (
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, words in ((0, "Purpose"), (1, "To report.")):
        style = "Heading 1" if depth == 0 else None
        properties = document.add_paragraph(words, style=style)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'))
    out = io.BytesIO()
    document.save(out)
    rows = report.outline(read_docx(out.getvalue()))
    assert [(row["printed_number"], row["text"]) for row in rows][1:] == [("1.1", "To report.")]


def headed(build):
    document = docx.Document()
    build(document)
    document.add_paragraph().add_run("CUSTODY VISITING").bold = True
    for line in ("1. Purpose", "1.1 To report."):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    header = read_docx(out.getvalue()).header
    return header.to, header.from_role, header.date_printed, header.title


PAIRS = [("To:", "Business Coordination Board"), ("From:", "Chief Executive"), ("Date:", "6 February 2017")]


def one_cell_of_labels(document):
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = ("\n".join(column) for column in zip(*PAIRS, strict=True))


def labels_above_values(document):
    for pair in PAIRS:
        for line in pair:
            document.add_paragraph(line)


def one_paragraph(document):
    document.add_paragraph("\n".join(" ".join(pair) for pair in PAIRS))


@pytest.mark.parametrize("build", [one_cell_of_labels, labels_above_values, one_paragraph])
def test_header_blocks_are_read_however_they_are_set(build):
    assert headed(build) == (*(value for _, value in PAIRS), "CUSTODY VISITING")


def test_numbered_text_above_a_bibliography_in_one_table_is_kept():
    document = docx.Document()
    for line in ("1. Purpose", "1.1 To report."):
        document.add_paragraph(line)
    document.add_paragraph("2. Recommendation")
    table = document.add_table(rows=0, cols=2)
    rows = [("2.1", "The Board is recommended to note this report."), ("Source Documents", "Visits in the year")]
    for left, right in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right
    out = io.BytesIO()
    document.save(out)
    texts = [row["text"] for row in report.outline(read_docx(out.getvalue()))]
    assert texts[-3:] == [
        "The Board is recommended to note this report.",
        "Bibliography",
        "Source Documents Visits in the year",
    ]


def test_a_row_of_the_bibliography_without_content_is_still_in_the_outline():
    document = docx.Document()
    for line in (
        "1. Purpose",
        "1.1 To report.",
        "BIBLIOGRAPHY",
        "Source Documents",
        "Contact Officers\tChief Executive",
    ):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    texts = [row["text"] for row in report.outline(read_docx(out.getvalue()))]
    assert texts[-3:] == ["BIBLIOGRAPHY", "Source Documents", "Contact Officers Chief Executive"]
