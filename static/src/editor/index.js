// The editor of board papers: puts the parts together on the page that holds #paper-editor.
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState, NodeSelection, Selection } from "prosemirror-state";
import { fixTables, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";

import { actions as makeActions } from "./actions.js";
import { showConflict } from "./conflict.js";
import { button, clock, h } from "./dom.js";
import { guidance } from "./guidance.js";
import { header } from "./header.js";
import { ids } from "./ids.js";
import { keys } from "./keys.js";
import { locks } from "./locks.js";
import { margin, markMargin } from "./margin.js";
import { notices } from "./notices.js";
import { number } from "./numbering.js";
import { labelOf, numbers } from "./numbers.js";
import { panel } from "./panel.js";
import { pasting } from "./pasting.js";
import { find, sectionAt, topBlockAt } from "./places.js";
import { readonly } from "./readonly.js";
import { restricting } from "./restricting.js";
import { saving } from "./saving.js";
import { schema } from "./schema.js";
import { server as connect } from "./server.js";
import { settings } from "./settings.js";
import { store as openStore } from "./store.js";
import { Titles } from "./titles.js";
import { toolbar } from "./toolbar.js";
import { Derived, views } from "./views.js";

const HOW =
  "Alt and F10 goes to the writing tools, Alt and F9 to the settings of the block, Control and slash lists the keys. Tab leaves.";
const WORDS = {
  role: "textbox",
  "aria-multiline": "true",
  "aria-label": "Words of the paper",
  "aria-describedby": "ed-how",
  id: "paper-words",
  spellcheck: "true",
  lang: "en-GB",
  class: "app-document app-document--wide ed-paper",
};

/** What the server holds and what this browser kept; null when there is neither. */
async function open(mount, api, kept) {
  const waiting = h("p", { class: "ed-status", role: "status" }, "Opening the paper…");
  mount.append(waiting);
  const [stored, draft] = await Promise.all([api.get(mount.dataset.documentUrl), kept.recover()]);
  if (stored.status !== "ok" && !draft) {
    waiting.textContent =
      stored.status === "signed-out"
        ? "You are signed out. Sign in, then open the paper again."
        : "The paper cannot be opened now: the portal cannot be reached.";
    mount.append(button("Try again", () => location.reload()));
    return null;
  }
  return { stored: stored.status === "ok" ? stored : null, draft };
}

async function start(mount) {
  const data = mount.dataset;
  const api = connect(data.csrf);
  const kept = openStore(data.paper, data.personId);
  const opened = await open(mount, api, kept);
  if (!opened) return;
  const { stored, draft } = opened;
  const base = schema.nodeFromJSON(stored?.document ?? draft.document);

  const grounds = JSON.parse(data.grounds || "[]");
  const derived = new Derived();
  const titles = new Titles(api, data.targetsUrl);
  const { status, said, notice, show, tell } = notices({
    mount,
    signInUrl: data.signInUrl,
    onConflict: () => conflict(),
  });
  const parts = {}; // view, bar, block, side, save, lock, settle: each knows the others through here
  const actions = makeActions(parts, {
    api,
    urls: { images: data.imagesUrl, takeOver: data.takeOverUrl },
    titles,
    grounds,
    tell,
  });
  const { run } = actions;
  const typing = keys(actions);

  // Drawing that follows the words at a little distance, so that a key is never kept waiting.
  let settling = 0;
  parts.settle = () => {
    settling = 0;
    parts.bar.update(view.state);
    parts.block.update(view.state);
  };
  const soon = () => {
    settling ||= setTimeout(parts.settle, 60);
  };
  const seek = async () => {
    const asked = titles.seek(view.state.doc);
    derived.refresh(view.state);
    if (await asked) derived.refresh(view.state);
  };
  let deriving = 0;
  const derive = () => {
    deriving ||= setTimeout(() => {
      deriving = 0;
      seek();
      parts.side.redraw();
    }, 80);
  };

  const words = h("div", { class: WORDS.class });
  const view = new EditorView(
    { mount: words },
    {
      state: EditorState.create({
        doc: schema.nodeFromJSON(draft?.document ?? stored.document),
        plugins: [
          guidance(),
          ids(),
          numbers(),
          readonly(actions),
          restricting(grounds),
          pasting({ onFiles: (files) => actions.picture({ file: files[0] }), said: tell }),
          ...typing.plugins,
          history(),
          dropCursor({ class: "ed-drop", color: false }),
          gapCursor(),
          tableEditing(),
          margin(),
        ],
      }),
      attributes: WORDS,
      scrollThreshold: { top: 220, bottom: 40, left: 0, right: 0 },
      scrollMargin: { top: 240, bottom: 60, left: 5, right: 5 },
      nodeViews: views({ derived, titles, imageUrl: (src) => `${data.imagesUrl}${src.replace("asset:", "")}/` }),
      handleDOMEvents: {
        keydown: (_, event) => {
          typing.pressed(event.key);
          return false;
        },
      },
      dispatchTransaction(tr) {
        const { state, transactions } = view.state.applyTransaction(tr);
        view.updateState(state);
        for (const each of transactions) parts.save?.typed(each);
        if (tr.docChanged) derive();
        const typed = transactions.some((each) => each.docChanged && !each.getMeta("remote"));
        if (typed && parts.save && !tr.getMeta("remote")) {
          parts.save.changed();
          parts.lock.typed(view.state);
        }
        soon();
      },
    },
  );
  parts.view = view;

  const go = (id) => {
    const { doc, tr } = view.state;
    const found = find(doc, id);
    if (!found) return tell("This part is no longer in the paper.");
    const inside = found.node.isTextblock || !found.node.isAtom;
    const near = () => Selection.near(doc.resolve(found.pos + 1));
    view.dispatch(tr.setSelection(inside ? near() : NodeSelection.create(doc, found.pos)));
    view.focus();
    const drawn = view.nodeDOM(found.pos);
    if (drawn instanceof Element) drawn.scrollIntoView({ block: "center" });
  };
  /** "paragraph 3.4", or for what carries no number the section that it stands in; null for what is gone. */
  const label = (id) => {
    const numbered = labelOf(view.state, id);
    if (numbered) return numbered;
    const found = find(view.state.doc, id);
    if (!found) return null;
    const section = sectionAt(view.state, found.pos);
    return labelOf(view.state, section?.node.attrs.id) ?? section?.node.firstChild.textContent ?? "this part";
  };
  const quote = () => {
    const found = topBlockAt(view.state);
    if (!found?.node.attrs.id) return void tell("Put the cursor in the paragraph that you want to comment on.");
    const { from, to, $from, $to } = view.state.selection;
    const chosen = from < to && $from.sameParent($to) ? view.state.doc.textBetween(from, to, " ") : "";
    return { id: found.node.attrs.id, quote: chosen.slice(0, 500) };
  };

  const mark = () => markMargin(view, parts.side.findings, parts.side.threads);
  const check = () => parts.side.check().then(mark);
  parts.bar = toolbar({ run, actions });
  parts.block = settings({ view: () => view, run, actions, grounds });
  parts.side = panel({
    server: api,
    go,
    label,
    quote,
    counted: () => parts.side && mark(),
    urls: { findings: data.findingsUrl, comments: data.commentsUrl, reply: data.replyUrl, resolve: data.resolveUrl },
  });

  const head = header(document.querySelector("#paper-header"), () => parts.save.changed());
  if (draft) head.recover(draft.header);
  const conflict = () =>
    showConflict({
      answer: parts.save.conflict,
      label,
      later: () => view.focus(),
      done: (decided, values) => {
        parts.save.settle(decided, values);
        view.focus();
      },
    });
  let checking = 0;
  parts.save = saving({
    view,
    url: data.documentUrl,
    person: data.personId,
    server: api,
    store: kept,
    header: head,
    version: draft?.base ?? stored.version,
    base,
    recovered: draft,
    show,
    onSaved: ({ wrongBlock }) => {
      if (wrongBlock) return go(wrongBlock);
      clearTimeout(checking);
      checking = setTimeout(check, 600);
    },
    onConflict: conflict,
    onHeaderErrors: (errors) => head.wrong(errors),
  });
  parts.lock = locks({
    view,
    url: data.locksUrl,
    server: api,
    onVersion: async (now) => {
      if (now > parts.save.version && (await parts.save.catchUp())) check();
    },
  });

  const leave = async (event) => {
    event.preventDefault();
    if (await parts.save.flush()) location.href = data.doneUrl;
    else tell("The last words are not saved yet, so this page stays open.");
  };
  const done = h(
    "a",
    { class: "govuk-button govuk-button--small", href: data.doneUrl, onclick: leave },
    "Done: check and submit",
  );
  const top = h(
    "div",
    { class: "ed-top" },
    h("div", { class: "ed-line-top" }, status, said, done),
    parts.bar.element,
    parts.block.element,
  );
  mount.replaceChildren(
    top,
    notice,
    h("p", { class: "govuk-visually-hidden", id: "ed-how" }, HOW),
    h("div", { class: "ed-columns" }, h("div", { class: "ed-sheet" }, words), parts.side.element),
  );
  if (draft) tell(`What you typed here before was recovered${draft.at ? ` (from ${clock(new Date(draft.at))})` : ""}.`);
  listen({ view, top, mount, parts, actions });

  parts.settle();
  seek();
  const fixed = fixTables(view.state);
  if (fixed) view.dispatch(fixed.setMeta("machine", true).setMeta("remote", true));
  parts.save.start();
  parts.lock.start();
  parts.side.load();
  check();
  window.paperEditor = { view, schema, number, save: parts.save }; // for tests and benchmarks
  mount.dataset.ready = "1";
}

/** Keys that work wherever the cursor is, and the height that the margin has to leave for the tools. */
function listen({ view, top, mount, parts, actions }) {
  const keysElsewhere = (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "F10" && event.altKey && !view.hasFocus()) parts.bar.focus();
    else if (event.key === "?" && !typing) actions.help();
    else if (event.key === "/" && (event.ctrlKey || event.metaKey) && !view.hasFocus()) actions.help();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("dialog[open]")) keysElsewhere(event);
  });
  parts.block.element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    view.focus();
  });
  new ResizeObserver(() => mount.style.setProperty("--ed-top", `${top.offsetHeight}px`)).observe(top);
}

const mount = document.querySelector("#paper-editor");
if (mount) {
  start(mount).catch((error) => {
    const sentence = "The editor could not start. Use the plain form below; nothing was changed.";
    mount.append(h("p", { class: "govuk-error-message", role: "alert" }, sentence));
    throw error;
  });
}
