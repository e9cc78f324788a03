"""Templates of the pages that are not papers: front sheet and contents, and the frame of a paper."""

import functools
from pathlib import Path

import jinja2

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "pdf"


@functools.cache
def _templates():
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def render_page(name, **facts):
    """HTML of a print template; an unknown variable is an error."""
    return _templates().get_template(name).render(**facts)
