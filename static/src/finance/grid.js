// The editable grid: arrow keys, paste from Excel, undo, errors at the cell and live totals. Without it the grid is a plain form.
import { compute } from "./totals.js";
import { problem } from "./amounts.js";
import { History } from "./history.js";

function cellsOf(form) {
  return [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input.fin-input, select.fin-select, input.fin-tick")]);
}

function place(rows, cell) {
  for (let r = 0; r < rows.length; r++) {
    const c = rows[r].indexOf(cell);
    if (c >= 0) return [r, c];
  }
  return null;
}

// Cells stand one above the other by where they are drawn, since rows differ in what can be typed.
function below(rows, cell, step) {
  const [r] = place(rows, cell);
  const middle = cell.getBoundingClientRect();
  const x = middle.left + middle.width / 2;
  for (let next = r + step; next >= 0 && next < rows.length; next += step) {
    const found = rows[next].find((other) => {
      const box = other.getBoundingClientRect();
      return box.left <= x && x <= box.right;
    });
    if (found) return found;
  }
  return null;
}

function beside(rows, cell, step) {
  const [r, c] = place(rows, cell);
  return rows[r][c + step] ?? null;
}

function select(cell) {
  cell.focus();
  if (cell.select && cell.type !== "checkbox") cell.select();
}

function mark(cell) {
  const said = cell.dataset.kind ? problem(cell.value, cell.dataset.kind) : "";
  const id = `${cell.id}-error`;
  let note = document.getElementById(id);
  cell.classList.toggle("fin-wrong", Boolean(said));
  if (said) {
    if (!note) {
      note = Object.assign(document.createElement("span"), { id, className: "fin-error" });
      cell.after(note);
    }
    note.textContent = said;
    cell.setAttribute("aria-invalid", "true");
    cell.setAttribute("aria-describedby", id);
  } else if (note) {
    note.remove();
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
  }
}

function start(form) {
  const rows = cellsOf(form);
  const history = new History(rows.flat());
  const status = form.querySelector("[data-fin-status]");
  form.querySelector("[data-fin-help]").hidden = false;
  form.querySelector("[data-fin-nojs]").hidden = true;
  const say = (text) => { status.textContent = text; };
  const settle = () => compute(form);

  form.addEventListener("focusin", (event) => { if (place(rows, event.target)) history.opened(event.target); });
  form.addEventListener("change", (event) => {
    if (!place(rows, event.target)) return;
    history.closed(event.target);
    mark(event.target);
    settle();
  });
  form.addEventListener("input", (event) => { if (place(rows, event.target)) settle(); });

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!place(rows, cell)) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y")) {
      // Inside a cell that is being typed in, the browser's own undo comes first.
      if (history.isOpen(cell)) return;
      event.preventDefault();
      const changed = key === "z" && !event.shiftKey ? history.undo() : history.redo();
      if (!changed.length) return say(key === "z" ? "Nothing to take back." : "Nothing to do again.");
      changed.forEach(mark);
      settle();
      select(changed[0]);
      return say(`${changed.length} ${changed.length === 1 ? "cell" : "cells"} ${key === "z" && !event.shiftKey ? "taken back" : "done again"}.`);
    }
    const inText = cell.type === "text" && !cell.dataset.kind;
    const moves = { arrowup: [below, -1], arrowdown: [below, 1], enter: [below, event.shiftKey ? -1 : 1] };
    if (cell.tagName === "SELECT" && key !== "enter") return;
    const atEdge = !inText && (cell.selectionStart === cell.selectionEnd ? null : true);
    if (key === "arrowleft" && (cell.type === "checkbox" || atEdge || cell.selectionStart === 0)) moves.arrowleft = [beside, -1];
    if (key === "arrowright" && (cell.type === "checkbox" || atEdge || cell.selectionEnd === cell.value.length)) moves.arrowright = [beside, 1];
    if (key === "escape" && history.isOpen(cell)) {
      history.cancel(cell);
      mark(cell);
      settle();
      return;
    }
    if (!moves[key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [way, step] = moves[key];
    const next = way(rows, cell, step);
    if (next) select(next);
  });

  form.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const cell = event.target;
    if (!place(rows, cell) || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const pairs = [];
    let first = cell;
    let left = 0;
    for (const line of block) {
      let target = first;
      for (const value of line) {
        if (!target) { left += 1; continue; }
        if (target.type !== "checkbox") pairs.push([target, value.trim()]);
        target = beside(rows, target, 1);
      }
      const next = first && below(rows, first, 1);
      if (!next && line !== block.at(-1)) left += block.slice(block.indexOf(line) + 1).flat().length;
      if (!next) { first = null; break; }
      first = next;
    }
    history.set(pairs);
    pairs.forEach(([one]) => mark(one));
    settle();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const wrong = pairs.filter(([one]) => one.classList.contains("fin-wrong")).length;
    say(`${pairs.length} cells pasted.${wrong ? ` ${wrong} cannot be read: see the cells in red.` : ""}${left ? ` ${left} did not fit and were left out.` : ""}`);
  });

  rows.flat().forEach((cell) => { if (cell.type === "text" || cell.type === "") history.remember(cell); });
  settle();
}

document.querySelectorAll("[data-fin-grid]").forEach(start);
