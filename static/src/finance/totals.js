// Live totals: typed cells post to keys, worked-out cells add up keys. The sums are declared by the server in the page.
import { amount, brackets } from "./amounts.js";

function posted(form) {
  const sums = new Map();
  const add = (key, col, value) => sums.set(`${key}@${col}`, (sums.get(`${key}@${col}`) ?? 0) + value);
  for (const cell of form.querySelectorAll("input[data-posts]")) {
    if (!cell.dataset.posts) continue;
    const value = amount(cell.value, cell.dataset.kind);
    for (const post of postsOf(cell)) {
      const [key, sign] = post.split("|");
      add(key, cell.dataset.col, value * Number(sign));
    }
  }
  return sums;
}

// A new line says in its own choices which reserves it moves.
function postsOf(cell) {
  if (cell.dataset.posts !== "new") return cell.dataset.posts.split(" ");
  const stem = cell.name.split(".").slice(0, 2).join(".");
  const pick = (name) => cell.form.elements[`${stem}.${name}`]?.value ?? "";
  const [kind, reserve, to] = [pick("kind"), pick("reserve"), pick("to")];
  if (!kind || !reserve) return [];
  const own = `flow:${reserve}|${kind === "contribution" ? 1 : -1}`;
  return kind === "transfer" && to ? [own, `flow:${to}|1`] : [own];
}

export function compute(form) {
  const sums = posted(form);
  const shown = [...form.querySelectorAll("output[data-key]")];
  const columns = [...new Set([...form.querySelectorAll("[data-col]")].map((cell) => cell.dataset.col))].filter(Boolean).sort();
  const before = new Map(columns.map((col, n) => [col, columns[n - 1]]));
  const value = (key, col) => sums.get(`${key}@${col}`) ?? 0;
  for (const col of columns) {
    for (const output of shown.filter((each) => each.dataset.col === col)) {
      const { key, terms, product } = output.dataset;
      let result;
      if (product) {
        const [a, b] = product.split(" ");
        const pence = Math.round((value(a, col) * value(b, col)) / 100);
        result = Math.round(pence / 100000);
      } else if (terms) {
        result = terms.split(" ").reduce((total, term) => {
          const [name, sign, previous] = term.split("|");
          return total + Number(sign) * value(name, previous ? before.get(col) : col);
        }, 0);
      } else {
        result = Number(output.dataset.value || 0);
      }
      sums.set(`${key}@${col}`, result);
      show(output, result);
    }
  }
}

function show(output, value) {
  output.textContent = brackets(value);
  output.classList.toggle("fin-shown--below", value < 0);
  output.setAttribute("title", value < 0 ? `minus ${Math.abs(value).toLocaleString("en-GB")}` : "");
}
