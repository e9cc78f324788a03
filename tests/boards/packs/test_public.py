"""Public copies: nothing restricted is in them, whatever the agenda looks like."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.document import build, numbering
from boards.packs import leaks, pack, public
from tests.boards.packs.test_pack import page_texts, plain

GROUNDS = {
    "grounds": ["12A-3"],
    "ground_titles": ["Financial or business affairs"],
    "reason": "canary reason for the restriction",
}
WORDS = st.lists(
    st.sampled_from("alpha beta gamma delta epsilon zeta eta theta iota kappa".split()), min_size=4, max_size=9
)


def canary(number):
    return f"canary{number} hides quietly behind word{number}"


@st.composite
def meetings(draw):
    """A random agenda with random restrictions; every restricted string holds the word canary."""
    count, items = 0, []
    for place in range(draw(st.integers(1, 4))):
        restricted = draw(st.booleans()) and place > 0
        papers = []
        for index in range(draw(st.integers(0, 2))):
            hidden = draw(st.integers(0, 4)) == 0
            blocks = []
            for _ in range(draw(st.integers(1, 4))):
                count += 1
                words = " ".join(draw(WORDS))
                kind = draw(st.sampled_from(["open", "block", "span", "list"]))
                if kind == "open":
                    blocks.append(build.para(words))
                elif kind == "block":
                    blocks.append(build.para(canary(count), restricted="12A-3"))
                elif kind == "span":
                    blocks.append(build.para(words, " ", build.restrict("12A-3", canary(count)), " ", words))
                else:
                    blocks.append(build.bullets(words, build.item(canary(count), restricted="12A-3")))
            document = build.doc(build.section("Purpose", *blocks))
            number, secret = f"{place + 3}.{index}", hidden or restricted
            papers.append({
                "id": f"p{place}-{index}", "number": number, "to": "The Board", "from_role": "Chief Executive",
                "title": f"canary{count} sale of land" if secret else f"Report {number}",
                "open_title": "Property matter" if secret else "", "paper_date": "2017-02-06",
                "marking": draw(st.sampled_from(["OFFICIAL", "OFFICIAL-SENSITIVE"])) if secret else "OFFICIAL",
                "template": "board-paper", "document": document, "numbers": numbering.number(document).as_dict(),
                "restriction": GROUNDS if hidden else None, "register": None, "annexes": [],
            })  # fmt: skip
        items.append({
            "id": f"i{place}", "number": f"{place + 3}.0", "agenda_number": str(place + 3), "type": "paper",
            "title": f"canary item {place} about a contract" if restricted else f"Item {place}", "open_title": "Contract matter",
            "lead_role": "Chair", "action_requested": "note", "note": "canary note for members only" if restricted else "",
            "late_reason": "", "restriction": GROUNDS if restricted else None, "papers": papers,
        })  # fmt: skip
    return {
        "format": 1, "template": "1", "office": {"name": "Office"}, "board": {"id": "1", "name": "Board", "slug": "b"},
        "meeting": {"id": "1", "date": "2017-02-06", "time": "14:00", "venue": "Room", "is_public": True},
        "edition": {"number": 1, "kind": "agenda", "reason": "", "sealed_at": "2017-01-30T10:00:00Z"},
        "items": items, "registers": {"risks": {"snapshot": {"canary": "canary"}}}, "assets": {},
    }  # fmt: skip


@given(meetings())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_public_content_holds_no_canary(content):
    before = copy.deepcopy(content)
    shown = public.public(content)
    assert "canary" not in json.dumps(shown)
    assert content == before, "a pure function changes nothing"


@given(meetings())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_public_copy_of_a_public_copy_is_itself(content):
    shown = public.public(content)
    assert public.public(shown) == shown


@given(meetings())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_public_pack_holds_no_canary_and_its_ledger_is_true(content):
    shown = public.public(content)
    made = pack.build_pack_bytes(shown, audience="public", load_file=None)
    texts = page_texts(made.bytes)
    assert "canary" not in " ".join(texts).lower()
    assert leaks.prove(content, shown, made.bytes)["hits"] == []
    assert len(texts) == made.ledger.pages
    for row in made.ledger.rows:
        if row.kind == "paper":
            assert row.title in plain(texts[row.page - 1]) and f"Agenda Item: {row.number}" in texts[row.page - 1]
    assert all(text.count("OFFICIAL") >= 2 and "SENSITIVE" not in text for text in texts)


@given(meetings())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_canary_of_a_members_pack_would_be_found(content):
    """The proof itself is tested: shown a members' pack, it finds each restricted place that has enough words."""
    made = pack.build_pack_bytes(content, audience="members", load_file=None)
    wanted = {
        secret.where for secret in leaks.secrets(content) if "canary" in secret.words and "reason" not in secret.words
    }
    found = {hit["where"] for hit in leaks.prove(content, public.public(content), made.bytes)["hits"]}
    assert wanted <= found


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("text broken over lines", "the sale of the river-\nside walrus\nenclosure to"),
        ("markup", "<p>The <b>sale</b> of the <i>riverside</i> walrus enclosure</p>"),
        ("an attribute", '<a href="/x" title="Sale of the riverside walrus enclosure">x</a>'),
        ("other quotes and case", "SALE OF THE RIVERSIDE WALRUS ENCLOSURE"),
        ("entities", "<p>Sale&nbsp;of&#32;the riverside walrus enclosure</p>"),
        ("a feed", "<title><![CDATA[ Sale of the riverside walrus enclosure ]]></title>"),
        ("soft hyphens", "Sale of the river\u00adside walrus enclosure"),
    ],
)
def test_a_restricted_title_is_found_however_it_is_written(place, text):
    content = {"items": [{
        "number": "5.0", "title": "Sale of the riverside walrus enclosure", "open_title": "Property matter", "restriction": GROUNDS,
        "papers": [],
    }]}  # fmt: skip
    assert [hit.place for hit in leaks.find(content, [(place, text)])] == [place]


def test_words_that_the_public_copy_says_openly_are_no_leak():
    content = {"items": [
        {"number": "5.0", "title": "Annual report", "open_title": "Report", "restriction": GROUNDS, "papers": []},
        {"number": "6.0", "title": "Annual report", "open_title": "", "restriction": None, "papers": []},
    ]}  # fmt: skip
    assert leaks.find(content, [("page 1", "Annual report")]) == []
    assert leaks.find(content, [("page 1", "Annual report")], spare_open=False) != []
