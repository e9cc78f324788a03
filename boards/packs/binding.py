"""A fragment made ready to be bound: its objects written out and sorted by who uses them, so that assembly only copies.

Nothing of a fragment has to be parsed again when a pack is put together. What depends on the pack (object numbers, page
numbers, keys of the parent tree, targets of links) stands as a token: the byte 01, a letter, a value, a semicolon. That byte
never stands in an object as libqpdf writes it, so a token cannot be mistaken for words of a paper.

    R<object>  a reference to an object of this fragment        G<name>  a reference to an object of the pack
    K<key>     a key of the parent tree                         L<hex>   the target of a link, by name
    S<page>    what is stamped below a page                     V<page>  what is stamped over it
    I<hex>     the name of a tag
"""

import functools
import io
import json
import re
import secrets
import struct
import zlib
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name

from . import stamps
from .info import LINK_SCHEME
from .tags import name_tree, number_tree

NAME = f"Pack{secrets.token_hex(8)}."  # what becomes a token, while it is still an object of pikepdf; no file can have guessed it
BETWEEN = b"\x02"  # stands between objects; like 01, it is in none
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
LEFT_OUT = ("/Thumb", "/B", "/PieceInfo", "/LastModified")
ELSEWHERE = (Name.Page, Name.Pages, Name.Catalog, Name.StructTreeRoot)  # what a pack has its own of
LEAST_COMPRESSED = 64  # bytes

_MEANT = re.compile(
    rb"\((?:[^\\()]|\\.)*\)"  # a string is passed over, whatever it says
    rb"|<[0-9a-fA-F]*>"
    rb"|/%s([A-Z])\.([0-9A-Za-z]*)"
    rb"|(\d+) (\d+) R\b" % re.escape(NAME.encode()),
    re.DOTALL,
)


@dataclass(frozen=True)
class Parts:
    """How many objects a fragment has of each kind: all that object numbers can be given out by, without opening it.

    `pages[i]`: objects that only page i uses, itself included. `shared`: for each object that several pages use, those pages.
    `loose`: for each object that is in the tag tree too (links), its page, or None for one that no page uses. `tagged`: objects
    of the tag tree alone. `keys`: how many keys of the parent tree are taken.
    """

    pages: list
    shared: list = field(default_factory=list)
    loose: list = field(default_factory=list)
    tagged: int = 0
    keys: int = 0
    names: int = 0
    roles: dict = field(default_factory=dict)

    @property
    def objects(self):
        return sum(self.pages) + len(self.shared) + len(self.loose) + self.tagged


@dataclass(frozen=True)
class Bound:
    """A fragment as it is stored: `facts` on its pages and tags, the objects' texts with tokens, and their streams' data."""

    parts: Parts
    facts: dict
    text: bytes
    streams: list

    def packed(self):
        """As bytes: lengths, facts as JSON, texts, data of streams."""
        facts = json.dumps({"parts": vars(self.parts), **self.facts}, separators=(",", ":")).encode()
        lengths = struct.pack(f">{len(self.streams)}I", *map(len, self.streams))
        head = struct.pack(">III", len(facts), len(self.text), len(self.streams))
        return b"".join((head, facts, self.text, lengths, *self.streams))

    @classmethod
    def unpacked(cls, blob):
        whole = memoryview(blob)
        facts_size, text_size, count = struct.unpack_from(">III", whole)
        at = 12
        facts = json.loads(bytes(whole[at : at + facts_size]))
        at += facts_size
        text = bytes(whole[at : at + text_size])
        at += text_size
        streams = []
        lengths = struct.unpack_from(f">{count}I", whole, at)
        at += 4 * count
        for length in lengths:
            streams.append(whole[at : at + length])
            at += length
        return cls(Parts(**facts.pop("parts")), facts, text, streams)


def bind(pdf, info):
    """(bytes, Info) of a fragment ready to be bound; the Info counts its parts."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        bound = _Binder(source).bound()
    return bound.packed(), replace(info, parts=vars(bound.parts))


def _token(kind, value):
    return Name(f"/{NAME}{kind}.{value}")


STAMPS = {
    "/Font": {name: _token("G", name[1:]) for name in ("/PackR", "/PackB")},
    "/ExtGState": {"/PackVeil": _token("G", "PackVeil")},
}  # what a page's resources call the fonts and the shade of its stamps


class Objects:
    """The objects of a source, by number and generation: their texts, what they refer to, and how they are written out."""

    def __init__(self, source, pages=()):
        self.source, self.pages, self.known = source, set(pages), {}

    def of(self, objgen):
        """(text, data of the stream or None) of an object, as it stands in the source."""
        if objgen not in self.known:
            thing = self.source.get_object(objgen)
            data = None
            if isinstance(thing, pikepdf.Stream):
                data = thing.read_raw_bytes()
                facts = Dictionary({key: value for key, value in thing.stream_dict.items() if key != "/Length"})
                if "/Filter" not in facts and len(data) > LEAST_COMPRESSED:
                    data, facts.Filter = zlib.compress(data), Name.FlateDecode
                facts.Length = len(data)
                thing = facts
            text = thing.unparse(resolved=True)
            if b"\x01" in text or BETWEEN in text:
                raise ValueError("an object holds bytes that are not written as they are")
            self.known[objgen] = text, data
        return self.known[objgen]

    def reached(self, start):
        """Objects that can be reached from these, in the order in which they are met; another page is never entered."""
        found, stack = dict.fromkeys(start), list(reversed(start))
        while stack:
            for objgen in reversed(_references(self.of(stack.pop())[0])):
                if objgen not in found and objgen not in self.pages and not self._elsewhere(objgen):
                    found[objgen] = None
                    stack.append(objgen)
        return found

    def _elsewhere(self, objgen):
        """Whether an object is a page or page tree that is not among the pages: references to it lead nowhere."""
        thing = self.source.get_object(objgen)
        return isinstance(thing, Dictionary) and thing.get("/Type") in ELSEWHERE

    def written(self, numbers):
        """(texts with tokens, data of streams) of these objects in their order. A text that ends in a space has data."""
        texts, streams = [], []
        for objgen in numbers:
            text, data = self.of(objgen)
            texts.append(_numbered(text, numbers) + (b"" if data is None else b" "))
            if data is not None:
                streams.append(data)
        return texts, streams


@functools.cache
def of_every_page():
    """What stamps need, whichever page they are on: ({name: place of its object}, texts with tokens, data of streams)."""
    source = pikepdf.new()
    named = {
        name.lstrip("/"): thing for kind in stamps.resources(source, veil=True).values() for name, thing in kind.items()
    }
    objects = Objects(source)
    numbers = {
        objgen: place for place, objgen in enumerate(objects.reached([thing.objgen for thing in named.values()]))
    }
    return {name: numbers[thing.objgen] for name, thing in named.items()}, *objects.written(numbers)


class _Binder:
    """One fragment on its way: marks what becomes a token, follows references, sorts and numbers the objects."""

    def __init__(self, source):
        self.source = source
        self.pages = [page.obj for page in source.pages]
        self.places = {page.objgen: place for place, page in enumerate(self.pages)}
        self.objects = Objects(source, self.places)

    def bound(self):
        facts = {"boxes": [], "turned": []}
        for place, page in enumerate(self.pages):
            self._page(place, page, facts)
        tree = _Tree(self.source)
        facts |= {"tops": [], "keys": [], "names": []}
        groups = self._sorted(tree)
        order = [objgen for group in groups.values() for part in group for objgen in part]
        numbers = {objgen: number for number, objgen in enumerate(order)}
        texts, streams = self.objects.written(numbers)
        facts["tops"] = [numbers[top.objgen] for top in tree.tops]
        facts["keys"] = [[key, _numbered(text, numbers).decode("latin-1")] for key, text in tree.keys]
        facts["names"] = [[name.hex(), numbers[objgen]] for name, objgen in tree.names]
        facts["classes"] = {name: _numbered(text, numbers).decode("latin-1") for name, text in tree.classes.items()}
        users = self.users
        parts = Parts(
            pages=[len(own) for own in groups["pages"]],
            shared=[users[objgen] for objgen in groups["shared"][0]],
            loose=[users.get(objgen, [None])[0] for objgen in groups["loose"][0]],
            tagged=len(groups["tagged"][0]), keys=tree.next_key, names=len(tree.names), roles=tree.roles,
        )  # fmt: skip
        return Bound(parts, facts, BETWEEN.join(texts), streams)

    def _page(self, place, page, facts):
        """Put tokens where the pack has its say: what is stamped, whose page it is, keys, links."""
        for key in INHERITED:
            above = page
            while key not in page and (above := above.get("/Parent")) is not None:
                if key in above:
                    page[key] = above[key]
        box = page.get("/CropBox", page.MediaBox)
        facts["boxes"].append([float(edge) for edge in box])
        facts["turned"].append(int(page.get("/Rotate", 0)) % 360)
        for key in LEFT_OUT:
            if key in page:
                del page[key]
        page.Parent, page.Tabs = _token("G", "Pages"), Name.S
        body = page.get("/Contents")
        own = list(body) if isinstance(body, Array) else [] if body is None else [body]
        page.Contents = Array([_token("S", place), *own, _token("V", place)])
        if "/Resources" not in page:
            page.Resources = Dictionary()
        stamps.provide(page.Resources, STAMPS)
        if "/StructParents" in page:
            page.StructParents = _token("K", int(page.StructParents))
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = _token("K", int(annotation.StructParent))
            action = annotation.get("/A")
            uri = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if uri.startswith(LINK_SCHEME):
                del annotation["/A"]
                annotation.Dest = _token("L", unquote(uri.removeprefix(LINK_SCHEME)).encode().hex())

    def _sorted(self, tree):
        """Objects by their users, as a linearised file has them (ISO 32000-1, annex F.3): each page's own, shared ones, the rest."""
        self.users = {}
        for place, page in enumerate(self.pages):
            for objgen in self.objects.reached([page.objgen]):
                self.users.setdefault(objgen, []).append(place)
        tagged = self.objects.reached([*(top.objgen for top in tree.tops), *tree.reached])
        own = [[page.objgen] for page in self.pages]
        shared, loose = [], []
        for objgen, users in self.users.items():
            if objgen in self.places:
                continue
            if len(users) > 1:
                shared.append(objgen)
            elif objgen in tagged:
                loose.append(objgen)
            else:
                own[users[0]].append(objgen)
        alone = [objgen for objgen in tagged if objgen not in self.users]
        loose += [
            objgen for objgen in alone if self.objects.of(objgen)[1] is not None
        ]  # streams cannot be in object streams
        alone = [objgen for objgen in alone if self.objects.of(objgen)[1] is None]
        return {"pages": own, "shared": [shared], "loose": [loose], "tagged": [alone]}


class _Tree:
    """The tag tree of a fragment: its top elements, which hang under the pack's Part, and its entries in trees of keys and names."""

    def __init__(self, source):
        self.source = source
        self.tops, self.keys, self.names, self.roles, self.classes = [], [], [], {}, {}
        self.next_key = 0
        root = source.Root.get("/StructTreeRoot")
        if root is None:
            return
        self._tops(root)
        for key, value in number_tree(root.get("/ParentTree", Dictionary())):
            text = b"%d %d R" % value.objgen if value.is_indirect else value.unparse(resolved=True)
            self.keys.append((key, text))
            self.next_key = max(self.next_key, key + 1)
        self.keys.sort(key=lambda pair: pair[0])
        self.roles = {str(name): str(kind) for name, kind in root.get("/RoleMap", Dictionary()).items()}
        for name, value in root.get("/ClassMap", Dictionary()).items():
            self.classes[str(name)] = value.unparse()
        if "/IDTree" in root:
            for name, element in sorted(name_tree(root.IDTree), key=lambda pair: pair[0]):
                element.ID = _token("I", name.hex())
                self.names.append((name, element.objgen))

    @property
    def reached(self):
        texts = [text for _, text in self.keys] + list(self.classes.values())
        return [objgen for text in texts for objgen in _references(text)]

    def _tops(self, root):
        """Elements that hang under the Part; the fragment's own Document element is replaced by it."""
        kids = root.get("/K", Array())
        for top in kids if isinstance(kids, Array) else [kids]:
            inner = top.get("/K") if top.get("/S") == Name.Document else None
            if isinstance(inner, Array) and all(isinstance(kid, Dictionary) and "/S" in kid for kid in inner):
                self.tops += [self._hung(kid) for kid in inner]
            else:
                if top.get("/S") == Name.Document:
                    top.S = Name.Sect
                self.tops.append(self._hung(top))

    def _hung(self, element):
        if not element.is_indirect:
            element = self.source.make_indirect(element)
        element.P = _token("G", "Part")
        return element


def _references(text):
    """The objects that a text refers to, in order."""
    return [(int(match[3]), int(match[4])) for match in _MEANT.finditer(text) if match[3]]


def _numbered(text, numbers):
    """The text with tokens for references and for what was named as one; what is not in the fragment is null."""

    def meant(match):
        if match[3]:
            number = numbers.get((int(match[3]), int(match[4])))
            return b"null" if number is None else b"\x01R%d;" % number
        if match[1]:
            return b"\x01%s%s;" % (match[1], match[2])
        return match[0]

    return _MEANT.sub(meant, text)
