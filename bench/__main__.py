"""`make bench`: measures, prints JSON lines and keeps them under bench/results/.

Milliseconds depend on the machine and stand beside a calibration figure; only ratios within one run are asserted,
and a ratio below its bar makes the exit code 1. Words after the command choose benches: intake, typeahead, pages,
extraction, duplicates, dispatch, orders, proposal, listeners, live, sealing, verify, tick, registers, roads, coverage,
siting, plans, sheets, imports, workplan.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import (
    calibration,
    coverage,
    dispatch,
    duplicates,
    extraction,
    imports,
    intake,
    listeners,
    live,
    looked_at,
    orders,
    pages,
    plan_coverage,
    proposal,
    registers,
    roads,
    sealing,
    sheets,
    siting,
    tick,
    typeahead,
    verify,
    workplan,
)

BENCHES = {
    "intake": intake.measure,
    "typeahead": typeahead.measure,
    "pages": pages.measure,
    "extraction": extraction.measure,
    "duplicates": duplicates.measure,
    "dispatch": dispatch.measure,
    "orders": orders.measure,
    "proposal": proposal.measure,
    "listeners": listeners.measure,
    "live": live.measure,
    "looked_at": looked_at.measure,
    "sealing": sealing.measure,
    "verify": verify.measure,
    "tick": tick.measure,
    "registers": registers.measure,
    "roads": roads.measure,
    "coverage": coverage.measure,
    "siting": siting.measure,
    "plans": plan_coverage.measure,
    "sheets": sheets.measure,
    "imports": imports.measure,
    "workplan": workplan.measure,
}


def main() -> int:
    chosen = sys.argv[1:] or list(BENCHES)
    folder = Path("bench/results")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now():%Y%m%d-%H%M%S}.jsonl"
    failed = False
    with path.open("w") as file:

        def tell(row: dict[str, Any]) -> None:
            nonlocal failed
            failed = failed or row.get("holds") is False
            line = json.dumps(row, ensure_ascii=False)
            print(line, flush=True)
            file.write(line + "\n")
            file.flush()

        tell({"bench": "calibration", **calibration.figures(folder)})
        for name in chosen:
            BENCHES[name](tell)
    print(f"kept in {path}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
