"""A paper given out as Word and brought in again is the same paper."""

import hashlib
import io
import zipfile

import docx
from hypothesis import HealthCheck, given, settings
from PIL import Image

from boards.document import build as b
from boards.document import numbering, schema, text
from boards.document.word import read_docx, write_docx

from .strategies import documents

HEADER = {
    "to": "Business Coordination Board",
    "from_role": "Chief Executive",
    "paper_date": "2017-02-06",
    "title": "Devolution update",
    "marking": "OFFICIAL",
    "agenda_number": "5.0",
}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_import_of_the_export_keeps_every_block(document):
    imported = read_docx(write_docx(document, HEADER))
    assert imported.document == document
    assert imported.warnings == []


def test_equal_papers_give_equal_bytes():
    document = schema.normalise(b.doc(b.section("Purpose", b.para("To note ", b.strong("the plan"), "."))))
    assert write_docx(document, HEADER) == write_docx(document, HEADER)


def as_stranger(data):
    """The exported file without the part of our own, as another program would have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if not name.startswith("customXml"):
                new.writestr(name, part.replace(b'Target="../customXml/item1.xml"', b'Target="../none.xml"'))
    return out.getvalue()


def board_paper():
    return schema.normalise(
        b.doc(
            b.section(
                "Purpose", b.para("To update the board", b.footnote("See the last report."), "."), role="purpose"
            ),
            b.section("Recommendation", b.recommend("note", "the contents of this report."), role="recommendation"),
            b.section(
                "Background",
                b.para("There are two steps:"),
                b.letters("first; and", "second."),
                b.para("A deeper point.", level=2),
                b.sub("Detail"),
                b.bullets("one", "two"),
                b.table("Reserves", ["Reserve", "2019"], [["General", "6,934"]], align="lr", note="* rounded"),
                role="background",
            ),
            b.section("Recommendation", b.echo(), role="recommendation"),
            b.section("The plan", b.para("Its words."), role="appendix"),
        )
    )


def test_the_exported_file_stands_on_its_own_word_styles():
    """Read without our own part, the file still has its sections, numbers, lists and table: nobody is locked in."""
    paper = read_docx(as_stranger(write_docx(board_paper(), HEADER)))
    numbers = numbering.number(paper.document)
    found = [
        (block["type"], numbers.number(block["attrs"]["id"]), paper.printed_numbers.get(block["attrs"]["id"]))
        for section in paper.document["content"]
        for block in (section, *section["content"][1:])
    ]
    assert found[:9] == [
        ("section", "1", "1"),
        ("para", "1.1", "1.1"),
        ("section", "2", "2"),
        ("recommendation", "2.1", "2.1"),
        ("section", "3", "3"),
        ("para", "3.1", "3.1"),
        ("orderedList", None, None),
        ("para", "3.1.1", "3.1.1"),
        ("subheading", None, None),
    ]
    kinds = [kind for kind, _, _ in found]
    assert kinds.count("bulletList") == kinds.count("tableFigure") == 1
    assert paper.header.title == HEADER["title"]
    assert (paper.header.marking, paper.header.agenda_number) == ("OFFICIAL", "5.0")
    assert paper.header.paper_date.isoformat() == HEADER["paper_date"]
    footnotes = [n for n in schema.walk(paper.document) if n["type"] == "footnote"]
    assert footnotes[0]["content"][0]["text"] == "See the last report."


def test_words_changed_in_word_come_back_under_their_own_ids():
    before = board_paper()
    opened = docx.Document(io.BytesIO(write_docx(before, HEADER)))
    changed = next(p for p in opened.paragraphs if p.text.startswith("A deeper"))
    changed.runs[0].text = "A point that was rewritten in Word."
    changed.insert_paragraph_before("Added in Word.", style="Paragraph 1")
    removed = next(p for p in opened.paragraphs if p.text == "Detail")
    removed._p.getparent().remove(removed._p)
    out = io.BytesIO()
    opened.save(out)
    paper = read_docx(out.getvalue())
    schema.check(paper.document)
    old = {block.id: block.text for block in text.blocks(before)}
    new = {block.id: block.text for block in text.blocks(paper.document)}
    gone = [words for key, words in old.items() if key not in new]
    added = [words for key, words in new.items() if key not in old]
    rewritten = [(old[key], new[key]) for key in old if key in new and old[key] != new[key]]
    assert gone == ["Detail"]
    assert added == ["Added in Word."]
    assert rewritten == [("A deeper point.", "A point that was rewritten in Word.")]
    assert paper.warnings == ["Words were added in Word: they came in as new blocks."]


def test_pictures_travel_with_the_file():
    made = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(made, "PNG")
    source = "asset:" + hashlib.sha256(made.getvalue()).hexdigest()
    document = schema.normalise(b.doc(b.section("Purpose", b.figure("Reserves", source, "They fall", width=60))))
    data = write_docx(document, HEADER, load_asset=lambda name: made.getvalue())
    assert "word/media/picture1.png" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert read_docx(data).document == document
