"""Opening a Word file that somebody else made.

A .docx file is a zip of XML parts. Everything in it is distrusted: nothing is unpacked to disk, no address in it is
fetched, no entity is expanded, and size, number and compression of the parts are limited before any of them is read.
Macros are refused (local upload standard: macros are not accepted in board papers).

Units: sizes are bytes. Errors: `WordImportError` with a sentence for the author.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from .errors import WordImportError

MAX_FILE = 20 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_XML_PART = 32 * 1024 * 1024
MAX_RATIO = 200  # a long Word part of ordinary prose compresses about 10 to 40 times
RATIO_MATTERS_FROM = 1024 * 1024

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


@dataclass(frozen=True)
class Relationship:
    """A pointer from one part to another, or (when `external`) to an address outside the file."""

    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """The parts of an opened file, read on demand and within the limits."""

    zip: zipfile.ZipFile
    main: str = ""
    _relations: dict = field(default_factory=dict)

    def has(self, name):
        return name in self.zip.NameToInfo

    def read(self, name, limit=MAX_TOTAL):
        """The bytes of one part, never more than `limit` whatever its header says."""
        try:
            with self.zip.open(name) as part:
                data = part.read(limit + 1)
        except KeyError:
            raise WordImportError("The Word file refers to a part it does not hold. Save it again in Word.") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise WordImportError("The Word file is damaged. Open it in Word, save it again and retry.") from None
        if len(data) > limit:
            raise WordImportError("A part of the Word file is too large to be read safely. Shorten the paper.")
        return data

    def xml(self, name):
        """The root element of an XML part; a part that declares a document type or entities is refused."""
        return parse_xml(self.read(name, MAX_XML_PART))

    def relations(self, part):
        """{relationship id: Relationship} of a part; targets inside the file are full part names."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            rels = posixpath.join(folder, "_rels", name + ".rels")
            found = {}
            if self.has(rels):
                for item in self.xml(rels).iter(f"{{{REL}}}Relationship"):
                    external = item.get("TargetMode") == "External"
                    target = item.get("Target", "")
                    if not external:
                        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                        target = posixpath.normpath(joined)
                    kind = item.get("Type", "").rsplit("/", 1)[-1]
                    found[item.get("Id")] = Relationship(kind, target, external)
            self._relations[part] = found
        return self._relations[part]

    def related(self, kind, part=None):
        """Names of the parts of one kind (`styles`, `numbering`, `footnotes`) that a part points to."""
        pointers = self.relations(part or self.main).values()
        return [r.target for r in pointers if r.kind == kind and not r.external and self.has(r.target)]


def parse_xml(data):
    """Parse one part without entities, document types or any reach outside the file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
            raise WordImportError(_ENTITIES) from None
        raise WordImportError("The Word file is damaged. Open it in Word, save it again and retry.") from None
    if root.getroottree().docinfo.doctype:
        raise WordImportError(_ENTITIES)
    return root


_ENTITIES = (
    "The Word file declares XML entities, which Word itself never does. It was not read: save the paper again in Word."
)


def open_package(file):
    """Open a path, bytes or binary file object as a Word file, or raise `WordImportError`."""
    data = _bytes_of(file)
    _refuse_other_kinds(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError):
        raise WordImportError("The file is damaged or is not a Word document. Save it again as .docx.") from None
    _check_limits(archive)
    package = Package(archive)
    _find_main(package)
    return package, data


def _bytes_of(file):
    if isinstance(file, (bytes, bytearray)):
        data = bytes(file)
    elif hasattr(file, "read"):
        data = file.read(MAX_FILE + 1)
    else:
        try:
            with open(file, "rb") as handle:
                data = handle.read(MAX_FILE + 1)
        except OSError as problem:
            raise WordImportError(f"The file could not be opened: {problem.strerror or 'unreadable'}.") from None
    if not data:
        raise WordImportError("The file is empty. Choose the Word document (.docx) again.")
    if len(data) > MAX_FILE:
        raise WordImportError(
            f"The file is larger than {MAX_FILE // 1024 // 1024} MB. Make its pictures smaller, or attach it as an annex."
        )
    return data


def _refuse_other_kinds(data):
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WordImportError("The file is protected with a password. Remove the password in Word and retry.")
        raise WordImportError("The file is in the old Word format (.doc). Save it in Word as .docx and retry.")
    kinds = {b"%PDF": "a PDF", b"{\\rtf": "a rich text file", b"<": "a web page or XML file"}
    for magic, name in kinds.items():
        if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:8].startswith(magic):
            raise WordImportError(f"The file is {name}, not a Word document. Save the paper in Word as .docx.")
    if not data.startswith(b"PK"):
        raise WordImportError("The file is not a Word document. Save the paper in Word as .docx.")


def _check_limits(archive):
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise WordImportError("The file holds far more parts than a Word document does. It was not read.")
    total = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise WordImportError("The file is protected with a password. Remove the password in Word and retry.")
        total += entry.file_size
        squeezed = max(entry.compress_size, 1)
        if entry.file_size > RATIO_MATTERS_FROM and entry.file_size / squeezed > MAX_RATIO:
            raise WordImportError("The file unpacks to far more than its size, as an attack would. It was not read.")
    if total > MAX_TOTAL:
        raise WordImportError("The file unpacks to more than 200 MB. Make its pictures smaller and retry.")


def _find_main(package):
    if not package.has("[Content_Types].xml"):
        if package.has("mimetype"):
            raise WordImportError("The file is an OpenDocument file. Save the paper in Word as .docx.")
        raise WordImportError("The file is a zip archive, not a Word document. Choose the .docx file.")
    types = {}
    for item in package.xml("[Content_Types].xml"):
        if isinstance(item.tag, str) and item.get("PartName"):
            types[item.get("PartName").lstrip("/")] = item.get("ContentType", "")
    names = package.zip.namelist()
    macro = any("macroEnabled" in kind or "vbaProject" in kind for kind in types.values())
    if macro or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WordImportError("The file carries macros. Save the paper in Word as a plain document (.docx) and retry.")
    main = next(iter(package.related("officeDocument", "")), "")
    if not main or types.get(main) not in MAIN_TYPES:
        if any(name.startswith(("xl/", "ppt/")) for name in names):
            raise WordImportError("The file is a spreadsheet or a presentation, not a Word document.")
        raise WordImportError("The file is not a Word document. Save the paper in Word as .docx.")
    package.main = main
    root = package.xml(main)
    if root.tag == f"{{{STRICT_W}}}document":
        raise WordImportError('The file is a "Strict Open XML" document. Save it in Word as "Word document (.docx)".')
    if root.tag != f"{{{W}}}document":
        raise WordImportError("The file is not a Word document. Save the paper in Word as .docx.")
