// What cross-references are called that lead out of the words: items, annexes, rows of registers. The server knows; it is asked once.
import { find } from "./places.js";
import { schema } from "./schema.js";

const N = schema.nodes;
const MOST = 200; // targets in one question

export class Titles {
  #known = new Map();
  #waiting = new Set();
  #asked = new Set();
  #server;
  #url;

  constructor(server, url) {
    this.#server = server;
    this.#url = url;
  }
  set(target, label) {
    this.#known.set(target, label);
    this.#waiting.delete(target);
  }
  get(target) {
    return this.#known.get(target);
  }
  waiting(target) {
    return this.#waiting.has(target);
  }

  /** The first words of a block that carries no number. */
  block(state, id) {
    const found = find(state.doc, id);
    if (!found) return undefined;
    const words = (found.node.type === N.section ? found.node.firstChild : found.node).textContent;
    return words.slice(0, 60) || undefined;
  }

  /** Asks for the names that are not known yet; true when the paper has to be drawn again. */
  async seek(doc) {
    const wanted = new Set();
    doc.descendants((node) => {
      if (node.type !== N.xref) return;
      const { target } = node.attrs;
      const known = target.startsWith("block:") || this.#known.has(target) || this.#asked.has(target);
      if (!known && wanted.size < MOST) wanted.add(target);
    });
    if (!wanted.size) return false;
    for (const target of wanted) {
      this.#waiting.add(target);
      this.#asked.add(target);
    }
    const query = [...wanted].map((target) => `target=${encodeURIComponent(target)}`).join("&");
    const answer = await this.#server.get(`${this.#url}?${query}`);
    if (answer.status === "ok") for (const each of answer.targets) this.set(each.target, each.label);
    else for (const target of wanted) this.#asked.delete(target);
    this.#waiting.clear();
    return true;
  }

  /** Everything that fits the words of somebody who looks for a target, or null when nobody answered. */
  async search(words) {
    const answer = await this.#server.get(`${this.#url}?q=${encodeURIComponent(words)}`);
    return answer.status === "ok" ? answer.targets : null;
  }
}
