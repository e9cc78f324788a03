"""The built editor on a page of its own, with answers made here: no server and no database stand behind it."""

import json
import mimetypes
from pathlib import Path

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
SITE = "http://portal.test"
NAMES = ("document", "findings", "targets", "locks", "comments", "reply", "resolve", "images", "take-over", "done")
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>A paper</title>
<link rel="stylesheet" href="/static/app.css"><link rel="stylesheet" href="/static/editor.css"></head><body><main>
<h1>A paper</h1><form id="paper-header"></form>
<div id="paper-editor" data-paper="1" data-person-id="1" data-csrf="token" data-grounds="[]"
     {" ".join(f'data-{name}-url="/{name}/"' for name in NAMES)}></div></main>
<script type="module" src="/static/editor.js"></script></body></html>"""
# The median of so many keys: each puts a letter in the middle of the paper and lays the page out again.
_KEYS = """(count) => {
  const { view } = paperEditor, taken = [];
  let middle = 0;
  view.state.doc.descendants((node, pos) => {
    if (!middle && node.type.name === "para" && pos > view.state.doc.content.size / 2) middle = pos + 5;
    return !node.isTextblock;
  });
  for (let turn = 0; turn < count; turn++) {
    const start = performance.now();
    view.dispatch(view.state.tr.insertText("x", middle));
    document.body.getBoundingClientRect();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[Math.floor(count / 2)];
}"""


def open_alone(browser, document: dict):
    """A page whose editor holds this document."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    answers = {
        "/document/": {"document": document, "version": 1, "header": {}},
        "/findings/": {"findings": []},
        "/targets/": {"targets": []},
        "/locks/": {"locks": [], "version": 1},
        "/comments/": {"comments": []},
    }

    def reply(route):
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if path == "/":
            route.fulfill(body=PAGE, content_type="text/html")
        elif path in answers:
            route.fulfill(body=json.dumps(answers[path]), content_type="application/json")
        elif path.startswith("/static/") and (file := DIST / path.removeprefix("/static/")).is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
        else:
            route.fulfill(status=404)

    page.route("**/*", reply)
    page.goto(f"{SITE}/")
    page.locator("#paper-editor[data-ready]").wait_for()
    return page


def milliseconds_a_key(page, count: int = 60) -> float:
    return page.evaluate(_KEYS, count)
