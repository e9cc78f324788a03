// The editor of board papers: puts the parts together on the page that holds #paper-editor.
import { dropCursor } from "prosemirror-dropcursor";
import { GapCursor, gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState, NodeSelection, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
import { fixTables, tableEditing } from "prosemirror-tables";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";

import { askLink, askPicture, askReference, askTable, showKeys } from "./asking.js";
import * as commands from "./commands.js";
import { showConflict } from "./conflict.js";
import { dialog } from "./dialog.js";
import { button, h } from "./dom.js";
import { begin, guidance, usual } from "./guidance.js";
import { header } from "./header.js";
import { ids, newId } from "./ids.js";
import { keys } from "./keys.js";
import { locks } from "./locks.js";
import { number } from "./numbering.js";
import { labelOf, numbers } from "./numbers.js";
import { panel } from "./panel.js";
import { pasting } from "./pasting.js";
import { around, find, topBlockAt } from "./places.js";
import { key as readonlyKey, readonly } from "./readonly.js";
import { saving } from "./saving.js";
import { schema } from "./schema.js";
import { server as connect } from "./server.js";
import { settings } from "./settings.js";
import { store as openStore } from "./store.js";
import { toolbar } from "./toolbar.js";
import { Derived, views } from "./views.js";

const N = schema.nodes;
const marginKey = new PluginKey("margin");

/** Blocks with a finding or an open comment carry a mark beside them. */
const margin = () =>
  new Plugin({
    key: marginKey,
    state: {
      init: () => ({ classes: new Map(), set: DecorationSet.empty }),
      apply(tr, value, _, state) {
        const classes = tr.getMeta(marginKey);
        if (!classes) return tr.docChanged ? { ...value, set: value.set.map(tr.mapping, tr.doc) } : value;
        const list = [];
        state.doc.descendants((node, pos) => {
          const css = classes.get(node.attrs.id);
          if (css) list.push(Decoration.node(pos, pos + node.nodeSize, { class: css }));
          return !node.isTextblock;
        });
        return { classes, set: DecorationSet.create(state.doc, list) };
      },
    },
    props: { decorations: (state) => marginKey.getState(state).set },
  });

class Titles {
  #known = new Map();
  #waiting = new Set();
  set(target, label) { this.#known.set(target, label); this.#waiting.delete(target); }
  get(target) { return this.#known.get(target); }
  wait(target) { this.#waiting.add(target); }
  waiting(target) { return this.#waiting.has(target); }
  done() { this.#waiting.clear(); }
  block(state, id) { const found = find(state.doc, id); return found ? (found.node.type === N.section ? found.node.firstChild.textContent : found.node.textContent).slice(0, 60) || undefined : undefined; }
}

async function start(mount) {
  const data = mount.dataset;
  const api = connect(data.csrf);
  const keptDraft = openStore(data.paper, data.personId);
  const status = h("p", { class: "ed-status", role: "status" }, "Opening the paper…");
  mount.append(status);

  const [opened, draft] = await Promise.all([api.get(data.documentUrl), keptDraft.recover()]);
  if (opened.status !== "ok" && !draft) {
    status.textContent = opened.status === "signed-out" ? "You are signed out. Sign in, then open the paper again." : "The paper cannot be opened now: the portal cannot be reached.";
    mount.append(button("Try again", () => location.reload()));
    return;
  }
  const stored = opened.status === "ok" ? opened.document : draft.document;
  const version = draft ? draft.base : opened.version;
  let recovered = draft;
  if (draft && opened.status === "ok" && draft.base === opened.version && JSON.stringify(draft.document) === JSON.stringify(opened.document) && !draft.header) { keptDraft.drop(); recovered = null; }

  const derived = new Derived(), titles = new Titles();
  const say = h("p", { class: "ed-said", role: "status" });
  const told = (words) => { say.textContent = words; clearTimeout(told.timer); told.timer = setTimeout(() => { say.textContent = ""; }, 8000); };
  const upload = async (file) => {
    const form = new FormData();
    form.set("image", file);
    const answer = await api.form(data.imagesUrl, form);
    return answer.status === "ok" ? answer : { error: answer.error ?? "The picture was not sent: the portal cannot be reached. Try again." };
  };
  let view, bar, block, save, side, lock;

  const run = (command, back = true) => {
    if (command.length === 0) return void command();
    command(view.state, view.dispatch, view);
    if (back) view.focus();
  };
  const once = (make) => (state, dispatch) => commands.inserted(make)(state, dispatch);
  const actions = {
    link: () => askLink(view), table: () => askTable(view, run), help: () => showKeys(() => view.focus()), save: () => { save.now(); told("Saving"); }, comment: () => side.write(), back: () => view.focus(),
    toTools: () => bar.focus(), toSettings: () => { settle(); block.focus(); }, letGo: () => told("Press Tab to leave the words, or Alt+F10 for the writing tools."), begin: (pos) => begin(view, pos),
    picture: (options = {}) => askPicture(view, upload, options), recommendation: once(() => N.recommendation.create()), echo: once(() => N.recommendationEcho.create()), source: once(() => N.sourceDocument.create()), contact: once(() => N.contactOfficer.create()),
    reference: (options = {}) => askReference(view, { titles, search: async (words) => { const answer = await api.get(`${data.targetsUrl}?q=${encodeURIComponent(words)}`); return answer.status === "ok" ? answer.targets : null; } }, options),
    footnote: () => {
      if (!commands.insertInline(N.footnote.create())(view.state, (tr) => { const at = tr.selection.from - 2; view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at))); })) return told("Put the cursor in a paragraph first.");
      block.update(view.state, true);
      block.focusFootnote();
    },
    quote: (state, dispatch) => {
      const found = topBlockAt(state);
      if (!found?.node.isTextblock || [N.heading, N.guidance].includes(found.node.type)) return false;
      if (dispatch) { const tr = state.tr.replaceWith(found.pos, found.pos + found.node.nodeSize, N.quote.create({ id: found.node.attrs.id }, N.plain.create(null, found.node.content))); dispatch(tr.setSelection(TextSelection.create(tr.doc, found.pos + 2 + state.selection.$from.parentOffset))); }
      return true;
    },
    tableNote: (state, dispatch) => {
      const found = around(state, "tableFigure");
      if (!found || found.node.childCount > 2) return false;
      if (dispatch) { const at = found.pos + found.node.nodeSize - 1, tr = state.tr.insert(at, N.tableNote.create()); dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView()); }
      return true;
    },
    removeSection: (id) => {
      const found = find(view.state.doc, id);
      if (found.node.textContent.trim().length < 1) return run(commands.removeBlock(found));
      dialog("Remove this section?", (close) => [h("p", { class: "govuk-body" }, `“${found.node.firstChild.textContent}” and everything in it goes. Undo brings it back.`), h("div", { class: "govuk-button-group" }, button("Remove the section", () => { close(); run(commands.removeBlock(find(view.state.doc, id))); }, { kind: "primary", "data-first": true }), button("Keep it", close, { kind: "link" }))], { done: () => view.focus() });
    },
    override: (id) => { view.dispatch(view.state.tr.setMeta(readonlyKey, { override: id })); told("You can write here now. Both your changes are kept."); },
    refused: (words) => told(words),
    takeOver: async (id) => {
      if (!(await save.flush())) return told("Save first: the paper could not be sent just now.");
      const form = new FormData();
      form.set("block", id);
      const answer = await api.form(data.takeOverUrl, form);
      if (answer.status === "moved" || answer.status === "ok") { await save.catchUp(); told("This part is yours now. It no longer follows the register."); } else told(answer.error ?? "This was not done: the portal cannot be reached.");
    },
  };

  const allKeys = keys(actions);
  const state = EditorState.create({
    doc: schema.nodeFromJSON(recovered ? recovered.document : stored),
    plugins: [guidance(), ids(), numbers(), readonly(actions), pasting({ onFiles: (files) => actions.picture({ file: files[0] }), said: told }), ...allKeys.slice(0, 3), history(), dropCursor({ class: "ed-drop", color: false }), gapCursor(), tableEditing(), margin()],
  });

  const words = h("div", { class: "app-document app-document--wide ed-paper" });
  let waiting = 0;
  const settle = () => { waiting = 0; bar.update(view.state); block.update(view.state); };
  const soon = () => { waiting ||= setTimeout(settle, 60); };
  let deriving = 0;
  const derive = () => { deriving ||= setTimeout(() => { deriving = 0; derived.refresh(view.state); seekTitles(); }, 80); };

  view = new EditorView({ mount: words }, {
    state,
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Words of the paper", "aria-describedby": "ed-how", id: "paper-words", spellcheck: "true", lang: "en-GB", class: "app-document app-document--wide ed-paper" },
    scrollThreshold: { top: 220, bottom: 40, left: 0, right: 0 }, scrollMargin: { top: 240, bottom: 60, left: 5, right: 5 },
    nodeViews: views({ derived, titles, imageUrl: (src) => `${data.imagesUrl}${src.replace("asset:", "")}/` }),
    handleDOMEvents: { keydown: (_, event) => { if (event.key !== "Tab" && event.key !== "Escape" && event.key !== "Shift") allKeys[3].reset(); return false; } },
    dispatchTransaction(tr) {
      const result = view.state.applyTransaction(tr);
      view.updateState(result.state);
      let typed = false;
      for (const each of result.transactions) { save?.typed(each); if (each.docChanged && !each.getMeta("remote")) typed = true; }
      if (tr.docChanged) derive();
      if (typed && save && !tr.getMeta("remote")) { save.changed(); lock.typed(view.state); }
      soon();
    },
  });

  async function seekTitles() {
    const wanted = new Set();
    view.state.doc.descendants((node) => { if (node.type === N.xref && !node.attrs.target.startsWith("block:") && titles.get(node.attrs.target) === undefined && !seekTitles.asked.has(node.attrs.target)) wanted.add(node.attrs.target); });
    if (!wanted.size) return;
    wanted.forEach((target) => { titles.wait(target); seekTitles.asked.add(target); });
    const answer = await api.get(`${data.targetsUrl}?${[...wanted].slice(0, 200).map((each) => `target=${encodeURIComponent(each)}`).join("&")}`);
    if (answer.status === "ok") for (const each of answer.targets) titles.set(each.target, each.label);
    titles.done();
    derived.refresh(view.state);
  }
  seekTitles.asked = new Set();

  const go = (id) => {
    const found = find(view.state.doc, id);
    if (!found) return told("This part is no longer in the paper.");
    const inside = found.node.isTextblock || !found.node.isAtom;
    view.dispatch(view.state.tr.setSelection(inside ? Selection.near(view.state.doc.resolve(found.pos + 1)) : NodeSelection.create(view.state.doc, found.pos)));
    view.focus();
    const dom = view.nodeDOM(found.pos);
    (dom instanceof Element ? dom : null)?.scrollIntoView({ block: "center" });
  };
  const label = (id) => labelOf(view.state, id) ?? (find(view.state.doc, id) ? "this part" : null);

  bar = toolbar({ run, actions });
  block = settings({ view: () => view, run, actions });
  const marks = () => {
    const classes = new Map();
    for (const each of side.findings) if (each.block_id) classes.set(each.block_id, `has-finding has-finding--${each.severity}`);
    for (const each of side.threads) if (!each.resolved) classes.set(each.block_id, `${classes.get(each.block_id) ?? ""} has-comment`.trim());
    view.dispatch(view.state.tr.setMeta(marginKey, classes).setMeta("addToHistory", false));
  };
  side = panel({ server: api, go, label, counted: () => side && marks(), urls: { findings: data.findingsUrl, comments: data.commentsUrl, reply: data.replyUrl, resolve: data.resolveUrl },
    quote: () => {
      const found = topBlockAt(view.state);
      if (!found?.node.attrs.id) { told("Put the cursor in the paragraph that you want to comment on."); return null; }
      const { from, to, $from, $to } = view.state.selection;
      return { id: found.node.attrs.id, quote: from < to && $from.sameParent($to) ? view.state.doc.textBetween(from, to, " ").slice(0, 500) : "" };
    } });

  const head = header(document.querySelector("#paper-header"), () => save.changed());
  if (recovered) head.recover(recovered.header);
  const notice = h("div", { class: "ed-notice" });
  const show = (name, text) => {
    if (status.textContent !== text) status.textContent = text;
    mount.dataset.state = name;
    if (name === "signed-out") notice.replaceChildren(h("div", { class: "app-notice", role: "alert" }, h("p", {}, "You were signed out. Everything you typed is kept in this browser. ", h("a", { class: "govuk-link", href: data.signInUrl, target: "_blank", rel: "noopener" }, "Sign in (opens in a new tab)"), ", then come back: it is sent by itself.")));
    else if (name === "conflict") notice.replaceChildren(h("div", { class: "app-notice" }, h("p", {}, "Somebody else changed the same part. Nothing of yours is lost. "), button("Choose which words to keep", () => conflict())));
    else if (name === "refused" || name === "wrong") notice.replaceChildren(h("div", { class: "app-notice", role: "alert" }, h("p", {}, `${text} What you typed is kept in this browser.`)));
    else if (notice.childNodes.length) notice.replaceChildren();
  };
  const conflict = () => showConflict({ answer: save.conflict, label: (id) => labelOf(view.state, id), later: () => view.focus(), done: (decided, values) => { save.settle(decided, values); view.focus(); } });
  let checking = 0;
  save = saving({ view, url: data.documentUrl, person: data.personId, server: api, store: keptDraft, header: head, version, base: schema.nodeFromJSON(stored), recovered, show,
    onSaved: ({ wrongBlock }) => { if (wrongBlock) return go(wrongBlock); clearTimeout(checking); checking = setTimeout(() => side.check().then(marks), 600); },
    onConflict: conflict, onHeaderErrors: (errors) => head.wrong(errors) });
  lock = locks({ view, url: data.locksUrl, server: api, onVersion: (now) => { if (now > save.version) save.catchUp().then((done) => { if (done) side.check().then(marks); }); } });

  const done = h("a", { class: "govuk-button govuk-button--small", href: data.doneUrl, onclick: async (event) => { event.preventDefault(); if (await save.flush()) location.href = data.doneUrl; else told("The last words are not saved yet, so this page stays open."); } }, "Done: check and submit");
  const top = h("div", { class: "ed-top" }, h("div", { class: "ed-line-top" }, status, say, done), bar.element, block.element);
  mount.replaceChildren(top, notice,
    h("p", { class: "govuk-visually-hidden", id: "ed-how" }, "Alt and F10 goes to the writing tools, Alt and F9 to the settings of the block, Control and slash lists the keys. Tab leaves."),
    h("div", { class: "ed-columns" }, h("div", { class: "ed-sheet" }, words), side.element));
  if (recovered) told(`What you typed here before was recovered${recovered.at ? ` (from ${new Date(recovered.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })})` : ""}.`);
  document.addEventListener("keydown", (event) => {
    if (event.key === "F10" && event.altKey && !view.hasFocus()) { event.preventDefault(); bar.focus(); }
    if (event.key === "?" && !event.target.closest("input, textarea, select, [contenteditable]")) { event.preventDefault(); actions.help(); }
  });
  block.element.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); view.focus(); } });
  new ResizeObserver(() => mount.style.setProperty("--ed-top", `${top.offsetHeight}px`)).observe(top);
  settle();
  derived.refresh(view.state);
  seekTitles();
  const fixed = fixTables(view.state);
  if (fixed) view.dispatch(fixed.setMeta("machine", true).setMeta("remote", true));
  save.start();
  lock.start();
  side.load();
  side.check().then(marks);
  window.paperEditor = { view, schema, number, save, newId, GapCursor, usual };
  mount.dataset.ready = "1";
}

const mount = document.querySelector("#paper-editor");
if (mount) start(mount).catch((error) => { mount.append(h("p", { class: "govuk-error-message", role: "alert" }, "The editor could not start. Use the plain form below; nothing was changed.")); throw error; });
