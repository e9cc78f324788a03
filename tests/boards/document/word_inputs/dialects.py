"""What Word, its neighbours and its users do to the XML of a paper without changing a word that a reader sees.

Each function changes a python-docx document in place. GONE is text that no reader sees: deleted or moved away.
"""

import copy
import io
import itertools
import random
import re

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

W = nsdecls("w")
GONE = "GONEWORDS"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def spoken(data, dialect, seed=1):
    """The bytes of a .docx in another dialect."""
    document = docx.Document(io.BytesIO(data))
    dialect(document, random.Random(seed))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraphs(document):
    return list(document.element.body.iter(qn("w:p")))


def _own(document):
    return list(document.element.body.findall(qn("w:p")))


def _runs(paragraph):
    return paragraph.findall(qn("w:r"))


def _texts(document):
    return [text for p in _paragraphs(document) for text in p.iter(qn("w:t"))]


def split_runs(document, chance):
    """Spelling marks and revision ids cut a sentence into many runs."""
    for paragraph in _paragraphs(document):
        for run in _runs(paragraph):
            text = run.find(qn("w:t"))
            if text is None or len(run) > 1 or len(text.text or "") < 4:
                continue
            cuts = [0, *sorted(chance.sample(range(1, len(text.text)), 3)), len(text.text)]
            for start, end in itertools.pairwise(cuts):
                piece = copy.deepcopy(run)
                piece.find(qn("w:t")).text = text.text[start:end]
                piece.find(qn("w:t")).set(SPACE, "preserve")
                run.addprevious(piece)
                run.addprevious(parse_xml(f'<w:proofErr {W} w:type="spellStart"/>'))
            paragraph.remove(run)


def _wrap_some(document, chance, xml, into=None):
    split_runs(document, chance)
    for paragraph in _paragraphs(document):
        for run in _runs(paragraph):
            if chance.random() < 0.4:
                holder = parse_xml(xml)
                run.addprevious(holder)
                (holder.find(qn(into)) if into else holder).append(run)


def smart_tags(document, chance):
    _wrap_some(document, chance, f'<w:smartTag {W} w:uri="x" w:element="place"/>')


def controls_in_lines(document, chance):
    _wrap_some(document, chance, f"<w:sdt {W}><w:sdtPr/><w:sdtContent/></w:sdt>", "w:sdtContent")


def links_inside_the_paper(document, chance):
    _wrap_some(document, chance, f'<w:hyperlink {W} w:anchor="_Toc1"/>')


def controls_round_paragraphs(document, chance):
    """An office suite in the browser wraps whole paragraphs in controls."""
    for paragraph in _own(document):
        holder = parse_xml(f'<w:sdt {W}><w:sdtPr><w:tag w:val="x_1"/></w:sdtPr><w:sdtContent/></w:sdt>')
        paragraph.addprevious(holder)
        holder.find(qn("w:sdtContent")).append(paragraph)


def tracked_words(document, chance):
    _wrap_some(document, chance, f'<w:ins {W} w:id="1" w:author="a"/>')
    for paragraph in _paragraphs(document):
        for run in _runs(paragraph)[-1:]:
            for name, text in (("del", "delText"), ("moveFrom", "t")):
                gone = f"<w:r><w:{text}>{GONE}</w:{text}></w:r>"
                run.addnext(parse_xml(f'<w:{name} {W} w:id="2" w:author="a">{gone}</w:{name}>'))


def tracked_paragraphs(document, chance):
    """Whole paragraphs deleted, their ends too; some of them were numbered."""
    mark = '<w:rPr><w:del w:id="5" w:author="a"/></w:rPr>'
    for paragraph in _own(document):
        numbers = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        gone = parse_xml(
            f'<w:p {W}><w:pPr>{mark}</w:pPr><w:del w:id="2" w:author="a"><w:r><w:delText>{GONE}</w:delText></w:r></w:del></w:p>'
        )
        if numbers is not None:
            gone.find(qn("w:pPr")).insert(0, copy.deepcopy(numbers))
        if chance.random() < 0.4:
            paragraph.addnext(gone)


def joined_paragraphs(document, chance):
    """The end of a paragraph deleted with tracking on: the next one carries it on."""
    for paragraph in _own(document):
        text = paragraph.find(f"{qn('w:r')}/{qn('w:t')}")
        if text is None or len(_runs(paragraph)) > 1 or len(_runs(paragraph)[0]) > 1 or text.text.count(" ") < 12:
            continue
        words = text.text.split(" ")
        half = len(words) // 2
        text.text = " ".join(words[:half])
        rest = parse_xml(f'<w:p {W}><w:r><w:t xml:space="preserve"/></w:r></w:p>')
        rest.find(f"{qn('w:r')}/{qn('w:t')}").text = " " + " ".join(words[half:])
        paragraph.addnext(rest)
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            properties = parse_xml(f"<w:pPr {W}/>")
            paragraph.insert(0, properties)
        properties.append(parse_xml(f'<w:rPr {W}><w:del w:id="5" w:author="a"/></w:rPr>'))


def page_and_section_breaks(document, chance):
    breaks = ("", '<w:r><w:br w:type="page"/></w:r>', '<w:pPr><w:sectPr><w:cols w:num="2"/></w:sectPr></w:pPr>')
    for paragraph in _own(document):
        paragraph.addnext(parse_xml(f"<w:p {W}>{chance.choice(breaks)}</w:p>"))
        for run in _runs(paragraph)[:1]:
            run.insert(0, parse_xml(f"<w:lastRenderedPageBreak {W}/>"))


def hard_spaces(document, chance):
    for text in _texts(document):
        text.text = re.sub(" ", lambda _: chance.choice(" \u00a0"), text.text or "")


def optional_hyphens(document, chance):
    for text in _texts(document):
        text.text = re.sub(
            "(?<=[a-z]{4})(?=[a-z]{3})", lambda _: chance.choice(("", "\u00ad", "\u200b")), text.text or ""
        )


def wide_gaps_after_numbers(document, chance):
    for text in _texts(document):
        gap = chance.choice(("\u2003", "\u2002 ", "\u00a0\u00a0"))
        text.text = re.sub(r"^(\d+(?:\.\d+)*\.?)\s", lambda m, gap=gap: m.group(1) + gap, text.text or "")


def comments(document, chance):
    for paragraph in _paragraphs(document):
        for run in _runs(paragraph)[:1]:
            run.addprevious(parse_xml(f'<w:commentRangeStart {W} w:id="0"/>'))
            run.addnext(parse_xml(f'<w:r {W}><w:commentReference w:id="0"/></w:r>'))


def cross_references(document, chance):
    split_runs(document, chance)
    for paragraph in _paragraphs(document):
        for run in _runs(paragraph)[1:2]:
            for inner in (
                '<w:fldChar w:fldCharType="begin"/>',
                "<w:instrText> REF _Ref1 \\r \\h </w:instrText>",
                '<w:fldChar w:fldCharType="separate"/>',
            ):
                run.addprevious(parse_xml(f"<w:r {W}>{inner}</w:r>"))
            run.addnext(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))


def one_box_round_all(document, chance):
    """The whole paper in a table of one column, a row for each paragraph."""
    body = document.element.body
    parts = [child for child in body if child.tag != qn("w:sectPr")]
    table = parse_xml(f'<w:tbl {W}><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid></w:tbl>')
    body.insert(0, table)
    for part in parts:
        row = parse_xml(f"<w:tr {W}><w:tc><w:tcPr/></w:tc></w:tr>")
        row[0].append(part)
        table.append(row)


ALL = (
    split_runs,
    smart_tags,
    controls_in_lines,
    controls_round_paragraphs,
    links_inside_the_paper,
    tracked_words,
    tracked_paragraphs,
    joined_paragraphs,
    page_and_section_breaks,
    hard_spaces,
    optional_hyphens,
    wide_gaps_after_numbers,
    comments,
    cross_references,
    one_box_round_all,
)
