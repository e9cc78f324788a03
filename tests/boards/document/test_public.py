"""The public copy: nothing restricted is left, everything else is as it was."""

import json

from hypothesis import HealthCheck, given, settings

from boards.document import build as b
from boards.document import schema, text
from boards.document.public import is_restricted, public

from .strategies import documents

quiet = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


def with_secrets(document):
    """The document with a word of its own in every restricted place."""
    document = json.loads(json.dumps(document))
    secrets = []

    def visit(node, closed):
        attrs = node.get("attrs") or {}
        closed = (
            closed or bool(attrs.get("restricted")) or any(m["type"] == "restricted" for m in node.get("marks", ()))
        )
        if closed and node["type"] == "text":
            secrets.append(f"SECRET{len(secrets)}")
            node["text"] = secrets[-1]
        if closed and attrs.get("caption"):
            secrets.append(f"SECRET{len(secrets)}")
            attrs["caption"] = secrets[-1]
        if closed and attrs.get("id"):
            secrets.append(attrs["id"])
        for child in node.get("content", ()):
            visit(child, closed)

    visit(document, False)
    return schema.normalise(document), secrets


@quiet
@given(documents())
def test_nothing_of_a_restricted_part_is_left(document):
    document, secrets = with_secrets(document)
    for placeholder in (False, True):
        copy = json.dumps(public(document, placeholder=placeholder))
        assert not [secret for secret in secrets if f'"{secret}"' in copy or f"{secret} " in copy]
        assert "SECRET" not in copy
        assert '"restricted": "' not in copy and '"type": "restricted"' not in copy


@quiet
@given(documents())
def test_the_public_copy_is_a_paper_and_is_its_own_public_copy(document):
    for placeholder in (False, True):
        copy = public(document, placeholder=placeholder)
        schema.check(copy)
        assert schema.normalise(copy) == copy
        assert public(copy, placeholder=placeholder) == copy and not is_restricted(copy)


@quiet
@given(documents())
def test_the_same_paper_gives_the_same_copy(document):
    assert public(document, placeholder=True) == public(document, placeholder=True)


def test_what_is_open_is_untouched():
    document = b.doc(b.section("S", b.para("open")))
    assert public(document) == document


def test_references_into_a_restricted_part_become_plain_words():
    closed = b.para("secret", restricted="3", anchor="risks:SR1.1")
    document = b.doc(
        b.section(
            "S",
            closed,
            b.para("see ", b.xref(f"block:{closed['attrs']['id']}")),
            b.para(b.xref("risks:SR1.1", "SR1.1")),
        )
    )
    assert text.plain(public(document)).split("\n\n")[1:] == ["see a restricted part of this paper", "SR1.1"]
    assert closed["attrs"]["id"] not in json.dumps(public(document))


def test_the_caller_may_ask_for_the_ground_in_its_place():
    document = b.doc(
        b.section(
            "S", b.para("one", restricted="3"), b.para("two", restricted="3"), b.para("a ", b.restrict("5", "x"), " b")
        )
    )
    assert text.plain(public(document, placeholder=True)).split("\n\n")[1:] == [
        "[Restricted: 3]",
        "a [Restricted: 5] b",
    ]
    assert "legal advice" in text.plain(public(document, placeholder=lambda ground: "[legal advice]"))


def test_a_paper_that_is_wholly_restricted_leaves_a_title():
    assert text.plain(public(b.doc(b.section("S", b.para("x"), restricted="3")))) == "Restricted"


def test_a_restricted_row_leaves_a_whole_table():
    table = b.table("T", ["a", "b"], [b.row("1", "2", restricted="3"), ["3", "4"]])
    for placeholder in (False, True):
        copy = public(b.doc(b.section("S", table)), placeholder=placeholder)
        schema.check(copy)
        assert "1\t2" not in text.plain(copy) and "3\t4" in text.plain(copy)
