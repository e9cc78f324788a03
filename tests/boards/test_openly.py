"""Restricted words that also stand openly are shown to the officer before sealing: the proof would take them for no secret."""

import pytest

from boards.actions import sealing
from boards.preflight import preflight
from tests.boards import world as worlds
from tests.boards.world import CANARY, TITLE_CANARY

LONG = f"{CANARY}, and the Chief Finance Officer advises that the offer be taken before the end of the month"


def said_twice(world):
    return [finding for finding in preflight(world.meeting) if finding.rule == "L1"]


def write(paper, *words):
    paper.document = worlds.document(*words)
    paper.save()


def test_a_sound_agenda_has_no_such_finding(world):
    assert said_twice(world) == []


@pytest.mark.parametrize(
    "words", [f"See {TITLE_CANARY}, which follows.", f"SEE {TITLE_CANARY.upper()}", f"See “{TITLE_CANARY}”"]
)
def test_a_restricted_title_named_in_an_open_paper_is_found(world, words):
    write(world.paper, words)
    (found,) = said_twice(world)
    assert found.severity == "acknowledge"
    assert "restricted title of" in found.sentence and "openly in paper 2.0" in found.sentence


def test_a_restricted_title_in_the_note_of_an_open_item_is_found(world):
    world.open_item.note = f"To be taken with {TITLE_CANARY}."
    world.open_item.save()
    assert {found.sentence.partition("openly in ")[2].partition(":")[0] for found in said_twice(world)} == {"item 2.0"}


def test_a_restricted_passage_copied_into_an_open_paper_is_found(world):
    write(world.restricted_paper, f"{LONG}.")
    write(world.paper, f"Members should know this. {LONG}. That is all.")
    (found,) = said_twice(world)
    assert "The restricted text of paper 3.0 also stands openly in paper 2.0" in found.sentence


def test_a_phrase_that_all_papers_share_is_not(world):
    phrase = "This paper tells the Board how the work has gone since the spring."
    write(world.restricted_paper, phrase)
    write(world.paper, phrase)
    assert said_twice(world) == []


def test_what_is_released_is_no_longer_looked_for(world):
    from boards.actions import agenda

    write(world.paper, f"See {TITLE_CANARY}.")
    agenda.release(target=world.restricted_item, reason="It was settled", by=world.governance)
    assert said_twice(world) == []


def test_sealing_asks_for_the_reason_and_keeps_it(world):
    write(world.paper, f"See {TITLE_CANARY}.")
    with pytest.raises(sealing.NotReady):
        sealing.seal(meeting=world.meeting, by=world.governance)
    (found,) = said_twice(world)
    edition = sealing.seal(
        meeting=world.meeting, by=world.governance, acknowledged={found.key: "The firm has told the press."}
    )
    assert [kept["reason"] for kept in edition.acknowledgements] == ["The firm has told the press."]
