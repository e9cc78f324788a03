"""The demonstration plan: the figures are a real plan's, the sentences are our own, and people are posts."""

from portal import demo


def register() -> None:
    demo.register("plans", load, after=["boards", "risks", "finance"])


def load() -> None:
    from plans.demo.loader import load_all

    load_all()
