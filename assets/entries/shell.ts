// Every page of the shell: htmx, the clock, keys, and the live stream.
import "../htmx-global";
import { startClock } from "../clock";
import { startKeys } from "../keys";
import { startLive } from "../live";

startClock();
startKeys();
startLive();
if (matchMedia("(max-width: 760px)").matches) document.querySelector(".nav-fold")?.removeAttribute("open");
