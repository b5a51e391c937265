// The public portal: only its map becomes movable; all else is plain pages.
import { startIslands } from "./islands.js";

document.documentElement.classList.add("js");
startIslands();
