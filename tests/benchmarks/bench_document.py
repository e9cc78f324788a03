"""How fast the block tree is on a paper of 600 blocks. ``run()`` gives a row a measure; as a script it prints them."""

import copy
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from boards.document import build as b
from boards.document import html, numbering, public, redline, schema
from boards.document.compare import apply, compare
from boards.document.merge import merge

LIMITS = {"check": 150, "compare": 300, "redline": 900, "html": 300, "normalise": 150}  # milliseconds
WORDS = [
    "board",
    "budget",
    "force",
    "risk",
    "reserve",
    "estate",
    "officer",
    "plan",
    "review",
    "council",
    "precept",
    "grant",
]


def paper(blocks: int = 600, seed: int = 7) -> dict:
    """Thirty sections of paragraphs of about 60 words, with a list and a table of eight rows in every fifth place."""
    chance = random.Random(seed)

    def words(count):
        return " ".join(chance.choice(WORDS) for _ in range(count))

    sections, left = [], blocks
    while left > 0:
        body = []
        for place in range(min(20, left)):
            if place % 10 == 4:
                body.append(b.letters(*(words(12) for _ in range(4))))
            elif place % 10 == 9:
                rows = [[words(2), words(6), str(chance.randint(1, 99))] for _ in range(8)]
                body.append(b.table(words(4), ["Ref", "What", "Score"], rows, align="llr", header_column=True))
            else:
                level = chance.choice([1, 1, 1, 2, 3])
                body.append(b.para(words(30), b.strong(words(3)), " ", words(27), ".", level=level))
        left -= len(body)
        sections.append(b.section(words(3), body))
    return b.doc(*sections)


def edited(document: dict, share: float = 0.15, seed: int = 3) -> dict:
    """A later version: some paragraphs reworded, some added, removed and moved, some cells changed."""
    chance = random.Random(seed)
    document = copy.deepcopy(document)
    for section in document["content"]:
        body = section["content"]
        for block in body[1:]:
            if chance.random() < share:
                if block["type"] == "para":
                    words = block["content"][0]["text"].split()
                    words[chance.randrange(len(words))] = "altogether different words"
                    block["content"][0]["text"] = " ".join(words)
                elif block["type"] == "tableFigure":
                    cell = block["content"][1]["content"][3]["content"][1]
                    cell["content"][0]["content"][0]["text"] = "something else entirely"
        body.insert(3, b.para("A new paragraph."))
        body.pop(7)
        body.append(body.pop(2))
    return schema.normalise(document)


def _best(function, times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def run() -> list[dict]:
    """Rows of measure, milliseconds, limit and whether it is kept."""
    before = paper()
    after = edited(before)
    other = edited(before, seed=11)
    comparison = compare(before, after)
    measures = {
        "check": lambda: schema.check(before),
        "normalise": lambda: schema.normalise(before),
        "numbering": lambda: numbering.number(before),
        "html": lambda: html.render(before),
        "compare": lambda: compare(before, after),
        "apply": lambda: apply(before, comparison),
        "redline": lambda: redline.render(before, after),
        "merge": lambda: merge(before, after, other),
        "public": lambda: public.public(before),
    }
    rows = []
    for name, function in measures.items():
        milliseconds = round(_best(function), 1)
        limit = LIMITS.get(name)
        rows.append(
            {
                "measure": f"document {name}, 600 blocks",
                "milliseconds": milliseconds,
                "limit": limit,
                "kept": limit is None or milliseconds <= limit,
            }
        )
    return rows


if __name__ == "__main__":
    for row in run():
        print(f"{row['measure']:36} {row['milliseconds']:8.1f} ms  limit {row['limit'] or '-'}")
