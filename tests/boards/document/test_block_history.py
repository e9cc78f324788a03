"""One part of a paper put back as it was, whatever happened to the rest since."""

import pytest
from hypothesis import given

from boards.document import block_history, numbering, schema, text

from .strategies import documents, versions


@given(versions())
def test_any_part_can_be_put_back_and_nothing_else_changes(pair):
    before, after = pair
    now = block_history.parts(after)
    homes = {section["attrs"]["id"] for section in after["content"]}
    for section in before["content"]:
        for key in (section["attrs"]["id"], *(block["attrs"]["id"] for block in section["content"][1:])):
            try:
                restored = schema.normalise(block_history.restore(after, before, key))
            except schema.DocumentError:
                assert key not in now and section["attrs"]["id"] not in homes
                continue
            schema.check(restored)
            found = block_history.parts(restored)
            assert text.of(found[key]) == text.of(block_history.parts(before)[key])
            assert list(found) == list(now) if key in now else set(found) == {*now, key}
            assert all(text.of(found[other]) == text.of(now[other]) for other in now if other != key)
            numbering.number(restored)


@given(versions())
def test_every_part_that_differs_is_named(pair):
    before, after = pair
    changed = block_history.differences(before, after)
    old, new = block_history.parts(before), block_history.parts(after)
    assert {key for key, kind in changed.items() if kind == "added"} == set(new) - set(old)
    assert {key for key, kind in changed.items() if kind == "removed"} == set(old) - set(new)
    assert all(old[key] == new[key] for key in set(old) & set(new) - set(changed))


@given(documents())
def test_a_paper_does_not_differ_from_itself(document):
    assert block_history.differences(document, document) == {}
    assert set(block_history.differences(None, document).values()) <= {"added"}


def test_a_part_that_never_was_there_is_refused():
    document = {"type": "doc", "content": []}
    with pytest.raises(schema.DocumentError, match="does not hold"):
        block_history.restore(document, document, "b0000000000")
