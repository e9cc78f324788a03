"""P15: the paper can be read by the public it is published for."""

import re
from functools import lru_cache

from ..base import ADVICE, Hit, rule

FEWEST_WORDS = 250
HARDEST = 19.0  # Flesch-Kincaid grade; the papers the office publishes lie between 10 and 18
LONGEST = 70  # words in one sentence


@rule("P15.reading-age", ADVICE, "The paper reads easily")
def paper_reads_easily(paper, facts):
    """Advice only, once for the paper: its Flesch-Kincaid grade, and the longest sentence where one is longer than 70
    words.
    """
    sentences = [(words, p) for p in paper.prose if p.kind != "quote" for words in _sentences(p.text)]
    words = [word for found, _ in sentences for word in found]
    if len(words) < FEWEST_WORDS or len(sentences) < 8:
        return
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    if grade > HARDEST:
        yield Hit(
            f"The paper asks for a reading age of about {round(grade + 5)} years: sentences hold {round(len(words) / len(sentences))}"
            " words on average.",
            "Split long sentences and use everyday words.",
        )
    longest, passage = max(sentences, key=lambda pair: len(pair[0]))
    if len(longest) > LONGEST:
        yield Hit(
            f"A sentence here is {len(longest)} words long.",
            "Split it, or set its parts as a list.",
            passage.block_id,
            passage.number,
        )


def _sentences(text):
    for piece in re.split(r"(?<=[.!?;:])\s+(?=[A-Z“\"(])", text):
        found = re.findall(r"[A-Za-z][A-Za-z’'-]*", piece)
        if len(found) >= 3:
            yield found


@lru_cache(maxsize=20_000)
def _syllables(word):
    word = word.lower().strip("’'")
    count = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith("le") and count > 1:
        count -= 1
    return max(count, 1)
