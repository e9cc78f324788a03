"""The leak proof searches what the public pages will say, before anybody can read them."""

from boards import surfaces
from boards.actions import sealing
from boards.packs import leaks


def test_every_public_place_of_an_edition_is_searched(published):
    names = [name for name, _ in surfaces.places(published)]
    assert names == ["the page of the meeting", "the page of paper 2.0", "the names of files", "the feed"]


def test_a_restricted_title_that_slips_into_an_open_title_stops_publication(world, at_once):
    world.open_item.title = world.restricted_item.title
    world.open_item.save()
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    found = leaks.find(edition.content, list(surfaces.places(edition)))
    assert {hit.place for hit in found} >= {"the page of the meeting", "the feed"}
