// What was typed and not yet taken in by the server, kept in this browser. One draft for each tab, so that two tabs never write over each other.
// It is the person's own: another person who signs in on this machine is not shown it. It goes when the server has it.
const PREFIX = "paper-draft";

export function store(paper, person) {
  let tab = sessionStorage.getItem(`${PREFIX}-tab`);
  if (!tab) sessionStorage.setItem(`${PREFIX}-tab`, (tab = crypto.getRandomValues(new Uint32Array(2)).join("-")));
  const stem = `${PREFIX}:${paper}:${person}:`;
  const own = stem + tab;
  // a lock held for as long as the tab lives tells the others that its draft is not an orphan
  navigator.locks?.request(own, { ifAvailable: true }, (lock) => (lock ? new Promise(() => {}) : null));

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  return {
    /** False when this browser cannot keep it: the storage is full or switched off. */
    keep(draft) {
      try {
        localStorage.setItem(own, JSON.stringify({ ...draft, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    },
    drop: () => localStorage.removeItem(own),
    /** This tab's draft, or the newest of a tab that is gone. Taking one over makes it this tab's. */
    async recover() {
      const mine = read(own);
      if (mine) return mine;
      const alive = new Set(navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : []);
      const orphans = Object.keys(localStorage)
        .filter((key) => key.startsWith(stem) && key !== own && !alive.has(key))
        .map((key) => [key, read(key)])
        .filter(([, draft]) => draft?.document);
      orphans.sort(([, a], [, b]) => b.at - a.at);
      const [key, draft] = orphans[0] ?? [];
      if (!draft) return null;
      localStorage.setItem(own, JSON.stringify(draft));
      localStorage.removeItem(key);
      return draft;
    },
  };
}
