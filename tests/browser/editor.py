"""The paper editor as a person handles it: `Editor(site, paper).open(person)`. Every wait is on a condition, never on time."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from boards.document import numbering, schema, text
from boards.models import Paper

_CURSOR = """([id, from, to]) => {
  const { view } = paperEditor, { doc } = view.state;
  let place = null;
  doc.descendants((node, pos) => {
    if (place === null && node.attrs.id === id) place = [node, pos];
    return place === null && !node.isTextblock;
  });
  let [node, pos] = place;
  while (!node.isTextblock) { pos += 1; node = node.firstChild; }
  const at = (offset) => pos + 1 + (offset < 0 ? node.content.size + 1 + offset : offset);
  const Words = view.state.selection.constructor.atStart(doc).constructor;
  view.dispatch(view.state.tr.setSelection(Words.create(doc, at(from), at(to))).scrollIntoView());
  view.focus();
}"""
_REACHED = """(element) => new Promise((done) => {
  const { view } = paperEditor;
  const look = () => element.contains(view.domAtPos(view.state.selection.head).node) ? done() : setTimeout(look, 10);
  look();
})"""
_PASTE = """([html, words]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", words);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector("#paper-words").dispatchEvent(event);
}"""
# Playwright's own wait_for_function needs eval, which the security policy of the page refuses.
_UNTIL = """(seconds) => new Promise((done, fail) => {
  const end = performance.now() + seconds * 1000;
  const holds = () => %s;
  const look = () => holds() ? done() : performance.now() > end ? fail(new Error("never: " + holds)) : setTimeout(look, 20);
  look();
})"""


def sign_in(site, person, **options):
    """A page of somebody who is signed in already, without the form; `session=` makes it last."""
    page = site.open(**options)
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.address}])
    return page


class Editor:
    """One paper in one page."""

    def __init__(self, site, paper: Paper, page=None):
        self.site, self.paper, self.page = site, paper, page

    def open(self, person=None, *, address: str = "", **options) -> "Editor":
        if self.page is None:
            self.page = sign_in(self.site, person, **options)
        self.page.goto(f"{address or self.site.address}{reverse('paper_write', args=[self.paper.pk])}")
        return self.ready()

    def ready(self) -> "Editor":
        self.page.locator("#paper-editor[data-ready]").wait_for()
        return self

    # What stands on the page

    @property
    def words(self):
        return self.page.locator("#paper-words")

    def block(self, block_id: str):
        return self.words.locator(f"[id='{block_id}']")

    def tool(self, name: str):
        return self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)

    def setting(self, name: str):
        return self.page.locator(".ed-settings").get_by_role("button", name=name, exact=True)

    def setting_field(self, name: str):
        line = self.page.locator(".ed-settings label", has=self.page.get_by_text(name, exact=True))
        return line.locator("input, select, textarea")

    @property
    def dialog(self):
        return self.page.locator("dialog.ed-dialog")

    @property
    def numbers(self) -> list[str]:
        """The numbers as they are drawn, in the order of the page."""
        return self.page.eval_on_selector_all("#paper-words [data-num]", "all => all.map((each) => each.dataset.num)")

    def state(self, name: str) -> None:
        """Wait until the line above the tools says that the paper is in this state."""
        self.page.locator(f"#paper-editor[data-state='{name}']").wait_for()

    def until(self, expression: str, seconds: float = 30) -> None:
        """Wait until an expression holds in the page."""
        self.page.evaluate(_UNTIL % expression, seconds)

    def says(self, words: str) -> None:
        self.page.locator(".ed-top [role=status], .ed-notice").filter(has_text=words).first.wait_for()

    # What a person does

    def cursor(self, block_id: str, start: int = -1, end: int | None = None) -> "Editor":
        """Put the cursor into a block, or select some of its words; -1 is the end."""
        self.page.evaluate(_CURSOR, [block_id, start, start if end is None else end])
        return self

    def click(self, place) -> "Editor":
        """Put the cursor where the mouse points, and wait until the editor has seen it there."""
        place.click()
        place.evaluate(_REACHED)
        return self

    def type(self, words: str) -> "Editor":
        self.page.keyboard.type(words)
        return self

    def press(self, *keys: str) -> "Editor":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def use(self, name: str) -> "Editor":
        self.tool(name).click()
        return self

    def insert(self, name: str, menu: str = "Insert") -> "Editor":
        self.page.get_by_role("toolbar").locator(f".ed-group[aria-label='{menu}'] button[aria-haspopup]").click()
        self.page.get_by_role("menuitem", name=name).click()
        return self

    def kind(self, name: str) -> "Editor":
        return self.insert(name, menu="Kind of paragraph")

    def paste(self, html: str = "", words: str = "") -> "Editor":
        self.page.evaluate(_PASTE, [html, words])
        return self

    # What the server holds

    def saved(self) -> dict:
        """Save at once, wait until the server has everything, and give what it holds."""
        if self.page.evaluate("paperEditor.save.dirty"):
            self.press("Control+s")
        return self.held()

    def held(self) -> dict:
        """Wait until the browser has nothing left to send, and give what the server holds."""
        self.until("!paperEditor.save.dirty")
        self.paper.refresh_from_db()
        return self.paper.document

    @property
    def now(self) -> dict:
        """The paper as the browser has it, saved or not."""
        return schema.normalise(self.page.evaluate("paperEditor.view.state.doc.toJSON()"))


def ids(document: dict, kind: str) -> list[str]:
    return [node["attrs"]["id"] for node in schema.walk(document) if node["type"] == kind]


def blocks(document: dict, kind: str, words: str | None = None, *, node: bool = False) -> list:
    """Ids of the blocks of a kind, or the blocks themselves; `words` keeps those that say just that."""
    found = [each for each in schema.walk(document) if each["type"] == kind and words in (None, text.of(each))]
    return found if node else [each["attrs"]["id"] for each in found]


def outline(part: dict, document: dict | None = None) -> list[str]:
    """Each block that carries words as "number kind: words", numbered as in the whole document."""
    numbers = numbering.number(document or part)
    lines = []
    for node in schema.walk(part):
        block_id = (node.get("attrs") or {}).get("id")
        if node["type"] in ("section", "para", "subheading", "recommendation", "listItem", "sourceDocument", "quote"):
            words = text.of(node["content"][0]) if node["type"] in ("section", "listItem") else text.of(node)
            lines.append(f"{numbers.number(block_id) or '-'} {node['type']}: {words}")
    return lines


def all_words(document: dict) -> str:
    return " ".join(text.of(section) for section in document["content"])
