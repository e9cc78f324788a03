// The margin: what the checks found and what people said, in the order of the paper. Each leads to its block.
import { button, field, h, hidden } from "./dom.js";

const WORDS = { blocks: "Put right", acknowledge: "Acknowledge", advice: "Advice" };

export function panel({ server, urls, go, label, quote, counted }) {
  const tabs = {},
    panes = {};
  const strip = h("div", { class: "ed-tabs", role: "tablist", "aria-label": "Margin" });
  const element = h("aside", { class: "ed-panel", "aria-label": "Findings and comments" }, strip);
  const names = { findings: "Findings", comments: "Comments" };
  let threads = [],
    found = [];
  for (const key of Object.keys(names)) {
    tabs[key] = h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `ed-tab-${key}`,
        "aria-controls": `ed-pane-${key}`,
        class: "ed-tab",
        onclick: () => open(key),
      },
      names[key],
    );
    panes[key] = h("div", {
      role: "tabpanel",
      id: `ed-pane-${key}`,
      "aria-labelledby": `ed-tab-${key}`,
      class: "ed-pane",
      tabindex: "0",
    });
    strip.append(tabs[key]);
    element.append(panes[key]);
  }
  strip.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      const other = tabs.findings.tabIndex === 0 ? "comments" : "findings";
      open(other);
      tabs[other].focus();
    }
  });
  function open(key) {
    for (const each of Object.keys(names)) {
      tabs[each].setAttribute("aria-selected", String(each === key));
      tabs[each].tabIndex = each === key ? 0 : -1;
      panes[each].hidden = each !== key;
    }
  }
  const count = (key, number) =>
    tabs[key].replaceChildren(
      names[key],
      " ",
      h("span", { class: "app-count" }, String(number)),
      hidden(number === 1 ? " item" : " items"),
    );
  open("findings");
  count("findings", 0);
  count("comments", 0);

  const place = (id, words) => (id ? button(words, () => go(id), { kind: "link" }) : h("span", {}, words));

  const namesNow = () => found.map(({ block_id: id }) => (id ? label(id) : "")).join("|");
  let called = "";

  function drawFindings() {
    count("findings", found.length);
    called = namesNow();
    panes.findings.replaceChildren(
      found.length
        ? h(
            "ol",
            { class: "ed-list" },
            found.map((each) =>
              h(
                "li",
                { class: `ed-card ed-card--${each.severity}` },
                h(
                  "p",
                  { class: "ed-card__head" },
                  h("strong", {}, WORDS[each.severity] ?? each.severity),
                  each.block_id
                    ? place(
                        each.block_id,
                        label(each.block_id) ?? (each.printed_number ? `paragraph ${each.printed_number}` : "show"),
                      )
                    : h("span", {}, "The whole paper"),
                ),
                h("p", {}, each.sentence),
                each.mend && h("p", { class: "ed-note" }, each.mend),
              ),
            ),
          )
        : h("p", { class: "ed-note" }, "Nothing found."),
    );
  }

  function card(thread) {
    const words = h("textarea", { class: "govuk-textarea", rows: "2" });
    const say = h("p", { class: "govuk-error-message", role: "alert" });
    const reply = h(
      "details",
      { class: "ed-reply" },
      h("summary", {}, "Reply"),
      h(
        "form",
        {
          onsubmit: async (event) => {
            event.preventDefault();
            if (!words.value.trim()) return void (say.textContent = "Write the reply first.");
            const form = new FormData();
            form.set("text", words.value.trim());
            const answer = await server.form(urls.reply.replace(ZERO, thread.id), form);
            if (answer.status === "ok") load();
            else say.textContent = unsent(answer);
          },
        },
        field("Reply", words),
        say,
        h(
          "button",
          { class: "govuk-button govuk-button--small govuk-button--secondary", type: "submit" },
          "Send the reply",
        ),
      ),
    );
    const settle = button(
      thread.resolved ? "Open again" : "Resolve",
      async () => {
        const form = new FormData();
        if (thread.resolved) form.set("undo", "1");
        const answer = await server.form(urls.resolve.replace(ZERO, thread.id), form);
        if (answer.status === "ok") load();
        else say.textContent = unsent(answer);
      },
      { kind: "link" },
    );
    const line = (each) => [
      h("p", {}, each.text),
      h(
        "p",
        { class: "ed-note" },
        `${each.by}, ${new Date(each.at).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}`,
      ),
    ];
    return h(
      "li",
      { class: `ed-card${thread.resolved ? " ed-card--done" : ""}` },
      h(
        "p",
        { class: "ed-card__head" },
        place(thread.block_id, label(thread.block_id) ?? "a part of the paper"),
        thread.resolved ? h("span", { class: "ed-note" }, "Resolved") : null,
      ),
      thread.quote ? h("blockquote", { class: "ed-quote" }, thread.quote) : null,
      ...line(thread),
      ...thread.replies.map((each) => h("div", { class: "ed-card__reply" }, ...line(each))),
      h("div", { class: "ed-card__do" }, settle),
      thread.resolved ? null : reply,
      say,
    );
  }
  function drawComments() {
    const open = threads.filter((thread) => !thread.resolved),
      done = threads.filter((thread) => thread.resolved);
    count("comments", open.length);
    const list = panes.comments.querySelector("[data-threads]") ?? h("div", { "data-threads": true });
    list.replaceChildren(
      open.length ? h("ol", { class: "ed-list" }, open.map(card)) : h("p", { class: "ed-note" }, "No open comment."),
      ...(done.length
        ? [
            h(
              "details",
              { class: "ed-reply" },
              h("summary", {}, `${done.length} resolved`),
              h("ol", { class: "ed-list" }, done.map(card)),
            ),
          ]
        : []),
    );
    if (!list.parentElement)
      panes.comments.append(
        button("Comment on this paragraph", () => write(), {}),
        h("div", { "data-write": true }),
        list,
      );
    counted(new Set(open.map((thread) => thread.block_id)));
  }
  const ZERO = "00000000-0000-0000-0000-000000000000";
  const unsent = (answer) =>
    answer.error ?? "This was not sent: the portal cannot be reached. Try again; your words are still here.";

  function write() {
    const about = quote();
    open("comments");
    if (!about) return;
    const words = h("textarea", { class: "govuk-textarea", rows: "3" }),
      say = h("p", { class: "govuk-error-message", role: "alert" });
    const close = () => panes.comments.querySelector("[data-write]").replaceChildren();
    panes.comments.querySelector("[data-write]").replaceChildren(
      h(
        "form",
        {
          class: "ed-card",
          onsubmit: async (event) => {
            event.preventDefault();
            if (!words.value.trim()) return void (say.textContent = "Write the comment first.");
            const form = new FormData();
            form.set("block_id", about.id);
            form.set("quote", about.quote);
            form.set("text", words.value.trim());
            const answer = await server.form(urls.comments, form);
            if (answer.status === "ok") {
              close();
              await load();
              go(about.id);
            } else say.textContent = unsent(answer);
          },
        },
        h("p", { class: "ed-card__head" }, `On ${label(about.id) ?? "this part"}`),
        about.quote ? h("blockquote", { class: "ed-quote" }, about.quote) : null,
        field("Comment", words, { hint: "Write @ and initials to tell a colleague." }),
        say,
        h(
          "div",
          { class: "govuk-button-group" },
          h("button", { class: "govuk-button govuk-button--small", type: "submit" }, "Add the comment"),
          button("Cancel", close, { kind: "link" }),
        ),
      ),
    );
    words.focus();
  }
  async function load() {
    const answer = await server.get(urls.comments);
    if (answer.status === "ok" && answer.comments) {
      threads = answer.comments;
      drawComments();
    }
  }
  async function check() {
    const answer = await server.get(urls.findings);
    if (answer.status === "ok") {
      found = answer.findings;
      drawFindings();
    }
    return found;
  }
  drawFindings();
  drawComments();
  return {
    element,
    load,
    check,
    write,
    /** After a change of numbers: each finding is called by the number that its block has now. */
    redraw() {
      if (namesNow() !== called && !panes.findings.contains(document.activeElement)) drawFindings();
    },
    get findings() {
      return found;
    },
    get threads() {
      return threads;
    },
  };
}
