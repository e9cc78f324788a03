"""Bookmarks (items, papers, sections, annexes) and page labels of a pack, from the ledger."""

import itertools

from pikepdf import String


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


def texts(entries, first, page_numbers):
    """The bookmarks' objects, closed below the items: the root, then each entry. `first` is the object number of the root."""
    levels = [-1, *(level for level, _, _ in entries)]
    parents, kids = [None] * len(levels), [[] for _ in levels]
    stack = [0]
    for place in range(1, len(levels)):
        while levels[stack[-1]] >= levels[place]:
            stack.pop()
        parents[place] = stack[-1]
        kids[stack[-1]].append(place)
        stack.append(place)
    found = []
    for place, own in enumerate(kids):
        facts = []
        if place:
            _, title, page = entries[place - 1]
            facts += [b"/Title " + String(title).unparse(), b"/Parent %d 0 R" % (first + parents[place])]
            facts.append(b"/Dest [ %d 0 R /XYZ null null null ]" % page_numbers[page - 1])
        else:
            facts.append(b"/Type /Outlines")
        if own:
            count = -len(own) if place else len(own)
            facts.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (first + own[0], first + own[-1], count))
        found.append(facts)
    for own in kids:
        for before, after in itertools.pairwise(own):
            found[before].append(b"/Next %d 0 R" % (first + after))
            found[after].append(b"/Prev %d 0 R" % (first + before))
    return [b"<< " + b" ".join(facts) + b" >>" for facts in found]


def labels(series):
    """The page labels: counted from 1, with the prefix of a supplement's own series."""
    prefix = b" /P " + String(series).unparse() if series else b""
    return b"<< /Nums [ 0 << /S /D" + prefix + b" >> ] >>"
