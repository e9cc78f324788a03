"""P3: section numbers are printed in one way."""

from collections import Counter

from ..base import ADVICE, Hit, rule


@rule("P3.headings", ADVICE, "Section numbers are printed in one way")
def headings_are_numbered_alike(paper, facts):
    """`1.0` beside `2.` beside `5`: harmless once the portal numbers, but a sign that the numbers were typed."""
    shapes = {}
    for section in paper.sections:
        if section.printed and section.printed[0].isdigit():
            shapes[section.id] = (
                "1.0" if section.printed.endswith(".0") else "1." if section.printed.endswith(".") else "1"
            )
    if len(set(shapes.values())) < 2:
        return
    usual = Counter(shapes.values()).most_common(1)[0][0]
    for section in paper.sections:
        if shapes.get(section.id, usual) != usual:
            yield Hit(
                f"The heading “{section.title}” is numbered {section.printed} where the others read “{usual}”.",
                "Nothing to do: the portal prints all section numbers alike.",
                section.id,
                section.printed,
            )
