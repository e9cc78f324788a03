"""The demonstration office: people by their posts, boards, and the meetings of 2016 to 2020.

Dates, item numbers and posts are those of real published agendas; every sentence is our own. What the registers report is drafted from the
registers themselves, after they are loaded.
"""


def load_all() -> None:
    from boards.demonstration import meetings, people

    people.load()
    meetings.load()


def seal_all() -> None:
    """Circulate and publish the meetings of the past, once the registers have put their reports on the agendas."""
    from boards.demonstration import sealing

    sealing.load()
