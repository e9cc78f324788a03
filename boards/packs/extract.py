"""One paper out of a finished pack, with the page numbers, stamps and tags it has there."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .tags import number_tree


def paper_range(ledger, paper_id):
    """(first, last) page of a paper with its annexes, counted from 1. Raises LookupError when it is not in the pack."""
    rows = ledger["rows"]
    own = [row for row in rows if row["kind"] == "paper" and row["id"] == paper_id]
    if not own:
        raise LookupError("That paper is not in this pack.")
    first = own[0]["page"]
    later = [row["page"] for row in rows if row["kind"] in ("item", "paper") and row["page"] > first]
    return first, min(later, default=ledger["pages"] + 1) - 1


def paper_pages(data, ledger, paper_id, *, title):
    """The pages of one paper as a PDF of its own: the rest of the pack, its tags and its bookmarks are taken away."""
    first, last = paper_range(ledger, paper_id)
    pdf = pikepdf.open(io.BytesIO(data))
    keep = range(first - 1, last)
    pages = [pdf.pages[place].obj for place in keep]
    kept = {page.objgen for page in pages}
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None:
        _prune(root, pages, kept)
    for page in pages:
        for annotation in page.get("/Annots", ()):
            target = annotation.get("/Dest")
            if target is not None and target[0].objgen not in kept:
                annotation.Dest = Array([pages[0], Name.Fit])
    del pdf.pages[last:]
    del pdf.pages[: first - 1]
    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
    pdf.Root.PageMode = Name.UseNone
    labels = Dictionary(S=Name.D, St=first)
    if ledger.get("series"):
        labels.P = String(ledger["series"])
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, labels]))
    pdf.docinfo[Name.Title] = title
    xmp = pdf.Root.Metadata.read_bytes().decode()
    before, _, rest = xmp.partition("<dc:title>")
    _, _, after = rest.partition("</dc:title>")
    words = title.replace("&", "&amp;").replace("<", "&lt;")
    xmp = f'{before}<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:title>{after}'
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _prune(root, pages, kept):
    """Keep the parts of the tag tree that start on a kept page, and the entries of the parent tree that are still used."""
    used = {int(page.StructParents) for page in pages if "/StructParents" in page}
    for page in pages:
        used |= {int(note.StructParent) for note in page.get("/Annots", ()) if "/StructParent" in note}
    numbers = []
    for key, value in number_tree(root.ParentTree):
        if key in used:
            numbers += [key, value]
    root.ParentTree = Dictionary(Nums=Array(numbers))  # anew: its branches would keep the pages of all other papers
    document = root.K[0]
    document.K = Array([part for part in document.K if _page_of(part) in kept])
    if "/IDTree" in root:
        del root["/IDTree"]


def _page_of(element):
    """The page (object number) on which an element starts, found in it or the first of its kids that says so."""
    if "/Pg" in element:
        return element.Pg.objgen
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and (found := _page_of(kid)) is not None:
            return found
    return None
