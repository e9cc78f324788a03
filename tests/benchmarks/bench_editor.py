"""How long a key takes in the editor on a paper of 600 blocks, with the page laid out again. Needs Debian's Chromium."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright

from boards.document import schema
from tests.benchmarks.bench_document import paper
from tests.browser.alone import milliseconds_a_key, open_alone

LIMIT = 16  # milliseconds: a frame


def run() -> list[dict]:
    """One row: measure, milliseconds, limit and whether it is kept."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = open_alone(browser, schema.normalise(paper()))
        taken = round(milliseconds_a_key(page, 200), 1)
        browser.close()
    return [{"measure": "editor key, 600 blocks", "milliseconds": taken, "limit": LIMIT, "kept": taken <= LIMIT}]


if __name__ == "__main__":
    for row in run():
        print(f"{row['measure']:36} {row['milliseconds']:8.1f} ms  limit {row['limit']}")
