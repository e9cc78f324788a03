"""Every address, asked by every kind of person, gives the answer of the table; an address in no table fails."""

import importlib

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import PEOPLE, Row
from tests.answers import read

APPS = ("portal", "boards", "risks", "plans", "finance")


def tables() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for app in APPS:
        rows |= importlib.import_module(f"tests.{app}.access").ROWS
    return rows


def addresses(resolver=None, prefix: str = "") -> list[str]:
    """The name of every address of the portal, with its namespace."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found += addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append(f"{prefix}{entry.name}")
    return found


def test_every_address_is_in_the_table():
    assert sorted(set(addresses()) - set(tables())) == []


def test_the_table_names_no_address_that_is_gone():
    assert sorted(set(tables()) - set(addresses())) == []


@pytest.fixture
def asked(published, world):
    """The published office with a paper in draft, a comment, and what each app's rows need."""
    from boards.actions import annexes, commenting, papers
    from tests.boards.office import announce, office_file
    from tests.boards.world import Upload, pdf

    world.draft = papers.commission(
        item=world.open_item, title="A second paper", by=world.governance, authors=[world.author]
    )
    annexes.add(paper=world.draft, title="Plan", file=Upload(pdf()), by=world.governance)
    announce("office@test")
    annexes.add(paper=world.draft, title="Survey", file=Upload(office_file(), "survey.docx"), by=world.author)
    block = world.draft.document["content"][0]["attrs"]["id"]
    world.comment = commenting.comment(paper=world.draft, by=world.author, block_id=block, text="Is this right?")
    world.build = published.builds.get(audience="members")
    world.edition = published
    for app in ("risks", "plans", "finance"):
        prepare = getattr(importlib.import_module(f"tests.{app}.access"), "prepare", None)
        if prepare:
            prepare(world)
    return world


@pytest.mark.usefixtures("no_undefined_variable")
@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_gets_the_answer_of_the_table(client, asked, who):
    if who != "public":
        client.force_login(getattr(asked, who))
    wrong = []
    for name, row in tables().items():
        expected = row.answers[PEOPLE.index(who)]
        response = client.get(reverse(name, args=row.args(asked)) + row.query)
        read(response)
        if response.status_code != expected:
            wrong.append(f"{name}: {response.status_code}, not {expected}")
    assert not wrong, "\n".join(wrong)
