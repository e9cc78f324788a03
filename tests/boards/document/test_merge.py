"""Two people's saves: different blocks merge, the same block is shown to both, nothing typed is lost."""

import copy

from hypothesis import HealthCheck, given, settings

from boards.document import build as b
from boards.document import schema, text
from boards.document.merge import merge
from boards.document.records import split

from .strategies import three_way, versions

quiet = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


def base():
    return b.doc(b.section("One", b.para("a"), b.para("b"), b.letters("x", "y")), b.section("Two", b.para("c")))


def change(document, section, block, words):
    answer = copy.deepcopy(document)
    answer["content"][section]["content"][block]["content"] = [b.text(words)]
    return answer


@quiet
@given(three_way())
def test_a_merge_is_always_a_paper(three):
    merged = merge(*three)
    schema.check(merged.document)
    assert schema.normalise(merged.document) == merged.document


@quiet
@given(versions())
def test_when_only_one_changed_theirs_is_the_merge(pair):
    before, after = pair
    assert merge(before, after, before).document == after
    assert merge(before, before, after).document == after
    assert merge(before, after, after).document == after
    assert not merge(before, after, before).conflicts


@quiet
@given(three_way())
def test_nothing_typed_is_lost(three):
    """Every part that either added or changed is in the merge, or is handed back as a conflict."""
    start, mine, theirs = three
    merged = merge(*three)
    held = split(merged.document)
    before = split(start)
    conflicts = {conflict.block_id for conflict in merged.conflicts}
    for version in (split(mine), split(theirs)):
        for key, record in version.items():
            was = before.get(key)
            if key not in conflicts and (was is None or was.parts != record.parts):
                assert key in held
                if was is None or record.parts.keys() == {"text"}:
                    assert held[key].parts == record.parts


def test_different_blocks_merge():
    start = base()
    merged = merge(start, change(start, 0, 1, "mine"), change(start, 1, 1, "theirs"))
    assert not merged.conflicts
    assert [block.text for block in text.blocks(merged.document) if block.type == "para"] == ["mine", "b", "theirs"]


def test_both_may_add_to_the_same_section():
    start = base()
    mine, theirs = copy.deepcopy(start), copy.deepcopy(start)
    mine["content"][0]["content"].insert(2, b.para("after a, mine"))
    theirs["content"][0]["content"].insert(3, b.para("after b, theirs"))
    merged = merge(start, mine, theirs)
    assert not merged.conflicts
    words = [block.text for block in text.blocks(merged.document) if block.type == "para"]
    assert words == ["a", "after a, mine", "b", "after b, theirs", "c"]


def test_the_same_block_is_handed_back_side_by_side():
    start = base()
    merged = merge(start, change(start, 0, 1, "mine"), change(start, 0, 1, "theirs"))
    ((block_id, mine, theirs),) = merged.conflicts
    assert block_id == start["content"][0]["content"][1]["attrs"]["id"]
    assert (text.of(mine), text.of(theirs)) == ("mine", "theirs")
    assert "theirs" in text.plain(merged.document)


def test_what_one_removed_and_the_other_changed_stays_and_is_asked_about():
    start = base()
    mine = copy.deepcopy(start)
    del mine["content"][0]
    merged = merge(start, mine, change(start, 0, 1, "still at work here"))
    assert "still at work here" in text.plain(merged.document)
    assert merged.conflicts and merged.conflicts[0].mine is None


def test_one_may_move_what_the_other_rewords():
    start = base()
    mine = copy.deepcopy(start)
    mine["content"][1]["content"].append(mine["content"][0]["content"].pop(1))
    merged = merge(start, mine, change(start, 0, 1, "reworded"))
    assert not merged.conflicts
    assert text.of(merged.document["content"][1]["content"][2]) == "reworded"
