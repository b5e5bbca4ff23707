"""`qportal demo show`: a script as a numbered outline, for review by ear (DEMO-CLI-05)."""

from typing import Annotated

from cyclopts import Parameter

from client.safe_text import single_line
from tui.commands.demo.options import Variables, given, refused
from tui.demo.findings import ScriptRefused
from tui.demo.outline import outline
from tui.demo.reading import load


def command(
    script: Annotated[str, Parameter(help="A file, or the name of a script that comes with the program.")],
    /,
    *,
    var: Variables = None,
) -> int:
    """Print a demo script as a numbered outline in words."""
    try:
        found = load(script, given(var))
    except ScriptRefused as error:
        return refused(error)
    print("\n".join(single_line(line) for line in outline(found)))  # noqa: T201
    return 0
