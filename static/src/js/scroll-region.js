// A wide table scrolls inside its own region. The region takes a place in the tab order only while there is something to
// scroll to, so that keyboard users are not stopped for nothing.
const watcher = "ResizeObserver" in window ? new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target))) : null;

function mark(region) {
  const wide = region.scrollWidth > region.clientWidth + 1;
  if (wide) region.setAttribute("tabindex", "0");
  else region.removeAttribute("tabindex");
  region.classList.toggle("app-scroll--wide", wide);
}

export function markScrollRegions(scope) {
  for (const region of scope.querySelectorAll(".app-scroll, .table-scroll, .table-figure, figure.chart")) {
    mark(region);
    watcher?.observe(region);
  }
}
