"""Reading the trees by which a PDF finds things under a number or a name (ISO 32000-1, 7.9.6 and 7.9.7)."""


def number_tree(node):
    """(key, value) pairs of a number tree, in order."""
    for kid in node.get("/Kids", ()):
        yield from number_tree(kid)
    entries = node.get("/Nums", ())
    for place in range(0, len(entries), 2):
        yield int(entries[place]), entries[place + 1]


def name_tree(node):
    """(name, value) pairs of a name tree, in order."""
    for kid in node.get("/Kids", ()):
        yield from name_tree(kid)
    entries = node.get("/Names", ())
    for place in range(0, len(entries), 2):
        yield bytes(entries[place]), entries[place + 1]
