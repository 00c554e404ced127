// Whoever signs in next finds nothing here that another has opened.
import { keepOnlyOf } from "../visits/pages";

void keepOnlyOf("").catch(() => undefined);
