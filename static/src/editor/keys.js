// Every key of the editor. Tab is taken only in tables and lists, so that it always leads out of a paragraph; Escape gives it back there too.
import { baseKeymap, chainCommands, selectParentNode } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { inputRules, InputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { splitListItem } from "prosemirror-schema-list";
import { addRowAfter, goToNextCell, isInTable } from "prosemirror-tables";

import * as commands from "./commands.js";
import { around } from "./places.js";
import { schema } from "./schema.js";

const N = schema.nodes;

export function keys(actions) {
  let letGo = false; // after Escape, the next Tab leaves
  const once = (command) => (state, dispatch, view) => {
    if (letGo) {
      letGo = false;
      return false;
    }
    return command(state, dispatch, view);
  };
  const run = (action) => () => {
    action();
    return true;
  };
  const fromCaption = (state, dispatch) =>
    state.selection.$from.parent.type === N.caption &&
    Boolean(around(state, "tableFigure")) &&
    commands.enterFromTitle(state, dispatch);
  const nextCell = (state, dispatch, view) =>
    isInTable(state) &&
    (goToNextCell(1)(state, dispatch) || (addRowAfter(state, dispatch) && goToNextCell(1)(view.state, dispatch)));
  const inList = (by) => (state, dispatch) =>
    Boolean(around(state, "listItem")) && (commands.shift(by)(state, dispatch) || true);
  const level = (number) => commands.turnInto("para", { level: number, numbered: true });
  const plugins = [
    keymap({
      "Mod-z": undo,
      "Mod-y": redo,
      "Mod-Shift-z": redo,
      "Mod-b": commands.mark("strong"),
      "Mod-i": commands.mark("em"),
      "Mod-k": run(actions.link),
      "Mod-s": run(actions.save),
      "Mod-/": run(actions.help),
      "Mod-?": run(actions.help),
      "Mod-Enter": commands.newSection(),
      "Mod-Alt-1": level(1),
      "Mod-Alt-2": level(2),
      "Mod-Alt-3": level(3),
      "Mod-Alt-0": commands.turnInto("para", { numbered: false }),
      "Mod-Alt-4": commands.turnInto("subheading"),
      "Mod-]": commands.shift(1),
      "Mod-[": commands.shift(-1),
      "Mod-Shift-8": commands.toggleList("bullet"),
      "Mod-Shift-9": commands.toggleList("alpha"),
      "Mod-Shift-7": commands.toggleList("decimal"),
      "Mod-Shift-x": run(actions.reference),
      "Mod-Alt-f": run(actions.footnote),
      "Mod-Alt-t": run(actions.table),
      "Mod-Alt-m": run(actions.comment),
      "Mod-Alt-r": run(actions.restriction),
      "Alt-ArrowUp": commands.move(-1),
      "Alt-ArrowDown": commands.move(1),
      "Alt-F10": run(actions.toTools),
      "Alt-F9": run(actions.toSettings),
      "Shift-Enter": commands.lineBreak,
      Enter: chainCommands(
        commands.enterFromTitle,
        commands.enterFromBlock,
        splitListItem(N.listItem),
        (state, dispatch) => state.selection.$from.parent.content.size === 0 && commands.leaveList(state, dispatch),
        commands.enterOn,
      ),
      Backspace: commands.backspaceAtStart,
      Tab: once(chainCommands(fromCaption, nextCell, inList(1))),
      "Shift-Tab": once(
        chainCommands((state, dispatch) => isInTable(state) && goToNextCell(-1)(state, dispatch), inList(-1)),
      ),
      Escape: () => {
        letGo = true;
        actions.letGo();
        return true;
      },
    }),
    keymap({ ...baseKeymap, Escape: selectParentNode }),
    inputRules({
      rules: [
        new InputRule(/^\s*[-*•]\s$/, list("bullet")),
        new InputRule(/^\(a\)\s$/, list("alpha")),
        new InputRule(/^\(i\)\s$/, list("roman")),
        new InputRule(/^1[.)]\s$/, list("decimal")),
      ],
    }),
  ];
  return {
    plugins,
    /** Any key but these takes back what Escape gave. */
    pressed: (key) => {
      if (!["Tab", "Escape", "Shift"].includes(key)) letGo = false;
    },
  };
}

const list = (kind) => (state, match, start, end) => {
  if (state.selection.$from.depth !== 2 || state.selection.$from.parent.type === N.heading) return null;
  const tr = state.tr.delete(start, end);
  let made = null;
  commands.toggleList(kind)(state.apply(tr), (other) => {
    made = other;
  });
  if (!made) return null;
  for (const step of made.steps) tr.step(step);
  return tr.setSelection(made.selection.constructor.fromJSON(tr.doc, made.selection.toJSON()));
};
