// What the tools, keys and settings ask for that needs more than a command: questions, the server, another place of the page.
import { NodeSelection } from "prosemirror-state";

import { askLink, askPicture, askReference, askTable, showKeys } from "./asking.js";
import * as commands from "./commands.js";
import { dialog } from "./dialog.js";
import { button, h } from "./dom.js";
import { begin } from "./guidance.js";
import { find } from "./places.js";
import { key as readonlyKey } from "./readonly.js";
import { askRestriction } from "./restricting.js";
import { schema } from "./schema.js";

const N = schema.nodes;
const formOf = (values) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

/** `parts` is filled while the editor is put together: view, bar, block, side, save. */
export function actions(parts, { api, urls, titles, grounds, tell }) {
  const run = (command, back = true) => {
    if (command.length === 0) return void command();
    command(parts.view.state, parts.view.dispatch, parts.view);
    if (back) parts.view.focus();
  };
  const back = () => parts.view.focus();

  async function upload(file) {
    const answer = await api.form(urls.images, formOf({ image: file }));
    if (answer.status === "ok") return answer;
    return { error: answer.error ?? "The picture was not sent: the portal cannot be reached. Try again." };
  }

  function footnote() {
    const put = commands.insertInline(N.footnote.create());
    const done = put(parts.view.state, (tr) => {
      parts.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, tr.selection.from - 2)));
    });
    if (!done) return tell("Put the cursor in a paragraph first.");
    parts.block.update(parts.view.state, true);
    parts.block.focusFootnote();
  }

  function removeSection(id) {
    const found = find(parts.view.state.doc, id);
    if (!found.node.textContent.trim()) return run(commands.removeBlock(found));
    const remove = (close) => () => {
      close();
      run(commands.removeBlock(find(parts.view.state.doc, id)));
    };
    const question = `“${found.node.firstChild.textContent}” and everything in it goes. Undo brings it back.`;
    dialog(
      "Remove this section?",
      (close) => [
        h("p", { class: "govuk-body" }, question),
        h(
          "div",
          { class: "govuk-button-group" },
          button("Remove the section", remove(close), { kind: "primary", "data-first": true }),
          button("Keep it", close, { kind: "link" }),
        ),
      ],
      { done: back },
    );
  }

  /** Says what the portal answered: yours now, refused with its reason, or not known because nobody answered. */
  async function takeOver(id) {
    if (!(await parts.save.flush())) return tell("Save first: the paper could not be sent just now.");
    const answer = await api.form(urls.takeOver, formOf({ block: id }));
    if (answer.status === "ok") {
      await parts.save.catchUp();
      tell(answer.said);
    } else if (answer.status === "signed-out" || answer.status === "moved") {
      tell("This was not done: you are signed out. Sign in and try again.");
    } else tell(answer.error ?? "The portal could not be reached. Try again.");
  }

  return {
    run,
    back,
    settle: () => parts.settle(), // a tool used right after a key is judged by the words as they are now
    footnote,
    removeSection,
    takeOver,
    link: () => askLink(parts.view),
    table: () => askTable(parts.view, run),
    picture: (options = {}) => askPicture(parts.view, upload, options),
    reference: (options = {}) => askReference(parts.view, { titles, search: (words) => titles.search(words) }, options),
    restriction: () => askRestriction(parts.view, grounds, tell),
    help: () => showKeys(back),
    comment: () => parts.side.write(),
    save: () => parts.save.now(),
    toTools: () => parts.bar.focus(),
    toSettings: () => {
      parts.settle();
      parts.block.focus();
    },
    begin: (pos) => begin(parts.view, pos),
    recommendation: commands.inserted(() => N.recommendation.create()),
    echo: commands.inserted(() => N.recommendationEcho.create()),
    source: commands.inserted(() => N.sourceDocument.create()),
    contact: commands.inserted(() => N.contactOfficer.create()),
    quote: commands.toQuote,
    tableNote: commands.tableNote,
    letGo: () => tell("Press Tab to leave the words, or Alt+F10 for the writing tools."),
    refused: tell,
    override: (id) => {
      parts.view.dispatch(parts.view.state.tr.setMeta(readonlyKey, { override: id }));
      tell("You can write here now. Both your changes are kept.");
    },
  };
}
