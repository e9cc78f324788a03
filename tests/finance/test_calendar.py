from datetime import date, timedelta

from finance import calendar


def of(key: str) -> calendar.Step:
    return next(step for step in calendar.steps(2020) if step.key == key)


def test_statutory_dates_of_the_2019_20_precept():
    dates = {step.key: step.due for step in calendar.steps(2020)}
    assert dates["proposed"] == date(2019, 2, 1)
    assert dates["panel"] == date(2019, 2, 8)
    assert dates["revised"] == date(2019, 2, 15)
    assert dates["second"] == date(2019, 2, 22)
    assert dates["issue"] == date(2019, 3, 1)


def test_steps_are_in_date_order_and_all_before_the_year_begins():
    due = [step.due for step in calendar.steps(2020)]
    assert due == sorted(due)
    assert due[-1] < date(2019, 4, 1)


def test_a_step_warns_a_fortnight_before_and_says_when_it_is_late():
    step = of("proposed")
    assert calendar.state(step, done_on=None, today=date(2019, 1, 10))[0] == "waiting"
    assert calendar.state(step, done_on=None, today=date(2019, 1, 18)) == ("due", "Due in 14 days.")
    assert calendar.state(step, done_on=None, today=date(2019, 2, 1)) == ("due", "Due today.")
    assert calendar.state(step, done_on=None, today=date(2019, 2, 2)) == (
        "late",
        "The statutory date has passed: 1 day late.",
    )


def test_a_tick_after_the_date_stays_marked_as_late():
    step = of("proposed")
    assert calendar.state(step, done_on=step.due + timedelta(days=3), today=date(2019, 3, 1)) == (
        "done_late",
        "Done on 4 February 2019, 3 days late.",
    )


def test_steps_after_a_veto_wait_for_a_veto():
    step = of("revised")
    assert calendar.state(step, done_on=None, today=date(2019, 2, 20))[0] == "not_needed"
    assert calendar.state(step, done_on=None, today=date(2019, 2, 20), vetoed=True)[0] == "late"


def test_warnings_name_what_is_late_or_near_and_nothing_else():
    done = {step.key: step.due for step in calendar.steps(2020) if step.key not in ("proposed", "panel")}
    assert calendar.warnings(2020, done, today=date(2019, 2, 4)) == [
        "Proposed precept to the Police and Crime Panel: the statutory date has passed: 3 days late.",
        "Panel reviews the proposed precept and reports: due in 4 days.",
    ]
