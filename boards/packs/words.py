"""Words as the leak proof compares them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def words(text):
    """Text as lower-case words with single spaces, so that line breaks, ligatures, hyphens and quotes do not hide a match."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return " ".join(_WORD.findall(text))


def squeezed(text):
    """Words without any space: a title broken across lines by a hyphen is still found."""
    return text.replace(" ", "")


def windows(text, size, fewest):
    """A text in overlapping windows of `size` words, so that a part of it is found too; nothing of one with fewer than `fewest`."""
    found = words(text or "").split()
    if len(found) < fewest:
        return
    if len(found) <= size:
        yield " ".join(found)
        return
    for start in range(0, len(found) - size + 1, size // 2):
        yield " ".join(found[start : start + size])
    yield " ".join(found[-size:])
