// The one script of every page. Everything works without it; it makes pages better, never possible.
import { initAll } from "govuk-frontend";
import htmx from "htmx.org";

import { followContents } from "./contents.js";
import { guardTypedWords } from "./unsaved.js";
import { markScrollRegions } from "./scroll-region.js";
import { closeMenus } from "./menu.js";
import { showFileNames } from "./file-names.js";
import { printButtons } from "./print.js";
import { orderByDragging } from "./order.js";

window.htmx = htmx;

// `htmx.onLoad` speaks for the whole page once, and then for every fragment that htmx puts into it.
htmx.onLoad((scope) => {
  initAll({ scope });
  for (const start of [markScrollRegions, followContents, guardTypedWords, closeMenus, showFileNames, printButtons, orderByDragging]) start(scope);
});
