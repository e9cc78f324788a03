"""What the author is told about a paper brought in: what was changed, dropped or doubted."""

KINDS = {
    "tracked": ("1 tracked change was taken as accepted.", "{n} tracked changes were taken as accepted."),
    "comment": ("1 Word comment was not brought in.", "{n} Word comments were not brought in."),
    "text box": (
        "1 text box was placed after the paragraph it was fixed to: check its place.",
        "{n} text boxes were placed after the paragraphs they were fixed to: check their places.",
    ),
    "cross-reference": (
        "1 Word cross-reference is now plain text: make it a live one in the editor.",
        "{n} Word cross-references are now plain text: make them live ones in the editor.",
    ),
    "field": ("1 field kept only its last text.", "{n} fields kept only their last text."),
    "contents": ("The table of contents was left out: the portal makes its own.",) * 2,
    "hidden": ("1 piece of hidden text was left out.", "{n} pieces of hidden text were left out."),
    "red": (
        "Red text came in without its colour: say in words what is new or changed.",
        "Red text came in without its colour ({n} places): say in words what is new or changed.",
    ),
    "struck": (
        "Struck-out words came in as ordinary words: delete them, or say what has taken their place.",
        "Struck-out words ({n} places) came in as ordinary words: delete them, or say what has taken their place.",
    ),
    "highlight": (
        "Highlighted words came in without their colour: say in words what it meant.",
        "Highlighted words ({n} places) came in without their colour: say in words what it meant.",
    ),
    "chart": (
        "1 Word chart was not brought in: add it as a chart, a table or a picture.",
        "{n} Word charts were not brought in: add each as a chart, a table or a picture.",
    ),
    "drawing": ("1 drawing was not brought in.", "{n} drawings were not brought in."),
    "linked picture": (
        "1 picture is only linked, not inside the file, and was not fetched.",
        "{n} pictures are only linked, not inside the file, and were not fetched.",
    ),
    "equation": ("1 equation is now plain text: check it.", "{n} equations are now plain text: check them."),
    "chunk": ("A document embedded in the file was left out.", "{n} documents embedded in the file were left out."),
    "nested": ("Very deeply nested content was left out.",) * 2,
}


def sentences(dropped, facts):
    """One sentence for each kind of thing that was not carried over as it stood."""
    said = []
    for kind, (one, many) in KINDS.items():
        count = dropped.get(kind, 0)
        if count:
            said.append(one if count == 1 else many.format(n=count))
    links = len(facts.links)
    if links:
        said.append(
            "1 link has an address that only works inside the office; its words were kept."
            if links == 1
            else f"{links} links have addresses that only work inside the office; their words were kept."
        )
    return said
