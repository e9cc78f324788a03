// Undo and redo of whole cells. Typing within one cell is the browser's own undo until the cell is left.
const read = (cell) => (cell.type === "checkbox" ? cell.checked : cell.value);
const write = (cell, value) => { if (cell.type === "checkbox") cell.checked = value; else cell.value = value; };

export class History {
  constructor(cells) {
    this.known = new Map(cells.map((cell) => [cell, read(cell)]));
    this.done = [];
    this.undone = [];
  }

  remember(cell) { this.known.set(cell, read(cell)); }

  opened(cell) { this.known.set(cell, this.known.get(cell) ?? read(cell)); }

  isOpen(cell) { return this.known.get(cell) !== read(cell); }

  cancel(cell) { write(cell, this.known.get(cell)); }

  closed(cell) {
    const before = this.known.get(cell);
    const after = read(cell);
    if (before !== after) this.keep([[cell, before, after]]);
  }

  set(pairs) {
    const step = pairs.map(([cell, value]) => [cell, this.known.get(cell), value]).filter(([, before, after]) => before !== after);
    step.forEach(([cell, , after]) => write(cell, after));
    if (step.length) this.keep(step);
  }

  keep(step) {
    this.done.push(step);
    this.undone = [];
    step.forEach(([cell, , after]) => this.known.set(cell, after));
  }

  undo() { return this.move(this.done, this.undone, 1); }

  redo() { return this.move(this.undone, this.done, 2); }

  move(from, to, side) {
    const step = from.pop();
    if (!step) return [];
    to.push(step);
    step.forEach((change) => { write(change[0], change[side]); this.known.set(change[0], change[side]); });
    return step.map(([cell]) => cell);
  }
}
