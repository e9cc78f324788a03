"""Bookmarks (items, papers, sections, annexes) and page labels of a pack, from the ledger."""

import itertools

from pikepdf import Array, Dictionary, Name, String


def lines(ledger):
    """(level, title, page) of each bookmark. An item with a single paper of the same title is one line."""
    rows, out = ledger.rows, []
    level = 0
    for place, row in enumerate(rows):
        title = f"{row.number} {row.title}".strip()
        if row.kind in ("front", "contents"):
            level = 0
            out.append((0, title, row.page))
        elif row.kind in ("divider", "annex-divider"):
            continue  # the item leads to its divider, and an annex to itself
        elif row.kind == "item":
            after = rows[place + 1] if place + 1 < len(rows) else row
            level = 0 if after.kind == "paper" and (after.number, after.title) == (row.number, row.title) else 1
            if level:
                out.append((0, title, row.page))
        elif row.kind == "paper":
            out.append((level, title, row.page))
        else:
            out.append((level + 1, f"Annex {row.number}: {row.title}" if row.kind == "annex" else row.title, row.page))
    return out


def add(pdf, ledger):
    """Write the outline, closed below the items, and the page labels."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    pages = pdf.pages
    stack = [(-1, root, [])]
    for level, title, page in lines(ledger):
        entry = pdf.make_indirect(
            Dictionary(Title=String(title), Dest=Array([pages[page - 1].obj, Name.XYZ, None, None, None]))
        )
        while stack[-1][0] >= level:
            _close(*stack.pop()[1:])
        stack[-1][2].append(entry)
        entry.Parent = stack[-1][1]
        stack.append((level, entry, []))
    while stack:
        _close(*stack.pop()[1:])
    root.Count = len(_children(root))
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines
    label = Dictionary(S=Name.D)
    if ledger.series:
        label.P = String(ledger.series)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, label]))


def _close(parent, kids):
    if not kids:
        return
    parent.First, parent.Last = kids[0], kids[-1]
    parent.Count = -len(kids)
    for before, after in itertools.pairwise(kids):
        before.Next, after.Prev = after, before


def _children(parent):
    found, entry = [], parent.get("/First")
    while entry is not None:
        found.append(entry)
        entry = entry.get("/Next")
    return found
