"""A reference means the same on screen and on paper: the same words, the same paper, the same page."""

import datetime as dt
import re
import uuid
from types import SimpleNamespace

import pytest

from boards.document import build, numbering
from boards.packs import pack, public
from boards.packs.context import Directory, PackContext
from boards.packs.extract import paper_range
from boards.packs.references import References
from boards.presenters.sealed_paper import ReaderContext
from tests.boards.packs import sample

GROUNDS = {"grounds": ["12A-3"], "ground_titles": ["Financial or business affairs"], "reason": "Price"}
KEPT, HIDDEN = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
TARGETS = (
    "item:i3", "item:i4", "item:i6", "risks:SR1.1", "block:bunnumbered", "block:bnumbered0", "block:bnowhere000",
    f"annex:{KEPT}", f"annex:{HIDDEN}", "item:nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def content():
    """Item 4 has two papers that both name SR1.1; item 6 is restricted; one annex is."""
    made, load_file = sample.meeting(3, 3, wide_every=9, annexes=0)
    maker = load_file.__self__
    item = made["items"][1]
    first, second = item["papers"][0], {**maker.paper("4.1", "A further paper", pages=3), "id": "further"}
    item["papers"].append(second)
    for paper in (first, second):
        document = paper["document"]
        document["content"].append(build.section("The risk", build.para("Named here."), anchor="risks:SR1.1"))
        paper["numbers"] = numbering.number(document).as_dict()
    second["document"]["content"].append(
        build.section(
            "Loose ends", build.para("Without a number.", numbered=False, id="bunnumbered"),
            build.para("With one.", id="bnumbered0"),
        )
    )  # fmt: skip
    second["numbers"] = numbering.number(second["document"]).as_dict()
    second["annexes"] = [
        maker.annex("A", "Survey", sample.annex_pdf(1), id=KEPT),
        maker.annex("B", "Valuation", sample.annex_pdf(2), id=HIDDEN, open_title="Valuation", restriction=GROUNDS),
    ]
    made["items"][3].update(restriction=GROUNDS, open_title="Property matter")
    return made, load_file


@pytest.fixture(scope="module")
def ledgers(content):
    """What each audience may see, and the ledger of its pack."""
    made, load_file = content
    copies = {"members": made, "public": public.public(made)}
    return {
        audience: (shown, pack.build_pack_bytes(shown, audience=audience, load_file=load_file).ledger)
        for audience, shown in copies.items()
    }


@pytest.mark.parametrize("audience", ["members", "public"])
@pytest.mark.parametrize("place", [(1, 0), (1, 1), (2, 0)])
def test_a_reference_means_the_same_in_the_reader_and_in_the_pack(ledgers, audience, place):
    shown, ledger = ledgers[audience]
    here = shown["items"][place[0]]["papers"][place[1]]
    meeting = SimpleNamespace(board=SimpleNamespace(slug="bcb"), date=dt.date(2017, 2, 6))
    reading = SimpleNamespace(content=shown, meeting=meeting, edition=SimpleNamespace(number=1))
    on_screen, on_paper = ReaderContext(reading, ledger, here), PackContext(Directory(shown), here, References(ledger))
    ids = {paper["number"]: paper["id"] for item in shown["items"] for paper in item["papers"]}
    for target in TARGETS:
        screen, paper = on_screen.resolve_target(target), on_paper.resolve_target(target)
        assert (screen.label, screen.page) == (paper.label, paper.page), target
        assert bool(screen.href) == bool(paper.href), target
        if screen.href and not target.startswith("annex:"):
            number = re.search(r"/papers/([0-9-]+)/", screen.href)[1].replace("-", ".")
            first, last = paper_range(ledger.as_dict(), ids[number])
            assert first <= ledger.page(target) <= last, f"{target} leads to {screen.href} and to page {screen.page}"


def test_an_item_stands_for_its_first_paper_and_a_name_for_its_first_place(content):
    directory = Directory(content[0])
    assert directory.find("item:i4", None).paper["number"] == "4.0"
    assert directory.find("risks:SR1.1", None).paper["number"] == "4.0"
