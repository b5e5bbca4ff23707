"""`qportal demo lint`: parse scripts and find what is wrong with them, without a server (DEMO-CLI-01)."""

import json as json_text
from typing import Annotated, Any

from cyclopts import Parameter

from client.safe_text import single_line
from tui.commands.demo.options import Variables, given, refused
from tui.demo.findings import ScriptRefused, as_data, exit_code, rendered
from tui.demo.reading import Reading, read


def command(
    scripts: Annotated[
        list[str], Parameter(negative="", help="Files, or names of scripts that come with the program.")
    ],
    /,
    *,
    var: Variables = None,
    json: Annotated[bool, Parameter(negative="", help="Print the findings as JSON.")] = False,
) -> int:
    """Check demo scripts without running them: every error with line, column and help."""
    try:
        values = given(var)
    except ScriptRefused as error:
        return refused(error)
    found = [read(name, values) for name in scripts]
    if json:
        print(json_text.dumps(_data(found), indent=2))  # noqa: T201
    else:
        print("\n".join(line for reading in found for line in _lines(reading)))  # noqa: T201
    return max(exit_code(reading.findings) for reading in found)


def _lines(reading: Reading) -> list[str]:
    """The findings of a file, and one line that ends it."""
    errors = sum(finding.is_error for finding in reading.findings)
    warnings = len(reading.findings) - errors
    parts = [f"{len(reading.script.steps)} steps"] if reading.script else []
    parts += [_count(errors, "error")] if errors else []
    parts += [_count(warnings, "warning")] if warnings else []
    verdict = "not usable" if errors else "ok"
    return [
        *rendered(reading.name, reading.lines, reading.findings),
        single_line(f"{reading.name}: {verdict}, {', '.join(parts)}"),
    ]


def _data(found: list[Reading]) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": reading.name,
                "ok": reading.script is not None,
                "steps": len(reading.script.steps) if reading.script else None,
                "findings": [as_data(finding) for finding in reading.findings],
            }
            for reading in found
        ]
    }


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
