"""Typesetting depends on nothing but its input and what is shipped."""

import io
import os

import pikepdf
import pytest

from boards.packs import pack, typesetting

PAGE = "<html lang=en-GB><title>T</title><h1>Title</h1><p>Words with → arrows, “quotes” and £ signs.</p>{}</html>"


def fonts_of(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(thing.get("/BaseFont"))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing
        }


def test_only_shipped_fonts_are_used():
    pdf, _ = typesetting.typeset(
        PAGE.format('<p style="font-family: DejaVu Sans, Arial">Other fonts are asked for ▲ ✓.</p>')
    )
    assert fonts_of(pdf) and all("Source" in name for name in fonts_of(pdf))


def test_the_machines_font_settings_are_left_alone():
    typesetting.typeset(PAGE.format(""))
    assert "boards/packs" not in os.environ.get("FONTCONFIG_FILE", "")


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "file:///etc/passwd", "http://127.0.0.1/a.png", "data:text/plain,x"]
)
def test_nothing_outside_the_pack_is_fetched(address):
    with pytest.raises(typesetting.RenderError, match="outside the pack"):
        typesetting.typeset(PAGE.format(f'<img src="{address}" alt="x">'))


def test_a_missing_picture_fails_with_a_sentence():
    def load(digest):
        raise LookupError(digest)

    with pytest.raises(typesetting.RenderError, match="missing from the file store"):
        typesetting.typeset(PAGE.format('<img src="asset:abc" alt="x">'), load)


def test_a_picture_that_is_none_fails_with_a_sentence():
    with pytest.raises(typesetting.RenderError, match="cannot be read"):
        typesetting.typeset(PAGE.format('<img src="asset:abc" alt="x">'), lambda digest: b"not a picture")


def test_same_html_gives_the_same_bytes():
    assert typesetting.typeset(PAGE.format("")) == typesetting.typeset(PAGE.format(""))


def test_a_paragraph_over_two_pages_is_one_element():
    pdf, info = typesetting.typeset(PAGE.format(f"<p>{'Many words follow. ' * 900}</p>"))
    with pikepdf.open(io.BytesIO(pdf)) as made:
        kinds = [
            str(thing.S)
            for thing in made.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.StructElem
        ]
    assert info.pages > 2
    assert kinds.count("/P") == 2


def test_a_header_repeated_page_after_page_is_read_once():
    rows = "".join(f"<tr><th scope=row>R{n}</th><td>{'words ' * 60}</td></tr>" for n in range(60))
    pdf, info = typesetting.typeset(
        PAGE.format(f"<table><thead><tr><th>Ref</th><th>Text</th></tr></thead><tbody>{rows}</tbody></table>")
    )
    with pikepdf.open(io.BytesIO(pdf)) as made:
        elements = [
            thing
            for thing in made.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.StructElem
        ]
    scopes = [str(each.A.Scope) for each in elements if each.S == pikepdf.Name.TH]
    assert info.pages > 3
    assert (scopes.count("/Column"), scopes.count("/Row")) == (2, 60)
    assert sum(pikepdf.Name.Table == each.S for each in elements) == 1
    assert info.continued and all(words.startswith("R") for *_, words in info.continued)


@pytest.mark.parametrize(
    ("sealed_at", "moment"),
    [
        ("2017-07-03T09:30:00+01:00", "2017-07-03T08:30:00Z"),
        ("2017-01-30T10:00:00+00:00", "2017-01-30T10:00:00Z"),
        ("2017-01-30T10:00:00Z", "2017-01-30T10:00:00Z"),
        (None, "2017-02-06T00:00:00Z"),
    ],
)
def test_a_pack_is_dated_with_the_moment_of_sealing_in_summer_too(sealed_at, moment):
    content = {
        "board": {"name": "Board"},
        "meeting": {"date": "2017-02-06"},
        "edition": {"kind": "agenda", "number": 1, "sealed_at": sealed_at},
    }
    assert pack.facts_of(content, "members", "").date == moment


@pytest.mark.parametrize("change", [("stylesheet_text", "p { color: red }"), ("versions", ["another version"])])
def test_a_fragment_is_stored_anew_when_what_draws_it_changes(monkeypatch, change):
    seen = {typesetting.engine_digest.__wrapped__()}
    monkeypatch.setattr(typesetting, change[0], lambda: change[1])
    assert typesetting.engine_digest.__wrapped__() not in seen


def test_the_versions_that_shape_a_fragment_are_all_named():
    import fontTools

    assert {pikepdf.__version__, pikepdf.__libqpdf_version__, fontTools.version} <= set(typesetting.versions())
