"""A line of the log says of what it speaks, by id, and no more."""

import logging
import logging.config

from portal.logs import LOGGING


def line(**extra):
    """A line as it is written for an event with these fields."""
    formatter = logging.config.DictConfigurator(LOGGING).configure_formatter(dict(LOGGING["formatters"]["line"]))
    record = logging.getLogger("boards.packs").makeRecord(
        "boards.packs", logging.WARNING, "", 0, "fragment.failed", (), None, extra=extra
    )
    return formatter.format(record)


def test_a_line_carries_the_ids_of_what_it_speaks_of():
    written = line(fragment="abc", reason="ValueError", at="layout.py:12")
    assert "fragment='abc'" in written and "reason='ValueError'" in written and "at='layout.py:12'" in written


def test_a_line_carries_nothing_that_was_not_meant_for_it():
    assert "secret" not in line(data={"args": "secret"}, title="secret")
