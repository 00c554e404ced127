// Every page of the shell: htmx, the clock, keys, files that go up in parts, and the live stream.
import "../htmx-global";
import { startClock } from "../clock";
import { startFiles } from "../files";
import { startKeys } from "../keys";
import { startLive } from "../live/page";
import { startUploads } from "../upload";
import { startVisits } from "../visits/leaving";
import { startWaiting } from "../wait";

startClock();
startFiles();
startKeys();
startLive();
startUploads();
void startVisits();
startWaiting();
if (matchMedia("(max-width: 760px)").matches) document.querySelector(".nav-fold")?.removeAttribute("open");
