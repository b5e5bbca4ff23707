"""The report of a crash: where, not what (SR-ERR-03, SSH-REST-02).

Textual's own traceback prints local variables, and those hold passwords and practice numbers. The report
names exception type, file, line and function of each step, versions and the last events; never a value.
"""

import platform
import secrets
import traceback
from collections.abc import Iterable
from pathlib import Path

from client.installation import data_folder
from client.private_files import private_folder, write_private


def report(error: BaseException, events: Iterable[str]) -> str:
    """The text of the report."""
    steps = [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    from importlib.metadata import version  # slow to import, and nobody waits for a crash

    versions = [f"{name} {version(name)}" for name in ("qportal", "textual", "rich", "httpx", "msgspec")]
    lines = [
        f"Exception: {type(error).__module__}.{type(error).__qualname__}",
        "Steps, the last one failed:",
        *steps,
        f"Python {platform.python_version()} on {platform.system()}; {', '.join(versions)}",
        "Last events:",
        *(f"  {event}" for event in events),
    ]
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, events: Iterable[str]) -> str:
    """Write the report where only this person reads it; the one line to show on standard error."""
    reference = secrets.token_hex(4)
    path = data_folder() / "crashes" / f"crash-{reference}.txt"
    try:
        private_folder(path.parent)
        write_private(path, report(error, events).encode())
    except Exception:  # the program is ending: a report that cannot be written must not hide why
        return f"Error: the program stopped (reference {reference}). The details could not be written."
    return f"Error: the program stopped (reference {reference}). Details in {path}."
