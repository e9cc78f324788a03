"""Waiting for something to come about: on a condition, never for a time."""

import threading
import time


def until(condition, what: str, seconds: float = 30, look_every: float = 0.03):
    """The first true answer of `condition()`. Fails with the words of `what` when none came in time."""
    pause, end = threading.Event(), time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, f"{what}: not in {seconds:g} seconds."
        pause.wait(look_every)
    return answer
