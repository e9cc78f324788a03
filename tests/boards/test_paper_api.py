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
