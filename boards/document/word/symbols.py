"""Signs that Word keeps as places in a font rather than as letters: arrows, ticks and crosses say how a thing is going."""

WINGDINGS = {
    0x4A: "\u263a", 0x4C: "\u2639", 0x6C: "\u25cf", 0x6E: "\u25a0", 0x6F: "\u25a1", 0x71: "\u2751", 0x72: "\u2752", 0x75: "\u25c6",
    0xA1: "\u25cb", 0xA7: "\u25aa", 0xA8: "\u25fb", 0xAB: "\u2605", 0xD8: "\u27a2", 0xDF: "\u2190", 0xE0: "\u2192", 0xE1: "\u2191",
    0xE2: "\u2193", 0xE3: "\u2196", 0xE4: "\u2197", 0xE5: "\u2199", 0xE6: "\u2198", 0xE7: "\u21d0", 0xE8: "\u2794", 0xE9: "\u21d1",
    0xEA: "\u21d3", 0xF3: "\u2194", 0xF4: "\u2195", 0xFB: "\u2717", 0xFC: "\u2713", 0xFD: "\u2612", 0xFE: "\u2611",
}  # fmt: skip
SYMBOL = {
    0xA3: "\u2264", 0xAB: "\u2194", 0xAC: "\u2190", 0xAD: "\u2191", 0xAE: "\u2192", 0xAF: "\u2193", 0xB0: "\u00b0", 0xB1: "\u00b1",
    0xB3: "\u2265", 0xB4: "\u00d7", 0xB8: "\u00f7", 0xB9: "\u2260", 0xBB: "\u2248", 0xD6: "\u221a",
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "symbol": SYMBOL}
BULLET = "\u2022"


def is_signs(font):
    """Whether letters set in a font are shown as signs."""
    return (font or "").lower() in FONTS


def symbol(font, char):
    """The letter for a sign: `char` is its place in the font in hexadecimal, as Word writes it. Unknown: a bullet."""
    try:
        place = int(char or "", 16)
    except ValueError:
        return ""
    private = 0xF000 <= place <= 0xF0FF
    place = place - 0xF000 if private else place
    known = FONTS.get((font or "").lower(), {})
    if place in known:
        return known[place]
    if private:
        return BULLET
    return chr(place) if 32 <= place < 0x110000 else ""
