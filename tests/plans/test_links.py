"""Links of an action are seen from both ends, whoever made them."""

import datetime as dt

import pytest
from django.urls import reverse

from boards import reports
from boards.reports import Target
from plans import links
from plans.models import ActionLink, Plan, PriorityAction


@pytest.fixture
def action(plan):
    return PriorityAction.objects.of_plan(plan).get(theme__code="V", number=1)


@pytest.fixture
def other_register(monkeypatch):
    """A register that links R1 to V1 and can say what R1 is."""

    class Other:
        key, title = "other", "Other register"

        def resolve(self, ref):
            return Target("R1", "Something else", "/other/R1/") if ref == "R1" else None

        def search(self, words):
            return [Target("R1", "Something else", "/other/R1/"), Target("a-name", "A reserve", "/other/a/")]

    monkeypatch.setitem(reports._registers, "other", Other())
    linked = [Target("R1", "Something else", "/other/R1/")]
    monkeypatch.setitem(reports._link_sources, "other", lambda target: linked if target == "plans:V1" else [])


def test_a_link_that_another_register_made_is_seen_on_the_action(action, other_register, officer, client):
    client.force_login(officer)
    page = client.get(reverse("plans:action", args=["2017-20", "V1"])).content.decode()
    assert "R1 Something else" in page and "Linked from its own page" in page


def test_a_link_made_at_both_ends_is_shown_once(action, other_register):
    ActionLink.objects.create(action=action, target="other:R1")
    assert [each.title for each in links.of_action(action)] == ["R1 Something else"]


def test_a_link_to_what_is_gone_says_so(action, other_register):
    ActionLink.objects.create(action=action, target="other:R9")
    ActionLink.objects.create(action=action, target="nothing:X")
    missing = [each for each in links.of_action(action) if each.missing]
    assert [each.title for each in missing] == ["X", "R9"]


def test_the_other_end_is_told_reference_and_title_apart(action, other_register):
    ActionLink.objects.create(action=action, target="other:R1")
    (target,) = [each for each in reports.links_to("other:R1") if each.ref == "V1"]
    assert (target.ref, target.title) == ("V1", "First contact")


def test_a_reference_of_a_plan_that_is_over_is_not_the_one_others_link_to(action, other_register):
    Plan.objects.create(slug="next", title="Next", starts_on=dt.date(2018, 4, 1))
    assert links.of_action(action) == []


def test_what_can_be_linked_is_named_by_reference_or_by_name(other_register, officer, db):
    found = dict(links.choices("", officer))
    assert found["other:R1"] == "R1 Something else (Other register)"
    assert found["other:a-name"] == "A reserve (Other register)"


def test_a_target_that_is_not_offered_is_refused_and_the_page_comes_back(action, other_register, officer, client):
    client.force_login(officer)
    answer = client.post(reverse("plans:add_link", args=["2017-20", "V1"]), {"target": "other:R9", "note": "My reason"})
    assert answer.status_code == 422 and "My reason" in answer.content.decode() and not ActionLink.objects.exists()
