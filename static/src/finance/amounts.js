// Reading amounts as the server does. The server decides; this only says so sooner, at the cell.
const GROUPED = /^(\d{1,3}(,\d{3})*|\d+)$/;
const DECIMAL = /^(\d{1,3}(,\d{3})*|\d+)(\.\d+)?$/;
const MINUS = /^[-−‒–—]\s*/;

function parts(text) {
  let body = text.trim();
  let sign = 1;
  if (/^\(.*\)$/.test(body)) { body = body.slice(1, -1).trim(); sign = -1; } else if (MINUS.test(body)) { body = body.replace(MINUS, ""); sign = -1; }
  return [body.replace(/^£/, "").trim(), sign];
}

export function problem(text, kind) {
  const shown = text.trim();
  if (!shown || /^[-−‒–—]$/.test(shown)) return "";
  if (shown.toUpperCase() === "TBC") return "";
  const [body] = parts(shown);
  if (kind === "decimal") {
    if (!DECIMAL.test(body.replace(/%$/, ""))) return `“${shown}” is not a number.`;
    return (body.split(".")[1] ?? "").length > 2 ? `“${shown}” has more than 2 decimal places.` : "";
  }
  if (GROUPED.test(body)) return "";
  if (DECIMAL.test(body)) return `“${shown}” has a decimal point. Amounts are whole thousands of pounds.`;
  return /^[\d,]+$/.test(body) ? `“${shown}” has a comma in the wrong place.` : `“${shown}” is not an amount.`;
}

/** The number in a cell; nil for what is empty, to be confirmed or cannot be read. Decimals come as hundredths. */
export function amount(text, kind) {
  if (problem(text, kind)) return 0;
  const [body, sign] = parts(text);
  const plain = body.replace(/[,%]/g, "");
  if (!/^\d/.test(plain)) return 0;
  if (kind !== "decimal") return sign * Number(plain);
  const [whole, part = ""] = plain.split(".");
  return sign * (Number(whole) * 100 + Number(part.padEnd(2, "0")));
}

export function brackets(value) {
  if (value === 0) return "–";
  const size = Math.abs(value).toLocaleString("en-GB");
  return value < 0 ? `(${size})` : size;
}
