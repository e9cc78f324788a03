"""Words: what changed, as a board member reads it."""

from risks.compare import compare
from risks.words import listed, number, paragraph, quoted
from tests.risks.samples import register, risk, row, score


def told(before, after):
    return paragraph(compare(register(after), register(before)))


def test_numbers_are_words_up_to_ten():
    assert number(2, "cause") == "two causes"
    assert number(1, "effect") == "one effect"
    assert number(12, "control") == "12 controls"


def test_a_list_that_holds_commas_is_kept_apart_by_semicolons():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a, b", "c"]) == "a, b; and c"


def test_long_words_are_shortened_at_a_word():
    assert quoted("one two three four", 3) == "“one two three…”"
    assert quoted("One sentence.") == "“One sentence”"


def test_added_removed_and_reworded_rows_are_told_apart():
    before = risk("SR1.1", controls=[row("a", "Weekly call."), row("b", "Old plan.")])
    after = risk("SR1.1", controls=[row("a", "Daily call."), row("c", "New board.")])
    assert told(before, after) == (
        "One control has been added: “New board”. One control has been removed: “Old plan”. "
        "One control has been reworded; it now reads “Daily call”."
    )


def test_a_score_is_told_with_where_it_came_from():
    assert told(risk("SR1.1", current=score(3, 4)), risk("SR1.1", current=score(2, 4))) == (
        "The current score has moved from 18 (likelihood 3, impact 4, Medium-high) to 14 (likelihood 2, impact 4, Medium-high)."
    )


def test_a_target_set_and_taken_away():
    bare, aimed = risk("SR1.1"), risk("SR1.1", future=score(1, 2))
    assert told(bare, aimed) == "A future score has been set: 3 (likelihood 1, impact 2, Low)."
    assert told(aimed, bare) == "The future score of 3 (likelihood 1, impact 2, Low) has been removed."


def test_a_new_lead_is_named_beside_the_old():
    assert told(risk("SR1.1"), risk("SR1.1", senior_lead="Chief Finance Officer")) == (
        "The senior lead is now the Chief Finance Officer (it was the Chief Executive)."
    )


def test_a_date_put_back_is_told():
    before = risk("SR1.1", actions=[row("a", "Sign the lease.", due="2017-01-31")])
    after = risk("SR1.1", actions=[row("a", "Sign the lease.", due="2017-06-30")])
    assert told(before, after) == (
        "The date for the future action “Sign the lease” has moved from 31 January 2017 to 30 June 2017."
    )


def test_acceptance_says_who_why_and_until_when():
    accepted = {"by": "Commissioner", "on": "2017-01-01", "reason": "It would cost too much.", "until": "2017-12-31"}
    assert told(risk("SR1.1"), risk("SR1.1", acceptance=accepted)) == (
        "The risk is accepted above tolerance by the Commissioner until 31 December 2017, because it would cost too much."
    )


def test_a_new_risk_and_a_closed_one():
    assert paragraph(compare(register(risk("SR1.1")), register())) == (
        "This is a new risk. Its current rating is 9 (likelihood 2, impact 3, Medium)."
    )
    closed = risk("SR1.1", closed={"on": "2017-01-05", "reason": "The venture has ended."})
    assert told(risk("SR1.1"), closed) == "The risk was closed on 5 January 2017: The venture has ended."


def test_categories_that_moved_under_the_same_impact_are_named():
    after = score(2, 3)
    after["impacts"] = {"economic": 3}
    assert told(risk("SR1.1"), risk("SR1.1", current=after)) == (
        "The current score is still 9; its categories changed: political from 3 to blank and economic from blank to 3."
    )
