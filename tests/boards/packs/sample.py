"""A made-up meeting of any size, the same on every run: for tests and benchmarks of the pack engine."""

import datetime as dt
import hashlib
import io
import random
import uuid

import pikepdf
from pikepdf import Dictionary, Name

from boards.document import build, numbering

WORDS = (
    "the board paper sets out progress against agreed actions and asks members to note risks resources demand officers "
    "force constabulary commissioner plan year budget reserve estate fleet training review quarter partnership victims "
    "community safety performance measure outcome change programme assurance control delivery governance strategy forecast "
    "savings grant precept staff vacancy digital evidence custody call response neighbourhood policing public confidence"
).split()
TITLES = (
    "Strategic risk register|Medium term financial strategy|Police and Crime Plan delivery|Estates programme update|"
    "Complaints and conduct review|Use of reserves|Community safety fund|Custody visiting annual report|Digital policing|"
    "Fleet replacement|Performance against the plan|Collaboration outline case|Treasury management|Victim services review|"
    "Roads policing|Recruitment and retention|Health and safety annual report|External audit letter|Internal audit plan|"
    "Procurement pipeline|Equality duty report|Environmental strategy|Grants awarded|Mental health demand|Forward plan"
).split("|")


class Maker:
    def __init__(self, seed=1):
        self.random = random.Random(seed)
        self.files = {}

    def sentence(self, low=9, high=22):
        words = [self.random.choice(WORDS) for _ in range(self.random.randint(low, high))]
        return " ".join(words).capitalize() + "."

    def text(self, sentences=4):
        return " ".join(self.sentence() for _ in range(sentences))

    def cell(self, low=3, high=16):
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(low, high)))

    def paras(self, count, sentences=5):
        return [build.para(self.text(sentences)) for _ in range(count)]

    def wide_table(self, rows, prefix="SR"):
        header = [
            "Ref",
            "Objective",
            "Causes and effects",
            "Controls in place",
            "Assurance",
            "Future actions",
            "Rating",
        ]
        body = []
        for number in range(1, rows + 1):
            long = 60 if number % 5 == 0 else 18
            body.append([
                f"{prefix}{number}.1", self.cell(4, 9), self.cell(8, long + 8), self.cell(8, long + 12), self.cell(4, 12),
                self.cell(6, long), str(self.random.randint(1, 25)),
            ])  # fmt: skip
        return build.table("Register of risks and controls", header, body, widths=[8, 15, 20, 20, 13, 16, 8])

    def paper(self, number, title, *, pages=9, wide=False, refs=(), restricted_block=None):
        share = max(2, pages // 3)
        blocks = [
            build.section("Purpose", *self.paras(2, 3), role="purpose"),
            build.section(
                "Recommendation", build.recommend("note", "the contents of this report."), role="recommendation"
            ),
        ]
        background = [
            build.para("This paper follows ", build.xref(target, page=True), ". ", self.text(3)) for target in refs
        ]
        blocks.append(build.section("Background", *background, *self.paras(3, 4), role="background"))
        if restricted_block:
            blocks[-1]["content"].append(build.para(restricted_block, restricted="12A-3"))
        for place in range(share):
            extra = [build.bullets(*[self.sentence(5, 12) for _ in range(5)])] if place % 2 else [
                build.table("Spend by quarter", ["Heading", "Budget £000", "Actual £000", "Variance £000"],
                            [[self.cell(2, 4).capitalize(), *(str(self.random.randint(10, 9999)) for _ in range(3))] for _ in range(7)],
                            widths=[40, 20, 20, 20]),
            ]  # fmt: skip
            blocks.append(build.section(self.cell(2, 4).capitalize(), *self.paras(5, 5), *extra))
        if wide:
            blocks.append(
                build.section("The register", self.wide_table(pages * 4), role="appendix", orientation="landscape")
            )
        blocks.append(build.section("Recommendation", build.echo()))
        document = build.doc(*blocks)
        self.rename(document, number)
        return {
            "id": f"p{number.replace('.', '-')}", "number": number, "title": title, "open_title": "",
            "to": "Business Coordination Board", "from_role": "Chief Executive", "paper_date": "2017-02-06", "marking": "OFFICIAL",
            "template": "board-paper", "document": document, "numbers": numbering.number(document).as_dict(), "restriction": None,
            "register": None, "annexes": [],
        }  # fmt: skip

    def rename(self, document, number):
        """Give blocks ids that are the same on every run."""
        count = 0

        def walk(node):
            nonlocal count
            attributes = node.get("attrs")
            if attributes and attributes.get("id"):
                count += 1
                digest = hashlib.sha256(f"{number} {count}".encode()).hexdigest()
                attributes["id"] = "b" + digest[:10]
            for child in node.get("content", ()):
                walk(child)

        walk(document)

    def annex(self, letter, title, data, **facts):
        digest = hashlib.sha256(data).hexdigest()
        self.files[digest] = data
        pages = len(pikepdf.open(io.BytesIO(data)).pages)
        return {
            "id": str(uuid.UUID(digest[:32])), "title": title, "open_title": "", "letter": letter, "file": f"{digest}.pdf",
            "sha256": digest, "pages": pages, "tagged": False, "content_type": "application/pdf", "restriction": None, **facts,
        }  # fmt: skip

    def load_file(self, digest):
        return self.files[digest]


def annex_pdf(pages=20, *, rotate=0, landscape=False, text=True):
    """An untagged PDF as a machine in an office would make it."""
    pdf = pikepdf.new()
    size = (842, 595) if landscape else (595, 842)
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(pages):
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1].obj
        lines = "".join(
            f"0 -16 Td (Line {line} of page {number + 1} of the annex as it was handed in) Tj " for line in range(40)
        )
        words = f"BT /F1 11 Tf 40 {size[1] - 40} Td {lines} ET" if text else "0.4 0.5 0.6 rg 50 50 200 300 re f"
        page.Contents = pdf.make_stream(words.encode())
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        if rotate:
            page.Rotate = rotate
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def meeting(papers=5, pages=9, *, wide_every=3, annexes=1, annex_pages=20, seed=1):
    """(content, load_file) of a meeting with this many papers of about this many pages."""
    maker = Maker(seed)
    items = [{
        "id": "i3", "number": "3.0", "agenda_number": "3", "title": "Minutes of the last meeting", "open_title": "", "type": "minutes",
        "lead_role": "Chair", "action_requested": "approve", "note": "", "late_reason": "", "restriction": None, "papers": [],
    }]  # fmt: skip
    for place in range(papers):
        number = f"{place + 4}.0"
        title = TITLES[place % len(TITLES)] + (f" {place // len(TITLES) + 1}" if place >= len(TITLES) else "")
        refs = (f"item:i{place + 5}",) if place % 8 == 0 and place + 1 < papers else ()
        paper = maker.paper(number, title, pages=pages, wide=place % wide_every == 0, refs=refs)
        if place < annexes:
            data = annex_pdf(annex_pages, rotate=90 if place % 2 else 0, landscape=bool(place % 2))
            paper["annexes"].append(maker.annex("A", f"Consultant report {place + 1}", data))
        items.append({
            "id": f"i{place + 4}", "number": number, "agenda_number": str(place + 4), "title": title, "open_title": "", "type": "paper",
            "lead_role": "Chief Finance Officer" if place % 2 else "Chief Executive", "action_requested": "note", "note": "",
            "late_reason": "", "restriction": None, "papers": [paper],
        })  # fmt: skip
    return {
        "format": 1, "template": "1",
        "office": {"name": "Office of the Police and Crime Commissioner", "area": "Exampleshire", "force": "Constabulary"},
        "board": {"id": "1", "name": "Business Coordination Board", "slug": "bcb"},
        "meeting": {"id": "1", "date": "2017-02-06", "time": "14:00", "venue": "Conference room 1, Police Headquarters", "is_public": True},
        "edition": {"number": 1, "kind": "agenda", "reason": "", "sealed_at": "2017-01-30T10:00:00Z"},
        "items": items, "registers": {}, "assets": {},
    }, maker.load_file  # fmt: skip


def seal(content=None, load_file=None, *, number=1, kind="agenda", reason="", of=None):
    """The Edition row of such a meeting, sealed, with its files in the store."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from boards.canonical import canonical_json, digest
    from boards.models import Board, Edition, Meeting

    if content is None:
        content, load_file = meeting(3, 4, annexes=1, annex_pages=2)
    for item in content["items"]:
        for paper in item["papers"]:
            for annex in paper["annexes"]:
                data = load_file(annex["sha256"])
                annex["file"] = default_storage.save(f"annexes/{annex['sha256'][:8]}.pdf", ContentFile(data))
    if of is None:
        board, _ = Board.objects.get_or_create(name="Business Coordination Board", defaults={"slug": "bcb"})
        of = Meeting.objects.create(board=board, date=dt.date(2017, 2, 6), venue="Room 1", is_public=True)
    content["meeting"]["id"] = str(of.pk)
    content["edition"].update(number=number, kind=kind, reason=reason)
    canonical = canonical_json(content)
    row = Edition(meeting=of, number=number, kind=kind, reason=reason, canonical=canonical, sha256=digest(canonical))
    row.save()
    return row
