"""What a PDF holds and does not show: layers that are switched off, comments, and names of those who made it.

Whoever hands a file in sees none of it, and everybody who gets the file can read all of it.
"""

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

DEEPEST = 8
_SHOWS = {"Tj", "TJ", "Do", "sh", "INLINE IMAGE", "EI"}
_NEXT_LINE = {"'", '"'}
_PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_COMMENTS = {"/Text", "/Popup"}


def remove(pdf):
    """Take it out of an open PDF; what was taken out, in words."""
    removed = set()
    if _layers(pdf):
        removed.add("hidden layers")
    if _comments(pdf):
        removed.add("comments")
    if _makers(pdf):
        removed.add("names of its authors")
    return removed


def _layers(pdf):
    """Drop the content of layers that are off; the others become plain content."""
    facts = pdf.Root.get("/OCProperties")
    if facts is None:
        return False
    off = _switched_off(facts)
    found = False
    if off:
        done = set()
        for page in pdf.pages:
            found = _clear(pdf, page.obj, page.resources, off, done, 0) or found
            kept = [note for note in page.obj.get("/Annots", ()) if not _is_off(note.get("/OC"), off)]
            if len(kept) < len(page.obj.get("/Annots", ())):
                page.obj.Annots, found = Array(kept), True
    for layer in facts.get("/OCGs", ()):
        layer.Name = String("layer")
    del pdf.Root["/OCProperties"]
    if found:
        pdf.remove_unreferenced_resources()  # what only a hidden layer drew
    return found


def _switched_off(facts):
    """Object numbers of the layers that are not shown when the file is opened."""
    layers = {layer.objgen for layer in facts.get("/OCGs", ())}
    config = facts.get("/D", Dictionary())
    off = {layer.objgen for layer in config.get("/OFF", ())}
    if config.get("/BaseState") == Name.OFF:
        off |= layers - {layer.objgen for layer in config.get("/ON", ())}
    return off & layers


def _is_off(layer, off):
    """Whether an optional content group, or a membership that asks for several, is not shown."""
    if not isinstance(layer, Dictionary):
        return False
    if layer.get("/Type") != Name.OCMD:
        return layer.objgen in off
    members = layer.get("/OCGs", Array())
    states = [
        each.objgen in off
        for each in (members if isinstance(members, Array) else [members])
        if isinstance(each, Dictionary)
    ]
    if not states:
        return False
    ask = {"/AllOn": any(states), "/AnyOff": not any(states), "/AllOff": not all(states)}
    return ask.get(str(layer.get("/P", "/AnyOn")), all(states))


def _clear(pdf, thing, resources, off, done, depth):
    """Clear a page's or form's content, and the forms it draws. True when something was taken out."""
    found = False
    properties = resources.get("/Properties", Dictionary())
    drawn = resources.get("/XObject", Dictionary())
    for name in list(drawn.keys()):
        form = drawn[name]
        if _is_off(form.get("/OC"), off):
            del drawn[name]
            drawn[name] = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0]))
            found = True
        elif form.get("/Subtype") == Name.Form and form.objgen not in done and depth < DEEPEST:
            done.add(form.objgen)
            found = _clear(pdf, form, form.get("/Resources", resources), off, done, depth + 1) or found
    if not any(_is_off(layer, off) for layer in properties.values()):
        return found
    kept = list(_shown(thing, properties, off))
    data = pikepdf.unparse_content_stream(kept)
    if isinstance(thing, pikepdf.Stream):
        thing.write(data)
    else:
        thing.Contents = pdf.make_stream(data)
    return True


def _shown(thing, properties, off):
    """The content with everything left out that a layer which is off would paint; its changes of state stay."""
    depth, hidden = [], 0
    for operands, operator in pikepdf.parse_content_stream(thing):
        name = str(operator)
        if name in ("BDC", "BMC"):
            layer = name == "BDC" and str(operands[0]) == "/OC" and isinstance(operands[1], pikepdf.Name)
            depth.append(bool(layer and _is_off(properties.get(operands[1]), off)))
            hidden += depth[-1]
        elif name == "EMC" and depth:
            hidden -= depth.pop()
        elif hidden and name in _SHOWS:
            continue
        elif hidden and name in _NEXT_LINE:
            operands, operator = [], Operator("T*")
        elif hidden and name in _PAINTS:
            operands, operator = [], Operator("n")
        yield operands, operator


def _comments(pdf):
    found = False
    for page in pdf.pages:
        notes = page.obj.get("/Annots", ())
        kept = [note for note in notes if str(note.get("/Subtype", "")) not in _COMMENTS]
        found = found or any(
            str(note.get("/Contents", "")).strip() for note in notes if note.get("/Subtype") == Name.Text
        )
        for note in kept:
            if note.get("/Subtype") not in (Name.Link, Name.Widget, Name.FreeText):
                found = found or bool(str(note.get("/Contents", "")).strip())
                for key in ("/Contents", "/RC"):
                    if key in note:
                        del note[key]
            for key in ("/T", "/Popup") if note.get("/Subtype") != Name.Widget else ():
                if key in note:
                    del note[key]
        if len(kept) < len(notes):
            page.obj.Annots = Array(kept)
    return found


def _makers(pdf):
    """Keep the title; the rest says who made the file, with what and when."""
    found = bool(str(pdf.docinfo.get("/Author", "")).strip())
    for key in list(pdf.docinfo.keys()):
        if key != "/Title":
            del pdf.docinfo[key]
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    return found
