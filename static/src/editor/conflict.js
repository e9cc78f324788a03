// Two people changed the same block: both texts stand side by side until somebody chooses. Nothing is thrown away before that.
import { DOMSerializer } from "prosemirror-model";

import { dialog } from "./dialog.js";
import { button, h, unique } from "./dom.js";
import { newId } from "./ids.js";
import { schema } from "./schema.js";

const HEADER = {
  to: "To",
  from_role: "From",
  paper_date: "Date",
  title: "Title of the paper",
  open_title: "Open title",
  marking: "Marking",
};

/** A block as the other person's copy shows it: no buttons, no cursor. */
function shown(value) {
  if (value === null || value === undefined) return h("p", { class: "ed-note" }, "Removed");
  if (typeof value === "string") return h("p", {}, value || "(empty)");
  const node = schema.nodeFromJSON(value);
  const holder = h("div", { class: "app-document" });
  if (node.type.name === "section") holder.append(h("h2", {}, node.firstChild.textContent));
  else holder.append(DOMSerializer.fromSchema(schema).serializeNode(node));
  holder.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  if (holder.firstChild?.id) holder.firstChild.removeAttribute("id");
  return holder;
}

const isContainer = (node) => ["section", "bulletList", "orderedList", "listItem", "tableFigure"].includes(node.type);

/** `mine` in the place of `theirs`, where they differ in what the block itself says; what stands within is merged already. */
function mixed(theirs, mine) {
  if (!isContainer(theirs) || theirs.type !== mine.type) return mine;
  const content = [...(theirs.content ?? [])],
    own = mine.content ?? [];
  if (["section", "listItem", "tableFigure"].includes(theirs.type)) content[0] = own[0];
  if (theirs.type === "tableFigure") {
    content.length = 2;
    if (own[2]) content.push(own[2]);
  }
  return { ...mine, content };
}

const renamed = (node) => ({
  ...node,
  ...(node.attrs
    ? {
        attrs: {
          ...node.attrs,
          ...("id" in node.attrs ? { id: newId() } : {}),
          ...("anchor" in node.attrs ? { anchor: null } : {}),
          ...("gen" in node.attrs ? { gen: null } : {}),
        },
      }
    : {}),
  ...(node.content ? { content: node.content.map(renamed) } : {}),
});

/** The merged paper with each choice in it. Choices: "mine", "theirs" or "both", by block. */
export function decide(merged, conflicts, choices) {
  const by = new Map(conflicts.map((each) => [each.block, each]));
  const visit = (node) => {
    const list = [];
    for (const child of node.content ?? []) {
      const conflict = by.get(child.attrs?.id);
      let made = child.content ? { ...child, content: visit(child) } : child;
      const choice = conflict && choices.get(conflict.block);
      if (conflict) {
        const chosen = choice === "theirs" ? conflict.theirs : conflict.mine;
        if (choice === "theirs" && chosen === null) continue;
        if (choice === "mine" && chosen === null) continue;
        if (choice === "mine") made = mixed(made, conflict.mine);
        if (choice === "both" && conflict.mine && conflict.theirs && !isContainer(child)) {
          list.push(made, renamed(conflict.mine));
          continue;
        }
      }
      list.push(made);
    }
    return list;
  };
  return { ...merged, content: visit(merged) };
}

export function showConflict({ answer, label, done, later }) {
  const choices = new Map();
  let settled = false;
  dialog(
    "Somebody else changed the same part",
    (close) => {
      const finish = h(
        "button",
        {
          type: "button",
          class: "govuk-button",
          "aria-disabled": "true",
          onclick: () => {
            if (choices.size < answer.conflicts.length) return;
            settled = true; // before closing, which asks
            const header = {};
            for (const { block, mine, theirs } of answer.conflicts)
              if (block in HEADER) header[block] = choices.get(block) === "theirs" ? theirs : mine;
            close();
            done(decide(answer.merged, answer.conflicts, choices), header);
          },
        },
        "Save these choices",
      );
      const cards = answer.conflicts.map(({ block, mine, theirs }) => {
        const name = unique("choice");
        const both = !(block in HEADER) && mine && theirs && !isContainer(mine) && !["tableRow"].includes(mine.type);
        const radio = (value, words) =>
          h(
            "div",
            { class: "govuk-radios__item" },
            h("input", {
              class: "govuk-radios__input",
              type: "radio",
              name,
              id: `${name}-${value}`,
              value,
              onchange: () => {
                choices.set(block, value);
                finish.setAttribute("aria-disabled", String(choices.size < answer.conflicts.length));
              },
            }),
            h("label", { class: "govuk-label govuk-radios__label", for: `${name}-${value}` }, words),
          );
        const title = HEADER[block] ?? label(block) ?? "A part of the paper";
        return h(
          "fieldset",
          { class: "govuk-fieldset ed-conflict" },
          h(
            "legend",
            { class: "govuk-fieldset__legend govuk-fieldset__legend--s" },
            title.replace(/^./, (first) => first.toUpperCase()),
          ),
          h(
            "div",
            { class: "ed-sides" },
            h("section", { class: "ed-side", "aria-label": "Yours" }, h("h3", {}, "Yours"), shown(mine)),
            h(
              "section",
              { class: "ed-side", "aria-label": "Theirs, saved first" },
              h("h3", {}, "Theirs, saved first"),
              shown(theirs),
            ),
          ),
          h(
            "div",
            { class: "govuk-radios govuk-radios--small govuk-radios--inline" },
            radio("mine", "Keep yours"),
            radio("theirs", "Keep theirs"),
            both && radio("both", "Keep both, one after the other"),
          ),
        );
      });
      return [
        h(
          "p",
          { class: "govuk-body" },
          "Everything else is merged. Your words are kept in this browser until you choose.",
        ),
        ...cards,
        h("div", { class: "govuk-button-group" }, finish, button("Decide later", close, { kind: "link" })),
      ];
    },
    {
      wide: true,
      done: () => {
        if (!settled) later();
      },
    },
  );
}
