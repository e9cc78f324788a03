"""The tags of a page: words beside every colour, refusals that are read out, tables that scroll."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.html import format_html

from portal.design import words

ROOT = Path(__file__).resolve().parents[2]


def draw(text: str, **context) -> str:
    return Template("{% load gov %}" + text).render(Context(context))


def test_a_refused_button_says_why_and_cannot_be_pressed():
    html = draw('{% gov_button "Clear" refusal="You wrote this paper." %}')
    why = re.search(r'aria-describedby="([^"]+)"', html)[1]
    assert f'id="{why}">You wrote this paper.</p>' in html
    assert 'type="button"' in html and 'aria-disabled="true"' in html


def test_two_refused_buttons_have_reasons_of_their_own():
    html = draw('{% gov_button "A" refusal="x" %}{% gov_button "B" refusal="y" %}')
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 2


def test_a_repeated_button_names_what_it_acts_on_for_those_who_do_not_see_it():
    assert '<span class="govuk-visually-hidden">item 5</span>' in draw('{% gov_button "Remove" of="item 5" %}')


@pytest.mark.parametrize("value", ["red", "Yellow", "GREEN", "white"])
def test_rag_is_written_as_a_word(value):
    assert f">{value.capitalize()}</span>" in draw("{% rag value %}", value=value)


def test_nothing_known_is_not_a_colour():
    assert "Not rated" in draw("{% rag value %}", value=None)


@pytest.mark.parametrize("name", ["mediumHigh", "Medium-high", "medium_high", "MEDIUM HIGH"])
def test_a_band_is_one_thing_however_it_is_spelt(name):
    assert words.css_name(name) == "medium-high"
    assert 'class="app-chip app-chip--medium-high">18 Medium-high</span>' in draw("{% band name 18 %}", name=name)


def test_an_arrow_has_words_and_no_comparison_has_no_arrow():
    assert "Improved</span>" in draw('{% direction "improved" %}')
    assert draw('{% direction "" %}') == ""


def test_a_table_scrolls_in_a_region_that_the_keyboard_reaches():
    html = draw('{% gov_table "Reserves" header rows numeric="2" %}', header=["Name", "£"], rows=[["General", "<1>"]])
    assert '<div class="app-scroll" role="region" aria-label="Reserves" tabindex="0">' in html
    assert '<th scope="row"' in html and "&lt;1&gt;" in html and "govuk-table__cell--numeric" in html


def test_a_heading_cell_always_has_words():
    assert ">Row</span>" in draw('{% gov_table "Budget" header rows %}', header=["", "2019/20"], rows=[["Grant", "1"]])


def test_a_summary_list_escapes_text_and_keeps_markup_that_we_made():
    html = draw("{% gov_summary rows %}", rows=[("Title", "<b>x</b>"), ("State", format_html("<em>{}</em>", "y"))])
    assert "&lt;b&gt;x" in html and "<em>y</em>" in html


def test_one_page_has_no_pagination_and_many_keep_the_query():
    assert draw("{% gov_pages page %}", page=Paginator([1], 10).get_page(1)) == ""
    html = draw('{% gov_pages page query="q=a" %}', page=Paginator(range(99), 10).get_page(5))
    assert "?q=a&amp;page=6" in html and 'aria-current="page"' in html


def test_progress_says_in_words_how_far_it_is():
    html = draw('{% progress 4 9 "Paper 5.0: 4 of 9 parts" %}')
    assert 'value="4"' in html and 'max="9"' in html and "Paper 5.0: 4 of 9 parts</p>" in html


def test_drawings_and_pages_use_the_same_colours():
    brand = (ROOT / "static/src/scss/_brand.scss").read_text()
    pairs = {m[1]: (m[2], m[3]) for m in re.finditer(r'"([a-z-]+)": \((#\w{6}), (#\w{6})\)', brand)}
    assert pairs == words.TONES


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 (relative luminance)."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", words.TONES)
def test_words_on_every_tone_can_be_read(tone):
    assert _contrast(*words.TONES[tone]) >= 4.5
