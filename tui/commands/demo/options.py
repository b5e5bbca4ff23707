"""Options that several commands of `qportal demo` share."""

from collections.abc import Sequence
from typing import Annotated

from cyclopts import Parameter

from tui.demo.codes import message
from tui.demo.findings import Finding, ScriptRefused
from tui.demo.script import Size
from tui.demo.values import Wrong, size

Variables = Annotated[
    list[str] | None,
    Parameter(
        name="--var", negative="", help="A value for a variable of the script, NAME=VALUE; repeatable."
    ),
]


def given(variables: Sequence[str] | None) -> dict[str, str]:
    """The values of `--var` by name. ScriptRefused (D303) where one is no NAME=VALUE."""
    pairs = [text.partition("=") for text in variables or ()]
    wrong = [name for name, equals, _ in pairs if not name or not equals]
    if wrong:
        problem = f'"{wrong[0]}" is not NAME=VALUE'
        found = Finding("D303", message("D303", problem=problem), None, ("for example --var user=demo.solo",))
        raise ScriptRefused("--var", (), (found,))
    return {name: value for name, _, value in pairs}


def given_size(written: str | None) -> Size | None:
    """The value of `--size`; None: the script's. ScriptRefused (D208, D209) where it is no size."""
    try:
        return None if written is None else size(written)
    except Wrong as wrong:
        found = Finding(wrong.code, message(wrong.code, key="--size", **wrong.values), None, wrong.help)
        raise ScriptRefused("--size", (), (found,)) from None


def refused(error: ScriptRefused) -> int:
    """Say on standard error why a script cannot be used; answers the exit code."""
    from tui import failures

    for line in str(error).split("\n"):
        failures.write(line)
    return error.exit_code
