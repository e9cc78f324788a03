"""Two versions as one: nothing lost, nothing invented, said in words, numbered as the new version."""

import copy

import lxml.html
import nh3
from hypothesis import HealthCheck, given, settings

from boards.document import build as b
from boards.document import html, numbering, redline, schema, text

from .strategies import documents, versions
from .test_html import structure, words

quiet = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def two(old_blocks, new_blocks):
    section = b.section("S")
    return tuple(b.doc({**section, "content": [*section["content"], *blocks]}) for blocks in (old_blocks, new_blocks))


def shown(before, after):
    markup = redline.render(before, after).html
    for end in ("</p>", "</h2>", "</caption>", "</td>", "</th>"):  # blocks are read apart
        markup = markup.replace(end, f" {end}")
    return words(lxml.html.fromstring(f"<main>{markup}</main>"))


@quiet
@given(versions())
def test_a_redline_is_a_paper_like_any_other(pair):
    woven = redline.document(*pair)
    schema.check(woven)
    assert schema.normalise(woven) == woven


@quiet
@given(documents(), documents())
def test_two_unrelated_papers_can_be_woven_too(before, after):
    schema.check(redline.document(before, after))
    redline.render(before, after)


@quiet
@given(versions())
def test_numbers_are_those_of_the_new_version(pair):
    woven, now = numbering.number(redline.document(*pair)), numbering.number(pair[1])
    for key in now:
        assert woven.number(key) == now.number(key)


@quiet
@given(versions())
def test_every_word_of_both_versions_is_there(pair):
    woven = text.plain(redline.document(*pair))
    for version in pair:
        for block in text.blocks(version):
            if block.type in ("para", "subheading", "quote", "section"):
                assert _inside(block.text, woven)


def _inside(sentence, woven):
    """Each letter of the sentence can be found in order: words may be cut where old and new meet."""
    letters = iter(woven)
    return all(letter in letters for letter in "".join(sentence.split()))


@quiet
@given(versions())
def test_the_html_is_as_safe_as_any(pair):
    markup = redline.render(*pair).html
    assert structure(nh3.clean(markup, **html.ALLOWED)) == structure(markup)
    ids = lxml.html.fromstring(f"<main>{markup}</main>").xpath("//@id")
    assert len(ids) == len(set(ids))


@quiet
@given(documents())
def test_no_change_shows_no_mark(document):
    assert redline.document(document, copy.deepcopy(document)) == document


def test_added_and_removed_words_are_said():
    one, two_ = b.para("The score is 16 today.", id="b0000000001"), b.para("The score is 20 today.", id="b0000000001")
    assert shown(*two([one], [two_])) == "1 S 1.1 The score is [removed: 16] [added: 20] today."


def test_a_move_says_where_from():
    a, c = b.para("First."), b.para("Second.")
    assert "Moved from paragraph 1.2" in shown(*two([a, c], [c, a])) or "Moved from paragraph 1.1" in shown(
        *two([a, c], [c, a])
    )


def test_a_removed_paragraph_takes_no_number_and_says_its_old_one():
    a, c = b.para("First words."), b.para("Second other text.")
    assert shown(*two([a, c], [c])) == "1 S Removed (was paragraph 1.1) [removed: First words.] 1.1 Second other text."


def test_a_cell_changes_within_its_row_and_a_row_within_its_table():
    def table(*rows):
        made = b.table("T", ["Ref", "Score"], rows, id="b000000000t")
        for count, row in enumerate(made["content"][1]["content"]):
            row["attrs"]["id"] = f"b000000000{count}"
        return made

    woven = shown(*two([table(["a", "1"], ["b", "2"])], [table(["a", "7"])]))
    assert woven == "1 S Table 1 T Ref Score a [removed: 1] [added: 7] Removed [removed: b] [removed: 2]"


def test_removed_items_take_no_letter():
    old = b.letters("one thing", "two stays", "three")
    new = copy.deepcopy(old)
    del new["content"][0], new["content"][1]
    document = redline.document(*two([old], [new]))
    schema.check(document)
    kept = new["content"][0]["attrs"]["id"]
    assert numbering.number(document).number(kept) == "(a)"


def test_a_column_that_came_or_went_never_breaks_the_table():
    old = b.table("T", ["a", "b"], [["1", "2"], ["3", "4"]], widths=[50, 50])
    new = copy.deepcopy(old)
    new["attrs"]["widths"] = None
    for row in new["content"][1]["content"]:
        row["content"].append(b.cell("x"))
    del new["content"][1]["content"][2]
    for pair in (two([old], [new]), two([new], [old])):
        schema.check(redline.document(*pair))


def test_a_changed_verb_is_said():
    one, other = (b.recommend(verb, "it.", id="b0000000001") for verb in ("note", "approve"))
    assert "Was to note" in shown(*two([one], [other]))


def test_the_summary_links_each_change_to_its_block():
    before, after = two([b.para("x")], [b.para("x"), b.para("y & z")])
    found = redline.render(before, after)
    listed = redline.summary(found.changes)
    assert all(f'href="#{change.block_id}"' in listed for change in found.changes)
    assert f'id="{found.changes[0].block_id}"' in found.html
