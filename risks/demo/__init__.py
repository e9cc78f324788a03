"""The demonstration register: sixteen risks as a board saw them in August 2016, and what was done to them until February 2017."""

from portal import demo


def register() -> None:
    demo.register("risks", load, after=["boards"])


def load() -> None:
    from risks.demo.loading import load_all

    load_all()
