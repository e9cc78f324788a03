// How nodes are drawn that are more than their words. What they show is real text, so that it is read out, found and copied.
import { number } from "./numbering.js";
import { labelOf } from "./numbers.js";
import { h } from "./dom.js";

const WHO = { board: "The Board", commissioner: "The Commissioner" };

/** Everything whose words come from elsewhere in the paper registers here and is told when that may have changed. */
export class Derived {
  #views = new Set();
  add(view) {
    this.#views.add(view);
  }
  remove(view) {
    this.#views.delete(view);
  }
  refresh(state) {
    for (const view of this.#views) view.refresh(state);
  }
}

const swap = (element, words) => {
  if (element.textContent !== words) element.textContent = words;
};

export function views({ derived, titles, imageUrl }) {
  const derivedView = (make) => (node, view, getPos) => {
    const made = make(node, view, getPos);
    derived.add(made);
    made.refresh(view.state);
    return { ignoreMutation: () => true, ...made, destroy: () => derived.remove(made) };
  };

  return {
    xref: derivedView((node) => {
      const dom = h("span", { class: "xref" });
      return {
        dom,
        refresh(state) {
          const { target, text, page } = node.attrs;
          const own = target.startsWith("block:")
            ? (labelOf(state, target.slice(6)) ?? titles.block(state, target.slice(6)))
            : titles.get(target);
          swap(
            dom,
            (text || own || (titles.waiting(target) ? "…" : "[reference not found]")) + (page ? " (page …)" : ""),
          );
          dom.classList.toggle("xref--missing", !own && !titles.waiting(target));
        },
      };
    }),
    footnote: derivedView((node, view, getPos) => {
      const mark = h("sup"),
        dom = h(
          "span",
          { class: "footnote-ref", title: node.textContent },
          h("span", { class: "govuk-visually-hidden" }, "footnote "),
          mark,
        );
      return {
        dom,
        refresh(state) {
          let count = 0;
          const at = getPos();
          state.doc.nodesBetween(0, Math.min(at ?? 0, state.doc.content.size), (each, pos) => {
            if (each.type === node.type && pos < at) count += 1;
          });
          swap(mark, String(count + 1));
        },
      };
    }),
    bound: (node) => ({
      dom: h(
        "span",
        { class: "bound", title: `Live figure from the register of ${node.attrs.register}` },
        node.attrs.text,
      ),
      ignoreMutation: () => true,
    }),
    tag: (node) => ({
      dom: h("span", { class: `tag tag--${node.attrs.tone}` }, node.attrs.text),
      ignoreMutation: () => true,
    }),
    recommendationEcho: derivedView((node) => {
      const list = h("ol", { class: "lettered", role: "list" });
      const dom = h(
        "div",
        { class: "echo", contenteditable: "false", id: node.attrs.id },
        h("p", { class: "ed-note" }, "The recommendations again, as written above"),
        list,
      );
      let shown = null;
      return {
        dom,
        refresh(state) {
          const found = number(state.doc).filter((each) => each.node.type.name === "recommendation");
          const key = found
            .map(({ number: n, node: each }) => `${n}|${each.attrs.verb}|${each.attrs.to}|${each.textContent}`)
            .join("\n");
          if (key === shown) return;
          shown = key;
          list.replaceChildren(
            ...found.map(({ number: n, node: each }) =>
              h(
                "li",
                {},
                h("span", { class: "num" }, n),
                ` ${WHO[each.attrs.to]} is recommended to `,
                h("strong", {}, each.attrs.verb),
                ` ${each.textContent}`,
              ),
            ),
          );
          if (!found.length) list.replaceChildren(h("li", {}, "No recommendation has been written yet."));
        },
      };
    }),
    recommendation: (node) => {
      const who = h("span"),
        verb = h("strong"),
        lead = h("span", { class: "ed-lead", contenteditable: "false" }, who, " is recommended to ", verb, " ");
      const contentDOM = h("span", { class: "ed-words" });
      const outcome = h("span", { class: "outcome", contenteditable: "false" });
      const dom = h("p", { class: "recommendation numbered", id: node.attrs.id }, lead, contentDOM, outcome);
      const update = (next) => {
        if (next.type !== node.type) return false;
        dom.id = next.attrs.id;
        who.textContent = WHO[next.attrs.to];
        verb.textContent = next.attrs.verb;
        outcome.textContent = next.attrs.outcome ? ` Outcome: ${next.attrs.outcome}` : "";
        dom.classList.toggle("is-empty", next.content.size === 0);
        return true;
      };
      update(node);
      return {
        dom,
        contentDOM,
        update,
        ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target),
      };
    },
    sourceDocument: (node) => {
      const contentDOM = h("span", { class: "ed-words" }),
        address = h("span", { class: "ed-address", contenteditable: "false" });
      const dom = h("p", { class: "source", id: node.attrs.id }, contentDOM, address);
      const update = (next) => {
        if (next.type !== node.type) return false;
        dom.id = next.attrs.id;
        address.textContent = next.attrs.href ? ` (${next.attrs.href})` : "";
        dom.classList.toggle("is-empty", next.content.size === 0);
        return true;
      };
      update(node);
      return {
        dom,
        contentDOM,
        update,
        ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target),
      };
    },
    contactOfficer: (node) => ({
      dom: h(
        "p",
        { class: "contact", id: node.attrs.id, contenteditable: "false" },
        h("span", { class: "ed-note" }, "Contact officer: "),
        [node.attrs.role, node.attrs.mailbox].filter(Boolean).join(", ") || "no post given yet",
      ),
      ignoreMutation: () => true,
    }),
    chart: (node) => ({
      dom: h(
        "figure",
        { class: "chart", contenteditable: "false", id: node.attrs.id },
        h("p", { class: "caption" }, node.attrs.caption),
        h("p", { class: "chart__alternative" }, node.attrs.alt || "No description"),
        h("p", { class: "ed-note" }, "Drawn from the register when the pack is made"),
      ),
      ignoreMutation: () => true,
    }),
    image: (node) => {
      const picture = node.attrs.src ? h("img", { src: imageUrl(node.attrs.src), alt: node.attrs.alt }) : null;
      if (picture && node.attrs.width) picture.className = `w-${node.attrs.width}`;
      const alt = node.attrs.alt
        ? h("p", { class: "ed-note" }, `Alternative: ${node.attrs.alt}`)
        : h("p", { class: "ed-alert" }, "This picture needs an alternative text: select it and write one.");
      return {
        dom: h(
          "div",
          { class: "ed-image", contenteditable: "false" },
          picture ?? h("p", { class: "ed-note" }, "No picture"),
          alt,
        ),
        ignoreMutation: () => true,
      };
    },
    table: (node, view, getPos) => {
      const columns = h("colgroup"),
        contentDOM = h("tbody");
      const dom = h("table", { class: "table" }, columns, contentDOM);
      const draw = () => {
        const at = getPos();
        const widths = at === undefined ? null : view.state.doc.resolve(at).parent.attrs.widths;
        const key = JSON.stringify(widths ?? null);
        if (columns.dataset.key === key) return;
        columns.dataset.key = key;
        dom.classList.toggle("table--fixed", Boolean(widths));
        columns.replaceChildren(...(widths ?? []).map((width) => h("col", { class: `w-${width}` })));
      };
      const made = { refresh: draw };
      derived.add(made);
      draw();
      return {
        dom,
        contentDOM,
        update: (next) => next.type === node.type,
        destroy: () => derived.remove(made),
        ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target),
      };
    },
  };
}
