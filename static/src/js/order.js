// Dragging agenda items into order: an extra beside the "Move up" and "Move down" buttons, which work without it.
// <ol data-module="app-order" data-order-url="…"> with <li data-item="id">; the answer gives the new numbers.
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

const ids = (list) => [...list.querySelectorAll(":scope > [data-item]")].map((item) => item.dataset.item);

function say(list, words) {
  const status = document.getElementById("order-status") ?? list.nextElementSibling;
  if (status?.getAttribute("role") === "status") status.textContent = words;
}

function handleFor(item) {
  const handle = document.createElement("span");
  handle.className = "app-order__handle";
  handle.setAttribute("aria-hidden", "true"); // keyboards and screen readers have the buttons
  handle.title = "Drag to another place";
  item.querySelector(".app-agenda__number")?.append(handle);
  return handle;
}

async function save(list, before) {
  say(list, "Saving the order…");
  try {
    const response = await fetch(list.dataset.orderUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" },
      body: JSON.stringify({ order: ids(list) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    for (const item of list.querySelectorAll(":scope > [data-item]")) {
      const number = answer.numbers?.[item.dataset.item]?.[0];
      const shown = item.querySelector(".app-agenda__number")?.firstChild;
      if (number !== undefined && shown) shown.textContent = number;
    }
    say(list, "The order is saved.");
  } catch (error) {
    before.forEach((id) => list.append(list.querySelector(`:scope > [data-item="${id}"]`)));
    say(list, `The order was not saved. ${error instanceof TypeError ? "Check the connection and try again." : error.message || ""}`.trim());
  }
}

// Puts the item before the reference by moving its neighbours: an element that is itself moved loses the pointer.
function place(list, item, reference) {
  const all = [...list.children];
  const from = all.indexOf(item);
  const to = reference ? all.indexOf(reference) : all.length;
  const after = item.nextElementSibling;
  if (to > from) all.slice(from + 1, to).forEach((neighbour) => list.insertBefore(neighbour, item));
  else all.slice(to, from).forEach((neighbour) => list.insertBefore(neighbour, after));
}

function drag(list, item, event) {
  const before = ids(list);
  const handle = event.currentTarget;
  handle.setPointerCapture(event.pointerId);
  item.classList.add("app-order--moving");
  const move = ({ clientX, clientY }) => {
    const over = document.elementFromPoint(clientX, clientY)?.closest("[data-item]");
    if (!over || over === item || over.parentElement !== list) return;
    const { top, height } = over.getBoundingClientRect();
    place(list, item, clientY > top + height / 2 ? over.nextElementSibling : over);
  };
  const end = () => {
    handle.removeEventListener("pointermove", move);
    item.classList.remove("app-order--moving");
    if (ids(list).join() !== before.join()) save(list, before);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
  event.preventDefault();
}

export function orderByDragging(scope) {
  for (const list of scope.querySelectorAll("[data-module='app-order']")) {
    for (const item of list.querySelectorAll(":scope > [data-item]")) {
      handleFor(item).addEventListener("pointerdown", (event) => drag(list, item, event));
    }
  }
}
