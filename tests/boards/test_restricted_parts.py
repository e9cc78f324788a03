"""Before sealing: parts of a paper that its author keeps from the public, each under a ground that is known."""

import pytest

from boards.actions import saving
from boards.document import build, schema
from boards.preflight import preflight


def restrict(world, ground: str, *, words: bool) -> None:
    """Restrict one paragraph, or some words of it, as the editor does."""
    mark = [{"type": "restricted", "attrs": {"ground": ground}}]
    kept = {"type": "text", "text": "The bid of the second firm was lower.", **({"marks": mark} if words else {})}
    paragraph = build.para("The tender closed in May. ", kept)
    if not words:
        paragraph["attrs"]["restricted"] = ground
    world.paper.refresh_from_db()
    document = {**world.paper.document}
    section = document["content"][-1]
    document["content"] = [*document["content"][:-1], build.section("Tender", paragraph, role="body"), section]
    saving.save(
        paper=world.paper,
        document=schema.normalise(document),
        header={},
        base_version=world.paper.version,
        by=world.governance,
    )


@pytest.fixture
def open_paper(world):
    world.paper.state = "draft"
    world.paper.save()
    return world


@pytest.mark.parametrize("words", [True, False])
def test_a_part_under_an_unknown_ground_cannot_be_sealed(open_paper, words):
    restrict(open_paper, "13B-9", words=words)
    found = [each for each in preflight(open_paper.meeting) if each.rule == "M3" and "13B-9" in each.sentence]
    assert [each.severity for each in found] == ["blocks"]


@pytest.mark.parametrize("words", [True, False])
def test_parts_kept_from_the_public_are_named_with_their_ground(open_paper, words):
    restrict(open_paper, "12A-3", words=words)
    found = [each for each in preflight(open_paper.meeting) if each.rule == "M3" and "Parts of" in each.sentence]
    assert [each.severity for each in found] == ["advice"]
    assert "Financial or business affairs" in found[0].sentence


def test_a_paper_without_restricted_parts_gives_no_such_finding(open_paper):
    assert not [each for each in preflight(open_paper.meeting) if "Parts of" in each.sentence]
