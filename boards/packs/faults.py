"""What can go wrong while a pack is made, as sentences for officers.

A fault of one part (`FragmentError`) names it and ends the build once the other parts are made. A fault of the file store
(`StoreError`) is nobody's paper: what may pass is tried again by the sweep, what lasts ends the build.
"""

import contextlib
import logging
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded

from .info import RenderError

log = logging.getLogger(__name__)

STORE_FAILED = "The file store cannot be written to: it may be full. Nothing that was published before has changed. Try again later."
STORE_AWAY = "The file store cannot be reached. Nothing that was published before has changed. Try again later."
STORE_DAMAGED = (
    "The store of rendered papers gives back damaged files. Nothing was put together. See the operations guide."
)


class FragmentError(RenderError):
    """One fragment could not be made; the sentence names it."""


class TookTooLong(FragmentError):
    """One fragment used up the time a task has; the sentence names it. Nothing more can be done in this task."""


class FragmentLost(Exception):
    """A stored fragment is damaged or gone: it is to be rendered again and never served."""


class StoreError(Exception):
    """The file store did not do what it was asked. `lasting`: trying again in a while would not help (a full disk)."""

    def __init__(self, *, lasting):
        super().__init__(STORE_FAILED if lasting else STORE_AWAY)
        self.lasting = lasting


@contextlib.contextmanager
def naming(name, key="", *, is_file=False):
    """Whatever goes wrong with one part of a pack ends in a sentence that names the part.

    What is not the part's own fault goes through as it is: the store of files, the machine (an error of the system has a number), and the
    end of a worker.
    """
    try:
        yield
    except (FragmentError, StoreError):
        raise
    except SoftTimeLimitExceeded as error:
        raise TookTooLong(too_long(name, is_file=is_file)) from error
    except MemoryError as error:
        mend = "Upload it in smaller parts." if is_file else "Split its longest table, or make its pictures smaller."
        raise FragmentError(_sentence(name, f"There was not enough memory to make it. {mend}")) from error
    except RenderError as error:
        raise FragmentError(_sentence(name, str(error))) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        # The error's own words may hold text of the paper, so they are not logged.
        log.error("fragment.failed", extra={"fragment": key, "reason": type(error).__name__, "at": _place(error)})
        mend = (
            "It cannot be read to its end. Save it again as PDF and upload that."
            if is_file
            else "It cannot be laid out in pages. Make its tables simpler, or put the part that was changed last in again as plain text."
        )
        raise FragmentError(_sentence(name, mend)) from error


def too_long(name, *, is_file=False):
    mend = "Upload it in smaller parts." if is_file else "Split its longest table or section."
    return f"It took too long to make {name}. {mend}"


def _sentence(name, words):
    return f"{name[:1].upper()}{name[1:]}, could not be put in the pack. {words}"


def _place(error):
    """Where in the code an error arose: file and line of its innermost frame."""
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
