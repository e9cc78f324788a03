// The head of the paper: fields that the page drew, saved together with the words.
const NAMES = ["to", "from_role", "title", "open_title", "marking"];

export function header(form, onChange) {
  const get = (name) => form?.querySelector(`[name="${name}"]`);
  const parts = ["day", "month", "year"].map((part) => get(`paper_date_${part}`)).filter(Boolean);
  const MONTHS = "january february march april may june july august september october november december".split(" ");

  function date() {
    if (!parts.length) return undefined;
    const [day, month, year] = parts.map((each) => each.value.trim());
    if (!day && !month && !year) return "";
    const at = MONTHS.findIndex((name) => month.length >= 3 && name.startsWith(month.toLowerCase()));
    return `${year.length === 2 ? `20${year}` : year}-${String(at >= 0 ? at + 1 : month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  }
  const read = () => {
    const values = {};
    for (const name of NAMES) if (get(name)) values[name] = get(name).value;
    if (parts.length) values.paper_date = date();
    return values;
  };
  const put = (name, value) => {
    if (name === "paper_date" && parts.length) {
      const [year, month, day] = (value || "--").split("-");
      [day, month, year].forEach((each, index) => {
        parts[index].value = each ? String(+each) : "";
      });
    } else if (get(name)) get(name).value = value ?? "";
  };
  const summary = document.querySelector("#paper-head-now");
  /** The head in a line, so that it may stay closed. */
  const summarise = () => {
    const { to, from_role: from, paper_date: on, marking } = read();
    const at = /^\d{4}-\d{2}-\d{2}$/.test(on ?? "") ? new Date(`${on}T12:00`) : null;
    const words = [
      to && `to ${to}`,
      from && `from ${from}`,
      at && !Number.isNaN(+at) && at.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" }),
      marking,
    ];
    if (summary) summary.textContent = words.filter(Boolean).join(" · ");
  };
  let held = read();
  summarise();
  form?.addEventListener("input", () => {
    summarise();
    onChange();
  });
  form?.addEventListener("submit", (event) => event.preventDefault());

  return {
    read,
    changed: () => JSON.stringify(read()) !== JSON.stringify(held),
    saved: (values) => {
      held = values;
      for (const box of form?.querySelectorAll("[data-wrong]") ?? []) clear(box);
    },
    /** What the server holds now; a field that is being changed here stays as it is typed unless `all`. */
    fold(values, all = false) {
      const mine = read();
      for (const [name, value] of Object.entries(values)) {
        if (all || mine[name] === held[name]) put(name, value);
        if (!all) held[name] = value ?? "";
      }
      summarise();
    },
    recover(values) {
      for (const [name, value] of Object.entries(values ?? {})) put(name, value);
      summarise();
    },
    wrong(errors) {
      form?.closest("details")?.setAttribute("open", "");
      for (const [name, sentences] of Object.entries(errors)) {
        const box = (name === "paper_date" ? parts[0] : get(name))?.closest(".govuk-form-group");
        if (!box) continue;
        clear(box);
        box.classList.add("govuk-form-group--error");
        box.dataset.wrong = "1";
        const sentence = document.createElement("p");
        sentence.className = "govuk-error-message";
        sentence.dataset.sentence = "1";
        sentence.setAttribute("role", "alert");
        sentence.textContent = sentences.join(" ");
        box.querySelector("input, select")?.before(sentence);
      }
    },
  };
  function clear(box) {
    box.classList.remove("govuk-form-group--error");
    delete box.dataset.wrong;
    box.querySelectorAll("[data-sentence]").forEach((each) => each.remove());
  }
}
