// The desk's page: what makes it live without reload. Everything works without it, except being live.
import { startMenu } from "./menu.js";
import { startClock } from "./clock.js";
import { startLive } from "./live.js";
import { startIslands, startSlider } from "./islands.js";

document.documentElement.classList.add("js");
startMenu();
startClock();
startIslands();
startSlider();
startLive(startIslands);
