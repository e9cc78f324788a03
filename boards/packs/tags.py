"""Joining tag trees. pikepdf joins pages but leaves the structure behind; this carries it over.

Each fragment's tree hangs under one Document element as a Part. `/StructParents` of pages and `/StructParent` of
annotations are renumbered, and the parent trees are laid one behind the other (ISO 32000-1, 14.7.4.4).
"""

import pikepdf
from pikepdf import Array, Dictionary, Name, String


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


class TagTree:
    """The tag tree of the pack as it grows."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self.numbers, self.names = [], []
        self.roles, self.classes = Dictionary(), Dictionary()
        self.next_key = 0
        self.fragments = 0

    def add(self, source, pages, title):
        """Carry over the tree of `source`, whose pages are already copied as `pages`. Returns the new Part element."""
        foreign = source.Root.get("/StructTreeRoot")
        self.fragments += 1
        part = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=self.document, K=Array(), T=String(title))
        )
        self.document.K.append(part)
        if foreign is None:
            return part
        root = self.pdf.copy_foreign(foreign if foreign.is_indirect else source.make_indirect(foreign))
        offset = self.next_key
        for key, value in number_tree(root.get("/ParentTree", Dictionary())):
            self.numbers.append(key + offset)
            self.numbers.append(value)
            self.next_key = max(self.next_key, key + offset + 1)
        for page in pages:
            if (key := page.get("/StructParents")) is not None:
                page.StructParents = int(key) + offset
            for annotation in page.get("/Annots", ()):
                if (key := annotation.get("/StructParent")) is not None:
                    annotation.StructParent = int(key) + offset
        self._hang(root, part)
        self._merge(root)
        return part

    def _hang(self, root, part):
        """Put the fragment's elements under its Part; its own Document element is replaced by the Part."""
        kids = root.get("/K", Array())
        for top in kids if isinstance(kids, Array) else [kids]:
            inner = top.get("/K") if top.get("/S") == Name.Document else None
            if isinstance(inner, Array) and all(isinstance(kid, Dictionary) and "/S" in kid for kid in inner):
                for kid in inner:
                    kid.P = part
                    part.K.append(kid)
            else:
                if top.get("/S") == Name.Document:
                    top.S = Name.Sect
                top.P = part
                part.K.append(top)

    def _merge(self, root):
        for name, value in root.get("/RoleMap", Dictionary()).items():
            if name not in self.roles:
                self.roles[name] = value
        for name, value in root.get("/ClassMap", Dictionary()).items():
            if name not in self.classes:
                self.classes[name] = value
        if "/IDTree" in root:
            for name, element in name_tree(root.IDTree):
                unique = f"f{self.fragments}-".encode() + name
                element.ID = String(unique.decode("latin-1"))
                self.names.append((unique, element))

    def finish(self):
        """Write the tree into the document's catalogue."""
        root = self.pdf.make_indirect(Dictionary(
            Type=Name.StructTreeRoot, K=Array([self.document]), ParentTreeNextKey=self.next_key,
            ParentTree=self.pdf.make_indirect(Dictionary(Nums=Array(self.numbers))),
        ))  # fmt: skip
        if len(self.roles.keys()):
            root.RoleMap = self.roles
        if len(self.classes.keys()):
            root.ClassMap = self.classes
        if self.names:
            entries = [part for name, element in sorted(self.names, key=lambda pair: pair[0]) for part in
                       (String(name.decode("latin-1")), element)]  # fmt: skip
            root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(entries)))
        self.document.P = root
        catalogue = self.pdf.Root
        catalogue.StructTreeRoot = root
        catalogue.MarkInfo = Dictionary(Marked=True)
        catalogue.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        catalogue.Lang = pikepdf.String("en-GB")
