"""A document as the fields of a plain form."""

from dataclasses import dataclass, field

from boards.document import numbering, plain_edit, typed

VERBS = [
    ("note", "note"),
    ("approve", "approve"),
    ("decide", "decide"),
    ("endorse", "endorse"),
    ("discuss", "discuss"),
    ("sign", "sign"),
    ("refer", "refer"),
]

NAMES = {
    "para": "Paragraph",
    "subheading": "Sub-heading",
    "bulletList": "Bullet list",
    "orderedList": "Lettered list",
    "tableFigure": "Table",
    "figure": "Figure",
    "chart": "Chart",
    "quote": "Quotation",
    "recommendation": "Recommendation",
    "recommendationEcho": "Recommendations, shown again",
    "sourceDocument": "Source document",
    "contactOfficer": "Contact officer",
    "guidance": "Guidance",
}  # fmt: skip


@dataclass
class BlockRow:
    """One block: what it is, its number, its fields, and what other people changed in it meanwhile."""

    id: str
    type: str
    name: str
    number: str
    attrs: dict
    text: str = ""
    rows: int = 2
    caption: str = ""
    cells: list = field(default_factory=list)
    generated: bool = False
    taken: bool = False
    theirs: str = ""
    findings: list = field(default_factory=list)


@dataclass
class SectionRow:
    id: str
    number: str
    title: str
    role: str
    blocks: list[BlockRow]
    generated: bool


def sections(document: dict, *, theirs: dict[str, str] | None = None, findings: list = ()) -> list[SectionRow]:
    numbers = numbering.number(document)
    by_block: dict[str, list] = {}
    for finding in findings:
        by_block.setdefault(finding.block_id or "", []).append(finding)
    found = []
    for section in document["content"]:
        heading = next((child for child in section["content"] if child["type"] == "heading"), {})
        attrs = section["attrs"]
        found.append(
            SectionRow(
                id=attrs["id"],
                number=numbers.number(attrs["id"]) or "",
                title="".join(node.get("text", "") for node in heading.get("content", [])),
                role=attrs.get("role") or "",
                blocks=[
                    _block(b, numbers, theirs or {}, by_block) for b in section["content"] if b["type"] != "heading"
                ],
                generated=bool(attrs.get("gen")),
            )
        )
    return found


def _block(block: dict, numbers, theirs: dict[str, str], findings: dict[str, list]) -> BlockRow:
    attrs, kind = block.get("attrs") or {}, block["type"]
    gen = attrs.get("gen") or {}
    row = BlockRow(
        id=attrs.get("id", ""),
        type=kind,
        name=NAMES.get(kind, kind),
        number=numbers.number(attrs.get("id", "")) or "",
        attrs=attrs,
        generated=bool(gen) and not gen.get("taken"),
        taken=bool(gen.get("taken")),
        theirs=theirs.get(attrs.get("id", ""), ""),
        findings=findings.get(attrs.get("id", ""), []),
    )
    if kind in plain_edit.TEXT_BLOCKS:
        row.text = typed.to_text(block.get("content"))
    elif kind in plain_edit.LISTS:
        row.text = plain_edit.list_text(block)
    elif kind == "quote":
        row.text = plain_edit.quote_text(block)
    elif kind in {"tableFigure", "figure"}:
        caption = next((child for child in block["content"] if child["type"] == "caption"), {})
        row.caption = "".join(node.get("text", "") for node in caption.get("content", []))
        table = next((child for child in block["content"] if child["type"] == "table"), None)
        row.cells = [[_cell(cell) for cell in line["content"]] for line in table["content"]] if table else []
    row.rows = min(max(2, row.text.count("\n") + len(row.text) // 90 + 1), 14)
    return row


def _cell(cell: dict) -> dict:
    attrs = cell.get("attrs") or {}
    return {
        "text": plain_edit.cell_text(cell),
        "header": cell["type"] == "tableHeader",
        "colspan": attrs.get("colspan") or 1,
        "rowspan": attrs.get("rowspan") or 1,
        "right": attrs.get("align") == "right",
    }
