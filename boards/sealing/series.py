"""The letters before the page numbers of supplements, so that “page S3” is one page of a meeting's papers.

The first supplement of a meeting counts S1, S2, ..., the next T1, then U to Z, then SA, SB, ... The series is sealed with the edition; a
correction keeps the series of what it corrects, for it takes its place.
"""

import itertools
from string import ascii_uppercase

SINGLE = ascii_uppercase[ascii_uppercase.index("S") :]


def all_series():
    """S to Z, then SA to ZZ: more than a meeting can have supplements."""
    yield from SINGLE
    yield from ("".join(pair) for pair in itertools.product(SINGLE, ascii_uppercase))


def series_for(kind: str, supersedes, editions: list) -> str:
    """The series of an edition about to be sealed after `editions`, those of the meeting so far."""
    if kind == "agenda":
        return ""
    if supersedes is not None:
        return supersedes.series
    used = {edition.series for edition in editions}
    return next(series for series in all_series() if series not in used)
