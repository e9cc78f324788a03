"""The components are those of govuk-frontend 6.3.0: every upstream fixture comes out with the same elements."""

import gzip
import json
from pathlib import Path

import lxml.html
import pytest

from portal.design.components import component

FIXTURES = json.loads(gzip.decompress((Path(__file__).parent / "fixtures" / "govuk.json.gz").read_bytes()))


def _shape(html: str) -> tuple:
    """The elements, attributes and words of the HTML; white space and the order of attributes do not count."""

    def walk(element):
        if not isinstance(element.tag, str):
            return None
        attributes = tuple(sorted((key, " ".join(value.split())) for key, value in element.attrib.items()))
        inside = tuple((walk(child), " ".join((child.tail or "").split())) for child in element)
        return element.tag, attributes, " ".join((element.text or "").split()), inside

    return tuple(walk(part) for part in lxml.html.fragments_fromstring(html) if not isinstance(part, str))


@pytest.mark.parametrize("name", sorted(FIXTURES))
def test_component_is_drawn_as_upstream_draws_it(name):
    different = [
        fixture["name"]
        for fixture in FIXTURES[name]
        if _shape(component(name, fixture["options"])) != _shape(fixture["html"])
    ]
    assert not different


def test_every_upstream_fixture_is_compared():
    assert sum(map(len, FIXTURES.values())) == 657


def test_text_given_to_a_component_is_escaped():
    html = component("inset-text", {"text": "<script>alert(1)</script>"})
    assert "<script>" not in html and "&lt;script&gt;" in html
