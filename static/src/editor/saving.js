// Autosave. Whatever is typed is first kept in this browser, then sent; it leaves the browser only when the server has it.
import { Mapping } from "prosemirror-transform";

import { clock } from "./dom.js";
import { difference, fold } from "./fold.js";
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

  // What went out and was not answered. It goes out again as it was: the server may hold it already, and then must see the same.
  let unanswered = null;
  if (recovered?.sent) {
    const document = schema.nodeFromJSON(recovered.sent);
    unanswered = { document, head: recovered.header, withHeader: true };
    since = difference(document, view.state.doc).mapping;
  }
  const waiting = () => dirty || Boolean(unanswered);

  const keep = () => {
    clearTimeout(keeping);
    keeping = null;
    if (!waiting()) return;
    const document = view.state.doc;
    const sent = unanswered && !unanswered.document.eq(document) ? unanswered.document.toJSON() : undefined;
    const kept = store.keep({ document: document.toJSON(), header: header.read(), base: version, sent });
    if (!kept) say("full");
  };
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };

  function changed() {
    dirty = true;
    stopped = "";
    keeping ??= setTimeout(keep); // as soon as the key is drawn: a tab that is killed says no farewell
    if (unsettled) return;
    if (["idle", "saved", "wrong", "refused"].includes(state)) say("typing");
    if (busy || state === "offline" || state === "signed-out") return;
    first ||= Date.now();
    later(Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
  }

  /** What goes out now: what was not answered before, or the paper as it stands. */
  function attempt(withHeader) {
    if (unanswered) return unanswered;
    since = new Mapping();
    dirty = false;
    return { document: view.state.doc, head: header.read(), withHeader: withHeader && header.changed() };
  }

  async function send({ withHeader = true } = {}) {
    clearTimeout(timer);
    if (busy || unsettled || !waiting()) return;
    busy = true;
    first = 0;
    if (state !== "offline" && state !== "signed-out") say("saving");
    const out = attempt(withHeader);
    unanswered = out;
    keep();
    const sent = {
      document: out.document.toJSON(),
      base: version,
      person,
      ...(out.withHeader ? { header: out.head } : {}),
    };
    const answer = await server.post(url, sent);
    busy = false;
    if (answer.status === "offline" || answer.status === "signed-out") return unheard(answer.status);
    unanswered = null;
    if (answer.status === "ok") return taken(out, answer);
    dirty = true;
    if (answer.status === "conflict") {
      unsettled = { answer, document: out.document };
      keep();
      say("conflict");
      onConflict();
      return;
    }
    if (answer.errors && out.withHeader) {
      onHeaderErrors(answer.errors);
      return send({ withHeader: false });
    }
    stopped = answer.error;
    keep();
    say(answer.status);
    if (answer.block) onSaved({ wrongBlock: answer.block });
  }

  /** Nobody answered, or nobody is signed in: everything stays in this browser, and goes out again by itself. */
  function unheard(status) {
    keep();
    if (state !== "full") say(status);
    later(RETRY[Math.min(tries++, RETRY.length - 1)]);
  }

  /** The server has it; what somebody else changed meanwhile comes in. */
  function taken(out, answer) {
    tries = 0;
    const after = answer.document ? schema.nodeFromJSON(answer.document) : out.document;
    // where another's change finds no place among words typed meanwhile, the same base goes out again and the server merges anew
    const whole = !answer.document || fold(view, out.document, after, since);
    if (whole) {
      version = answer.version;
      known = after;
    } else dirty = true;
    if (out.withHeader) header.saved(out.head);
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
  }

  /** Another version that the server holds now, brought in while nothing of ours waits. */
  async function catchUp() {
    if (busy || waiting() || unsettled) return false;
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
      return waiting() || busy || Boolean(unsettled);
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
      if (waiting() && !unsettled) send();
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
      for (let turn = 0; turn < 40 && (waiting() || busy) && !unsettled; turn++) {
        if (!busy) await send();
        else await new Promise((done) => setTimeout(done, 100));
        if (["offline", "signed-out", "wrong", "refused"].includes(state)) break;
      }
      return !(waiting() || busy || unsettled);
    },
    start() {
      if (recovered) {
        keep();
        send();
      } else say("idle");
      addEventListener("online", () => {
        if (waiting()) send();
      });
      addEventListener("focus", () => {
        if (waiting() && ["offline", "signed-out"].includes(state)) send();
      });
      addEventListener("pagehide", keep);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") {
          keep();
          if (!["offline", "signed-out"].includes(state)) send();
        }
      });
      addEventListener("beforeunload", (event) => {
        if (waiting() || busy || unsettled) {
          keep();
          event.preventDefault();
        }
      });
    },
  };
}
