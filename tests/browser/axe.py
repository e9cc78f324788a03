"""Looks for barriers to accessibility in a page that Playwright has open: `axe.check(page)`.

The engine is axe-core 4.14.1 (MPL-2.0), kept in `vendor/` so that the check needs neither Node nor a network. It asks
the rules of WCAG 2.2 A and AA, and axe's own good practice. It finds perhaps half of what a person would: look too.
"""

from functools import cache
from pathlib import Path

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The design system puts aria-expanded on radios and checkboxes that reveal a field, so that screen readers say so. ARIA
# does not list it for radios; its makers tested it with people and keep it. Only there do we look past that rule.
_KNOWN = {"aria-allowed-attr": "govuk-radios__input"}
_RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.map((n) => ({
    target: n.target.flat().join(" "), html: n.html, why: n.failureSummary}))}));
}"""


@cache
def _engine() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


def violations(page) -> list[str]:
    """Each barrier as a sentence with the element that has it. Colours are judged as drawn."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_engine())
    lines = []
    for found in page.evaluate(_RUN, TAGS):
        nodes = [node for node in found["nodes"] if _KNOWN.get(found["id"], "\0") not in node["html"]]
        lines += [f"{found['id']}: {found['help']} at {node['target']}. {node['why']}" for node in nodes]
    return lines


def check(page) -> None:
    """Fail with every barrier named; and when the page is wider than its window, which makes phones scroll sideways."""
    lines = violations(page)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        lines.append(f"The page is {over} pixels wider than its window.")
    assert not lines, f"{page.url}\n" + "\n".join(lines)
