"""The rows of the finance addresses, asked by each kind of person without the rest of the portal."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from finance.urls import urlpatterns
from tests.access import PEOPLE
from tests.finance import access


def test_every_finance_address_is_in_the_table():
    assert {pattern.name for pattern in urlpatterns} == set(access.ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_gets_the_answer_of_the_table(client, person, who):
    world = SimpleNamespace()
    access.prepare(world)
    roles = {"member": [], "author": ["author"], "governance": ["governance"], "administrator": ["administrator"]}
    if who != "public":
        client.force_login(person(*roles[who]))
    given = {name: client.get(reverse(name, args=row.args(world))).status_code for name, row in access.ROWS.items()}
    assert given == {name: row.answers[PEOPLE.index(who)] for name, row in access.ROWS.items()}
