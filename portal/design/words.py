"""The words that colours stand for. Colour never speaks alone."""

import re

RAG = {"red": "Red", "yellow": "Yellow", "amber": "Yellow", "green": "Green", "white": "White"}
BANDS = {"critical": "Critical", "high": "High", "medium-high": "Medium-high", "medium": "Medium", "low": "Low"}

_UP = "M8 1.5 14 8h-3.8v6.5H5.8V8H2z"
_DOWN = "M8 14.5 2 8h3.8V1.5h4.4V8H14z"
_SAME = "M14.5 8 9 2.2v3.6H1.5v4.4H9v3.6z"
DIRECTIONS = {
    "improved": ("improved", "Improved", _UP),
    "up": ("improved", "Improved", _UP),
    "worsened": ("worsened", "Worsened", _DOWN),
    "down": ("worsened", "Worsened", _DOWN),
    "same": ("same", "No change", _SAME),
    "unchanged": ("same", "No change", _SAME),
}

# Fill and ink of each tone: the same pairs as in static/src/scss/_brand.scss, for drawings. A test holds them together.
TONES = {
    "critical": ("#6b0f1a", "#ffffff"),
    "high": ("#b3261e", "#ffffff"),
    "medium-high": ("#f4a300", "#0b0c0c"),
    "medium": ("#ffe27a", "#0b0c0c"),
    "low": ("#1f6b3a", "#ffffff"),
    "red": ("#b3261e", "#ffffff"),
    "yellow": ("#ffe27a", "#0b0c0c"),
    "green": ("#1f6b3a", "#ffffff"),
    "white": ("#ffffff", "#0b0c0c"),
    "new": ("#e3f1f0", "#074a4d"),
    "changed": ("#e7e9fb", "#2b2f77"),
    "removed": ("#fbe9e7", "#7d1812"),
    "neutral": ("#eef2f5", "#17222d"),
}


def css_name(name: str) -> str:
    """ "mediumHigh", "Medium-high", "MEDIUM_HIGH" and "medium high" are one tone: "medium-high"."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", str(name).strip())
    return re.sub(r"[\s_-]+", "-", split).lower()
