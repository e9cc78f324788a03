"""What the editor in the browser is told, and what it may send."""

import pytest
from django.urls import reverse

from boards.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(world):
    world.paper.state = Paper.State.DRAFT
    world.paper.save()
    return world.paper


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def send(client, paper, **body):
    return client.post(reverse("paper_document", args=[paper.pk]), body, content_type="application/json")


def test_paper_comes_with_its_version_and_its_head(author, paper):
    answer = author.get(reverse("paper_document", args=[paper.pk])).json()
    assert answer["version"] == paper.version and not answer["refusal"]
    assert answer["header"]["title"] == paper.title and answer["header"]["paper_date"] == "2017-02-06"


def test_words_are_only_saved_under_the_name_of_who_typed_them(author, paper, world):
    document = {**paper.document}
    refused = send(author, paper, document=document, base=paper.version, person=str(world.governance.pk))
    assert refused.status_code == 403 and "Somebody else is signed in" in refused.json()["error"]
    assert send(author, paper, document=document, base=paper.version, person=str(world.author.pk)).status_code == 200


def test_a_head_that_is_wrong_is_refused_field_by_field(author, paper):
    answer = send(author, paper, document=paper.document, base=paper.version, header={"title": ""})
    assert answer.status_code == 422 and answer.json()["errors"]["title"] == ["Give the paper a title."]


def test_what_a_reference_leads_to_is_called_by_its_present_name(author, paper, world):
    annex = paper.annexes.get()
    wanted = [f"item:{world.open_item.pk}", f"annex:{annex.pk}", "risks:nothing", "item:nothing"]
    answer = author.get(reverse("paper_targets", args=[paper.pk]), {"target": wanted}).json()
    assert [found["label"] for found in answer["targets"]] == [
        f"item {world.open_item.number}",
        f"Annex {annex.letter}",
    ]


def test_a_stranger_learns_nothing(client, paper, world):
    client.force_login(world.member)
    for name in ("paper_document", "paper_findings", "paper_targets", "paper_locks"):
        assert client.get(reverse(name, args=[paper.pk])).status_code == 404


def test_taking_over_tells_the_editor_which_of_the_two_it_was(author, paper):
    from boards.document import build

    generated = build.para("Three risks rose.", gen=build.gen("risks:summary", "three"))
    paper.document = build.doc(build.section("Risks", generated))
    paper.save()
    address, body = reverse("paper_take_over", args=[paper.pk]), {"block": generated["attrs"]["id"]}
    done = author.post(address, body, headers={"Accept": "application/json"})
    assert done.status_code == 200 and "yours now" in done.json()["said"]
    again = author.post(address, body, headers={"Accept": "application/json"})
    assert again.status_code == 409 and "Nothing was taken over" in again.json()["error"]
    paper.refresh_from_db()
    paper.state = Paper.State.FINAL
    paper.save()
    refused = author.post(address, body, headers={"Accept": "application/json"})
    assert refused.status_code == 409 and "This paper is final" in refused.json()["error"]
