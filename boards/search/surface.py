"""What the search would find for the public, for the leak proof to look through before an edition is published."""

from collections.abc import Iterator
from itertools import groupby

from boards.models import Edition
from boards.search.entries import entries


def places(edition: Edition) -> Iterator[tuple[str, str]]:
    """The entries of each item of the public copy in full: titles, words, and places in the reader's address."""
    for number, group in groupby(entries(edition.public_content), key=lambda entry: entry.item_number):
        words = "\n".join(f"{entry.words} \n{entry.anchor}" for entry in group)
        yield f"the search entries of item {number}", words
