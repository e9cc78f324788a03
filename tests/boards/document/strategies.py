"""Random documents that keep every rule of the schema, and random edits of them: for every test of the block tree."""

from hypothesis import strategies as st

from boards.document import build as b
from boards.document import ids, schema
from boards.document.specification import TONES

WORDS = (
    "the board is asked to note that the force will spend £1.2m on estates in 2017/18 because of a risk; “reserves” & "
    "<b>levels</b> "
    'remain at 6.3% Ünïcode – 東京 (SR3.1) e.g. PCC\'s \u00a0 & &amp; "quotes"'
).split(" ")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
loose_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=20)
some_text = st.one_of(words, words, words, loose_text)
maybe = st.booleans()
grounds = st.sampled_from(["3", "5", "s.40"])
refs = st.sampled_from(
    ["risks:SR3.1", "plans:V1", "finance:general-reserve", "item:12", "annex:7", "block:b000000000z"]
)
urls = st.sampled_from(["https://example.org/a?b=1&c=2", "http://example.org/", "mailto:office@example.org"])


@st.composite
def marked(draw):
    node = b.text(draw(some_text))
    for wrap in draw(
        st.lists(
            st.sampled_from(
                [
                    b.strong,
                    b.em,
                    b.subscript,
                    b.superscript,
                    b.define,
                    lambda n: b.link("https://example.org/", n),
                    lambda n: b.restrict("3", n),
                ]
            ),
            max_size=3,
        )
    ):
        (node,) = wrap(node)
    return node


atoms = st.one_of(
    st.just(b.br()),
    st.builds(b.xref, refs, st.one_of(st.none(), some_text), page=maybe),
    st.builds(b.bound, st.sampled_from(["finance", "risks"]), words, some_text),
    st.builds(b.tag, some_text, st.sampled_from(TONES)),
    st.builds(b.footnote, some_text),
)
inline = st.lists(st.one_of(marked(), marked(), atoms), max_size=5)
common = st.fixed_dictionaries(
    {},
    optional={
        "gen": st.builds(b.gen, words, st.integers(0, 3), taken=maybe),
        "restricted": grounds,
    },
)


def with_common(function, *args, **kwargs):
    return st.builds(lambda extra, *a, **k: function(*a, **{**extra, **k}), common, *args, **kwargs)


def lists(depth=2):
    item = st.lists(marked(), max_size=3)
    if depth:
        item = st.builds(
            lambda a, nested: [a, nested], item, st.lists(st.deferred(lambda: lists(depth - 1)), max_size=1)
        )
    items = st.lists(item, min_size=1, max_size=3)
    return st.one_of(
        items.map(lambda xs: b.bullets(*xs)),
        st.builds(lambda xs, kind: b.letters(*xs, kind=kind), items, st.sampled_from(["alpha", "roman", "decimal"])),
    )


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 4))
    cell = st.builds(
        lambda words, tone, header: {"text": words, "tone": tone, "header": header},
        st.lists(marked(), max_size=2),
        st.one_of(st.none(), st.sampled_from(TONES)),
        maybe,
    )
    rows = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=4))
    if columns > 1 and draw(maybe):  # merge two cells of the first row
        rows[0] = [{**rows[0][0], "colspan": 2}, *rows[0][2:]]
    elif len(rows) > 1 and draw(maybe):  # or the first cells of the first two rows
        rows[0] = [{**rows[0][0], "rowspan": 2}, *rows[0][1:]]
        rows[1] = rows[1][1:]
    widths = None
    if draw(maybe):
        widths = [100 // columns] * columns
        widths[-1] += 100 - sum(widths)
    header = draw(st.one_of(st.none(), st.just([f"Column {n}" for n in range(columns)])))
    return b.table(
        draw(some_text), header, rows, widths=widths, note=draw(st.one_of(st.none(), marked())),
        align=draw(st.sampled_from(["", "lr", "cc"])), numbered=draw(maybe), **draw(common),
    )  # fmt: skip


numbers = st.lists(st.integers(-5, 5), max_size=4)
blocks = st.one_of(
    with_common(b.para, inline, level=st.integers(1, 3), numbered=maybe),
    with_common(b.para, inline, level=st.integers(1, 3), numbered=maybe),
    with_common(b.para, inline),
    with_common(b.sub, inline),
    lists(),
    tables(),
    with_common(lambda c, a, **k: b.figure(c, "asset:" + "0a" * 32, a, **k), some_text, some_text),
    with_common(lambda n, c, a, **k: b.chart("risks.heatmap", {"points": n}, c, a, **k), numbers, some_text, some_text),
    with_common(b.quote, inline),
    with_common(b.recommend, st.sampled_from(["note", "approve", "sign"]), inline),
    with_common(b.echo),
    with_common(b.source, inline, href=st.one_of(st.none(), urls)),
    with_common(b.contact, some_text, st.just("office@example.org")),
    with_common(b.guidance, inline),
)


@st.composite
def sections(draw):
    return b.section(
        draw(some_text),
        draw(st.lists(blocks, max_size=5)),
        role=draw(st.sampled_from([None, "purpose", "body", "bibliography", "appendix"])),
        orientation=draw(st.sampled_from(["portrait", "portrait", "landscape"])),
        numbered=draw(st.sampled_from([True, True, False])),
        **draw(common),
    )


@st.composite
def documents(draw):
    """A valid, normal document of one to four sections. Some blocks carry anchors, some references point inside."""
    document = b.doc(draw(st.lists(sections(), min_size=1, max_size=4)))
    document = schema.normalise(document)
    all_blocks = [node for section in document["content"] for node in section["content"][1:]]
    for index, node in enumerate(all_blocks):
        if draw(st.integers(0, 5)) == 0:
            node["attrs"]["anchor"] = f"risks:SR{index}"
    pointing = [node for node in schema.walk(document) if node["type"] == "xref"]
    if all_blocks:
        for node in pointing:
            if draw(maybe):
                node["attrs"]["target"] = f"block:{draw(st.sampled_from(all_blocks))['attrs']['id']}"
    return document


# Edits


def _copy(node):
    if isinstance(node, dict):
        return {key: _copy(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_copy(value) for value in node]
    return node


@st.composite
def edited(draw, document, most=5):
    """The document after a few random edits, as an officer's version: ids of what stays are kept."""
    document = _copy(document)
    for _ in range(draw(st.integers(0, most))):
        section = draw(st.sampled_from(document["content"]))
        kind = draw(
            st.sampled_from(["insert", "remove", "move", "words", "attrs", "items", "section", "copy", "title"])
        )
        body = section["content"]
        if kind == "insert":
            body.insert(draw(st.integers(1, len(body))), draw(blocks))
        elif kind == "remove" and len(body) > 1:
            body.pop(draw(st.integers(1, len(body) - 1)))
        elif kind == "move" and len(body) > 1:
            node = body.pop(draw(st.integers(1, len(body) - 1)))
            target = draw(st.sampled_from(document["content"]))["content"]
            target.insert(draw(st.integers(1, len(target))), node)
        elif kind == "words":
            holders = [
                n for n in schema.walk(section) if n["type"] in ("para", "plain", "recommendation", "subheading")
            ]
            if holders:
                holder = draw(st.sampled_from(holders))
                content = holder.get("content", [])
                content.insert(draw(st.integers(0, len(content))), draw(st.one_of(marked(), atoms)))
                if draw(maybe):
                    content.pop(draw(st.integers(0, len(content) - 1)))
                holder["content"] = content
        elif kind == "attrs" and len(body) > 1:
            node = draw(st.sampled_from(body[1:]))
            node["attrs"]["restricted"] = draw(st.sampled_from([None, "3"]))
        elif kind == "items":
            holders = [n for n in schema.walk(section) if n["type"] in ("bulletList", "orderedList", "table")]
            if holders:
                holder = draw(st.sampled_from(holders))
                if holder["type"] == "table":
                    plain = all(
                        c["attrs"]["colspan"] == c["attrs"]["rowspan"] == 1
                        for r in holder["content"]
                        for c in r.get("content", [])
                    )
                    if plain and len(holder["content"]) > 1:
                        holder["content"].append(holder["content"].pop(0))
                else:
                    holder["content"].append(b.item(draw(some_text)))
        elif kind == "section":
            document["content"].insert(draw(st.integers(0, len(document["content"]))), draw(sections()))
        elif kind == "copy" and len(body) > 1:
            body.append(_copy(draw(st.sampled_from(body[1:]))))
        elif kind == "title":
            body[0]["content"] = [b.text(draw(words))]
    seen = set()
    for node in schema.walk(document):  # a copied block does not take the anchor with it
        anchor = (node.get("attrs") or {}).get("anchor")
        if anchor in seen:
            node["attrs"]["anchor"] = None
        elif anchor:
            seen.add(anchor)
    return schema.normalise(document)


@st.composite
def versions(draw):
    """Two versions of one paper."""
    before = draw(documents())
    return before, draw(edited(before))


@st.composite
def three_way(draw):
    """A common base and the saves of two people."""
    base = draw(documents())
    return base, draw(edited(base, 3)), draw(edited(base, 3))


__all__ = ["blocks", "documents", "edited", "ids", "inline", "sections", "three_way", "versions"]
