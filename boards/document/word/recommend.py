"""Recommendations: said once, shown at the start and at the end.

"The Board is invited to note the contents of the report." is the verb `note`, addressed to the board, with the words that
follow. A sentence of any other build keeps its own words as an ordinary paragraph: wording is never rewritten on the
way in.
"""

import re

from .. import ids
from .lines import cut, plain, tidy

VERBS = "note|approve|decide|endorse|discuss|sign|refer"
SUBJECT = r"(?P<subject>[^.;:]{0,90}?)"
ASKED = r"(?:asked|invited|recommended|requested|required)"
SENTENCES = (
    re.compile(
        rf"^\s*{SUBJECT}\b(?:is|are)\s+(?:therefore\s+|also\s+)?{ASKED}\s+(?:to\s+)?(?P<verb>{VERBS})\b\s*", re.I
    ),
    re.compile(rf"^\s*it\s+is\s+{ASKED}\s+that\s+{SUBJECT}\s+(?P<verb>{VERBS})s?\b\s*", re.I),
    re.compile(rf"^\s*(?P<subject>)(?:to\s+)?(?P<verb>{VERBS})\b\s+", re.I),
)


def parse(nodes):
    """(verb, addressed to, remaining nodes) of a recommendation, or None where the sentence is of another build."""
    text = plain(nodes)
    for pattern in SENTENCES:
        match = pattern.match(text)
        if match and len(text) > match.end():
            to = "commissioner" if re.search(r"commissioner", match["subject"], re.I) else "board"
            return match["verb"].lower(), to, tidy(cut(nodes, match.end()))
    return None


def block(nodes):
    """A `recommendation` block of a printed sentence, or None."""
    found = parse(nodes)
    if found is None or not plain(found[2]).strip():
        return None
    verb, to, rest = found
    return {"type": "recommendation", "attrs": {"id": ids.new(), "verb": verb, "to": to}, "content": rest}


def same(opening, closing):
    """Whether two lists of printed sentences say the same, leaving case, spaces and end stops aside."""
    return [_bare(text) for text in opening] == [_bare(text) for text in closing]


def _bare(text):
    return re.sub(r"\W+", " ", text).strip().lower()
