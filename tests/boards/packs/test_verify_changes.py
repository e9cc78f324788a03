"""What a board was told of a register is worked out again from what it had seen before."""

import datetime as dt

import pytest

from boards import reports
from boards.models import Meeting
from boards.packs.verify import verify
from tests.boards.packs import sample

TOLD = "The changes of the register “cats” are those between its sealed snapshots."


class Cats:
    key, title = "cats", "Register of cats"

    def compare(self, now, baseline):
        before = baseline or {}
        return [reports.Change(name, "changed", "", before[name], now[name]) for name in now if name in before]


@pytest.fixture
def sealed(edition, monkeypatch):
    """Two editions that report the register of cats; `sealed(**facts)` changes what the second tells of it."""
    monkeypatch.setitem(reports._registers, "cats", Cats())
    content, load_file = sample.meeting(1, 3, annexes=0)
    first = {"snapshot": {"Tom": 1}, "baseline_edition": None, "changes": []}
    before = edition({**content, "registers": {"cats": first}}, load_file)

    def make(**facts):
        now, load = sample.meeting(1, 3, annexes=0)
        later = Meeting.objects.create(board=before.meeting.board, date=dt.date(2017, 5, 1))
        told = [reports.Change("Tom", "changed", "", 1, 2).as_dict()]
        told = {"snapshot": {"Tom": 2}, "baseline_edition": before.pk, "changes": told, **facts}
        return edition({**now, "registers": {"cats": told}}, load, of=later)

    return make


def check_of(edition):
    return next(check for check in verify(edition) if check.sentence == TOLD)


def test_changes_that_follow_from_the_snapshots_hold(sealed):
    assert check_of(sealed()).holds


@pytest.mark.parametrize(
    "facts",
    [{"changes": []}, {"snapshot": {"Tom": 3}}, {"baseline_edition": None}, {"baseline_edition": 987654}],
)
def test_changes_that_do_not_follow_from_the_snapshots_are_found(sealed, facts):
    assert not check_of(sealed(**facts)).holds


def test_a_register_that_is_gone_is_said(sealed, monkeypatch):
    edition = sealed()
    monkeypatch.delitem(reports._registers, "cats")
    assert "no such register" in check_of(edition).found


def test_a_version_of_templates_that_nobody_knows_is_found(edition):
    content, load_file = sample.meeting(1, 3, annexes=0)
    wrong = [check for check in verify(edition({**content, "template": "99"}, load_file)) if not check.holds]
    assert [check.found for check in wrong] == ["It was sealed under version 99; known are 1."]
