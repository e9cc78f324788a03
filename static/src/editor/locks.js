// Who is writing which section. A courtesy: saving is safe without it, and anybody may write on regardless.
import { key } from "./readonly.js";
import { sectionAt } from "./places.js";

const BEAT = 8000; // milliseconds; a lock lapses on the server after 45 seconds without one
const KEEP = 60000; // a section stays ours for a minute after the last key

export function locks({ view, url, server, onVersion }) {
  let mine = "",
    last = 0,
    shown = "",
    timer = null;

  function take(answer) {
    if (answer.status !== "ok") return;
    const others = new Map(answer.locks.filter((lock) => !lock.mine).map((lock) => [lock.section, lock.name]));
    const now = JSON.stringify([...others]);
    if (now !== shown) {
      shown = now;
      view.dispatch(view.state.tr.setMeta(key, { others }).setMeta("addToHistory", false));
    }
    onVersion(answer.version);
  }
  async function beat() {
    clearTimeout(timer);
    const holding = mine && Date.now() - last < KEEP;
    if (mine && !holding) {
      mine = "";
      await server.drop(url);
    }
    take(await (holding ? server.post(url, { section: mine }) : server.get(url)));
    timer = setTimeout(beat, document.hidden ? BEAT * 3 : BEAT);
  }
  addEventListener("pagehide", () => {
    if (mine) server.drop(url);
  });
  return {
    start: beat,
    beat,
    typed(state) {
      last = Date.now();
      const id = sectionAt(state)?.node.attrs.id;
      if (!id || id === mine) return;
      mine = id;
      server.post(url, { section: id }).then(take);
    },
  };
}
