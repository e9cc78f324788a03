// Autosave. Whatever is typed is first kept in this browser, then sent; it leaves the browser only when the server has it.
import { Mapping } from "prosemirror-transform";

import { clock } from "./dom.js";
import { fold } from "./fold.js";
import { schema } from "./schema.js";

const PAUSE = 1500; // milliseconds after the last key
const LONGEST = 5000; // while somebody types on and on
const RETRY = [2000, 4000, 8000, 15000];

export function saving({
  view,
  url,
  person,
  server,
  store,
  header,
  version,
  base,
  show,
  onSaved,
  onConflict,
  onHeaderErrors,
  recovered = null,
}) {
  let known = base; // the document of `version` as the server holds it
  let since = new Mapping(); // what was typed since the last document that went out
  let dirty = Boolean(recovered),
    unsettled = null,
    busy = false,
    timer = null,
    first = 0,
    tries = 0,
    state = "idle",
    keeping = null,
    stopped = "";

  const words = {
    idle: () => `Version ${version}`,
    typing: () => "Not saved yet",
    saving: () => "Saving…",
    saved: () => `Saved as version ${version} at ${clock()}`,
    offline: () => "Offline: kept in this browser, will be sent",
    full: () => "Offline, and this browser cannot keep a copy. Do not close this page.",
    "signed-out": () => "You were signed out: kept in this browser, will be sent when you sign in",
    conflict: () => "Not saved: somebody else changed the same part",
    refused: () => stopped,
    wrong: () => stopped,
  };
  const say = (next) => {
    state = next;
    show(next, words[next]());
  };

  const keep = () => {
    clearTimeout(keeping);
    keeping = null;
    if (dirty && !store.keep({ document: view.state.doc.toJSON(), header: header.read(), base: version })) say("full");
  };
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };

  function changed() {
    dirty = true;
    stopped = "";
    keeping ??= setTimeout(keep, 250);
    if (unsettled) return;
    if (["idle", "saved", "wrong", "refused"].includes(state)) say("typing");
    if (busy || state === "offline" || state === "signed-out") return;
    first ||= Date.now();
    later(Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
  }

  async function send({ withHeader = true } = {}) {
    clearTimeout(timer);
    if (busy || unsettled || !dirty) return;
    keep();
    busy = true;
    first = 0;
    if (state !== "offline" && state !== "signed-out") say("saving");
    const document = view.state.doc;
    const head = header.read();
    const before = version;
    since = new Mapping();
    dirty = false;
    const answer = await server.post(url, {
      document: document.toJSON(),
      base: version,
      person,
      ...(withHeader && header.changed() ? { header: head } : {}),
    });
    busy = false;
    if (answer.status === "ok") {
      tries = 0;
      const after = answer.document ? schema.nodeFromJSON(answer.document) : document;
      // where another's change finds no place among words typed meanwhile, the same base goes out again and the server merges anew
      const whole = !answer.document || fold(view, document, after, since);
      version = whole ? answer.version : before;
      known = whole ? after : known;
      if (!whole) dirty = true;
      if (withHeader) header.saved(head);
      if (answer.header) header.fold(answer.header);
      since = new Mapping();
      if (dirty) {
        keep();
        say("typing");
        later(PAUSE);
      } else {
        store.drop();
        say("saved");
      }
      onSaved(answer);
    } else if (answer.status === "conflict") {
      dirty = true;
      unsettled = { answer, document };
      keep();
      say("conflict");
      onConflict();
    } else if (answer.status === "offline" || answer.status === "signed-out") {
      dirty = true;
      keep();
      if (state !== "full") say(answer.status);
      later(RETRY[Math.min(tries++, RETRY.length - 1)]);
    } else {
      dirty = true;
      if (answer.errors && withHeader) {
        onHeaderErrors(answer.errors);
        return send({ withHeader: false });
      }
      stopped = answer.error;
      keep();
      say(answer.status);
      if (answer.block) onSaved({ wrongBlock: answer.block });
    }
  }

  /** Another version that the server holds now, brought in while nothing of ours waits. */
  async function catchUp() {
    if (busy || dirty || unsettled) return false;
    busy = true;
    since = new Mapping();
    const answer = await server.get(url);
    busy = false;
    if (answer.status === "ok" && answer.version > version) {
      const after = schema.nodeFromJSON(answer.document);
      if (fold(view, known, after, since)) {
        known = after;
        version = answer.version;
      }
      if (answer.header) header.fold(answer.header);
      if (!dirty) say("idle");
    }
    if (dirty) later(PAUSE);
    return answer.status === "ok";
  }

  return {
    get dirty() {
      return dirty || busy || Boolean(unsettled);
    },
    get version() {
      return version;
    },
    get conflict() {
      return unsettled?.answer ?? null;
    },
    changed,
    catchUp,
    typed(tr) {
      if (tr.docChanged && !tr.getMeta("remote")) since.appendMapping(tr.mapping);
    },
    now: () => send(),
    retry: () => {
      if (dirty && !unsettled) send();
    },
    keep,
    /** All conflicts are decided: `decided` is the paper that both are in. */
    settle(decided, heading) {
      const { answer, document } = unsettled;
      unsettled = null;
      const theirs = schema.nodeFromJSON(answer.document);
      fold(view, document, schema.nodeFromJSON(decided), since);
      known = theirs;
      since = new Mapping();
      version = answer.version;
      header.fold(heading, true);
      dirty = true;
      return send();
    },
    async flush() {
      for (let turn = 0; turn < 40 && (dirty || busy) && !unsettled; turn++) {
        if (!busy) await send();
        else await new Promise((done) => setTimeout(done, 100));
        if (["offline", "signed-out", "wrong", "refused"].includes(state)) break;
      }
      return !(dirty || busy || unsettled);
    },
    start() {
      if (recovered) {
        keep();
        send();
      } else say("idle");
      addEventListener("online", () => {
        if (dirty) send();
      });
      addEventListener("focus", () => {
        if (dirty && ["offline", "signed-out"].includes(state)) send();
      });
      addEventListener("pagehide", keep);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") {
          keep();
          if (!["offline", "signed-out"].includes(state)) send();
        }
      });
      addEventListener("beforeunload", (event) => {
        if (dirty || busy || unsettled) {
          keep();
          event.preventDefault();
        }
      });
    },
  };
}
