// The script of the finance pages.
import "./grid.js";
