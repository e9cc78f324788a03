"""Text that is safe to open in a spreadsheet. A cell that starts like a formula would be run by Excel on somebody's desk."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def escape(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; `unescape` takes it off exactly."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS) else text


def unescape(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text
