"""`script/bench NAME …`: run all measurements or some, and print a table as it goes."""

import os
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path

import django

from bench.lines import HEADINGS, Line, row
from bench.scratch import Scratch, prepared

# Each is a module here with `run(scratch)`, in the order in which they run.
NAMES = ("here", "layers", "submissions", "lists", "exports", "first_visit", "warm_start")


def main(names: list[str]) -> None:
    """Measure `names`; a limit that doesn't hold is a line of the table, and only what breaks is an error."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"script/bench knows no {', '.join(unknown)}. There are: {', '.join(NAMES)}")
    folder = Path(os.environ.get("VAR_DIR") or "var").resolve() / "bench"
    started = time.monotonic()
    print("Making the databases of this run", flush=True)
    with prepared(os.environ["DATABASE_URL"], folder) as scratch:
        os.environ.update({"DATABASE_URL": scratch.base.url, "VAR_DIR": str(folder)})
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        django.setup()
        lines: list[Line] = []
        print(row(HEADINGS), flush=True)
        broken = [name for name in names or NAMES if not _measure(name, scratch, lines)]
    missed = sum(not line.holds for line in lines)
    print(f"{len(lines)} lines, {missed} do not hold; {time.monotonic() - started:.0f} s")
    if broken:
        sys.exit(f"Broke: {', '.join(broken)}")


def _measure(name: str, scratch: Scratch, lines: list[Line]) -> bool:
    """Run one module and print its lines as they come; say whether it got to its end, for the others go on."""
    try:
        for line in import_module(f"bench.{name}").run(scratch):
            lines.append(line)
            print(row(line.cells()), flush=True)
    except Exception:
        traceback.print_exc()
        return False
    return True


main(sys.argv[1:])
