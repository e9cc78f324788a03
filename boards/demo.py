"""What boards put into the demonstration office. See `boards/demonstration/`."""

from portal import demo


def register() -> None:
    demo.register("boards", load)
    demo.register("editions", seal, after=["boards", "risks", "plans", "finance"])


def load() -> None:
    from boards.demonstration import load_all

    load_all()


def seal() -> None:
    from boards.demonstration import seal_all

    seal_all()
