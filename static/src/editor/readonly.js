// What may not be typed into: blocks that follow a register until somebody takes them over, and sections another person is writing.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

import { h } from "./dom.js";

export const key = new PluginKey("readonly");

const generated = (node) => node.attrs.gen && !node.attrs.gen.taken;

/** [from, to, node, why] of every part that is closed. `others` maps section ids to the titles of who is writing them. */
function closed(doc, others, overridden) {
  const found = [];
  doc.forEach((section, at) => {
    const who = others.get(section.attrs.id);
    if (who && !overridden.has(section.attrs.id))
      return found.push({ from: at, to: at + section.nodeSize, node: section, why: "locked", who });
    const children = [];
    section.forEach((block, offset) => {
      if (generated(block))
        children.push({ from: at + 1 + offset, to: at + 1 + offset + block.nodeSize, node: block, why: "register" });
    });
    if (generated(section)) {
      if (!children.length) return found.push({ from: at, to: at + section.nodeSize, node: section, why: "register" });
      found.push({ from: at + 1, to: at + 1 + section.firstChild.nodeSize, node: section, why: "heading" });
    }
    found.push(...children);
  });
  return found;
}

function drawn(state, parts, actions) {
  const list = [];
  for (const { from, to, node, why, who } of parts) {
    list.push(
      Decoration.node(from, to, { class: why === "locked" ? "is-locked" : "is-generated", contenteditable: "false" }),
    );
    if (why === "heading") continue;
    const id = node.attrs.id;
    const inside = node.type.name === "section";
    const bar = () => {
      const words = why === "locked" ? `${who} is editing this section` : "From the register";
      const press = h(
        "button",
        {
          type: "button",
          tabindex: "-1",
          class: "app-button-link",
          onclick: () => (why === "locked" ? actions.override(id) : actions.takeOver(id)),
        },
        why === "locked" ? "Edit it anyway" : "Take it over",
      );
      return h("div", { class: `ed-bar ed-bar--${why}`, contenteditable: "false" }, h("span", {}, words), press);
    };
    list.push(
      Decoration.widget(inside ? from + 1 : from, bar, {
        side: -1,
        key: `${why}-${id}-${who ?? ""}`,
        ignoreSelection: true,
        stopEvent: () => true,
      }),
    );
  }
  return DecorationSet.create(state.doc, list);
}

function settle(state, value, actions) {
  const parts = closed(state.doc, value.others, value.overridden);
  return { ...value, parts, set: drawn(state, parts, actions) };
}

export const readonly = (actions) =>
  new Plugin({
    key,
    state: {
      init: (_, state) => settle(state, { others: new Map(), overridden: new Set() }, actions),
      apply(tr, value, _, state) {
        const change = tr.getMeta(key);
        if (change?.others) return settle(state, { ...value, others: change.others }, actions);
        if (change?.override)
          return settle(state, { ...value, overridden: new Set([...value.overridden, change.override]) }, actions);
        return tr.docChanged ? settle(state, value, actions) : value;
      },
    },
    filterTransaction(tr, state) {
      if (!tr.docChanged || tr.getMeta("machine") || tr.getMeta("remote")) return true;
      const value = key.getState(state);
      if (!value?.parts.length) return true;
      for (let index = 0; index < tr.steps.length; index++) {
        let hit = null;
        const back = tr.mapping.slice(0, index).invert();
        tr.steps[index].getMap().forEach((from, to) => {
          const a = index ? back.map(from) : from,
            b = index ? back.map(to) : to;
          hit ??= value.parts.find((part) => (a === b ? a > part.from && a < part.to : a < part.to && b > part.from));
        });
        const { pos } = tr.steps[index]; // a change of an attribute alone maps nothing
        if (!hit && typeof pos === "number") hit = value.parts.find((part) => pos >= part.from && pos < part.to);
        if (hit) {
          actions.refused(why(hit));
          return false;
        }
      }
      return true;
    },
    props: {
      decorations: (state) => key.getState(state).set,
      /** A browser is silent where it may not write: here a key is told why nothing happens. */
      handleKeyDown(view, event) {
        const part = closedAt(view.state, view.state.selection.from);
        const writes = event.key.length === 1 || ["Enter", "Backspace", "Delete"].includes(event.key);
        if (!part || !writes || event.ctrlKey || event.metaKey || event.altKey) return false;
        actions.refused(why(part));
        return true;
      },
    },
  });

const why = (part) =>
  part.why === "locked"
    ? `${part.who} is editing this section. Choose “Edit it anyway” to write in it too.`
    : "This part comes from the register. Take it over to change it.";

export const closedAt = (state, pos) => key.getState(state).parts.find((part) => pos >= part.from && pos < part.to);
