"""Run all benchmarks, or those named: `python -m tools.bench [frames painting server class demos ...]`."""

import argparse
import os
import sys
from collections.abc import Callable

from tools.bench import demos, feedback, mips, reports, screens, servers
from tools.bench.table import Row, print_table

TABLES: dict[str, tuple[str, tuple[Callable[[], list[Row]], ...]]] = {
    "frames": ("First frame", (screens.first_frame,)),
    "painting": ("Painting", (screens.painting,)),
    "server": ("Server", (servers.search, servers.starts)),
    "class": ("A class of 200", (servers.a_class,)),
    "reports": ("A large report", (reports.large_report,)),
    "demos": ("Demo scripts", (demos.longest_script, demos.live_keys)),
    "mips": ("MIPS scores", (mips.loading, mips.one_submission, mips.many_submissions, feedback.large_group)),
}


def main(arguments: list[str]) -> int:
    """Print the tables; exit code 1 if a limit does not hold, 2 for a table that does not exist."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure, and print tables.")
    parser.add_argument("names", nargs="*", metavar="TABLE", help=", ".join(TABLES), default=[])
    names = parser.parse_args(arguments).names
    if unknown := [name for name in names if name not in TABLES]:
        parser.error(f"there is no table {unknown[0]!r}; choose from {', '.join(TABLES)}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled, as its libraries are
    held = True
    for name in names or list(TABLES):
        title, parts = TABLES[name]
        rows = [row for part in parts for row in part()]
        print_table(title, rows)
        held = held and all(row.holds for row in rows)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
