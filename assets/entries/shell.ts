// Every page of the shell: htmx, the clock, keys, files, and the live stream.
import "../htmx-global";
import { startClock } from "../clock";
import { startFiles } from "../files";
import { startKeys } from "../keys";
import { startLive } from "../live/page";

startClock();
startFiles();
startKeys();
startLive();
if (matchMedia("(max-width: 760px)").matches) document.querySelector(".nav-fold")?.removeAttribute("open");
