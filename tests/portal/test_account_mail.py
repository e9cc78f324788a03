"""Mails about accounts: our own plain words, one purpose each, nothing of the library's."""

import re

import pytest
from django.core import mail

LIBRARY = ("Hello from", "Thank you for using", "example.com", "Password Reset Email", "sign up", "[")


@pytest.fixture
def member(person):
    someone = person(title="Police and Crime Commissioner", email="member@opcc.example")
    someone.set_password("a-long-first-password")
    someone.save()
    return someone


def only_mail():
    (sent,) = mail.outbox
    assert not [words for words in LIBRARY if words in sent.subject + sent.body]
    assert "&" not in sent.body.replace("&amp;", "&&")
    assert "Office of the Police and Crime Commissioner" in sent.body
    mail.outbox.clear()
    return sent


def test_a_new_password_is_asked_for_and_chosen_by_mail(client, member):
    client.post("/accounts/password/reset/", {"email": member.email})
    sent = only_mail()
    assert sent.to == [member.email]
    assert sent.subject == "Choose a new password for the board papers"
    address = re.search(r"http://testserver(/\S+)", sent.body)[1]
    form = client.get(address, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "a-long-second-password", "password2": "a-long-second-password"}
    )
    member.refresh_from_db()
    assert member.check_password("a-long-second-password")
    assert only_mail().subject == "Your password for the board papers was changed"


def test_the_link_of_the_mail_works_once(client, member):
    client.post("/accounts/password/reset/", {"email": member.email})
    address = re.search(r"http://testserver(/\S+)", only_mail().body)[1]
    form = client.get(address, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "a-long-second-password", "password2": "a-long-second-password"}
    )
    assert b"password1" not in client.get(address, follow=True).content


def test_the_page_says_the_same_whether_there_is_an_account_or_not(client, member):
    known = client.post("/accounts/password/reset/", {"email": member.email}, follow=True).content
    mail.outbox.clear()
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@opcc.example"}, follow=True).content
    assert known == unknown
    sent = only_mail()
    assert sent.subject == "No account for this address in the board papers"
    assert "nobody@opcc.example" in sent.body


def test_a_changed_password_is_told_to_its_owner(client, member):
    client.force_login(member)
    passwords = {
        "oldpassword": "a-long-first-password",
        "password1": "a-long-second-password",
        "password2": "a-long-second-password",
    }
    client.post("/accounts/password/change/", passwords)
    assert only_mail().subject == "Your password for the board papers was changed"
