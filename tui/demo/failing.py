"""Why a step failed, as an error: the D-code and what fills its message (section 16)."""

from typing import Any

from tui.demo.codes import message


class StepFailed(Exception):  # noqa: N818 - it says what happened
    """A step could not be performed, or its expectation does not hold.

    `place` names the part of the step that failed (`text`, `pager`, ...), for the line in the report.
    """

    def __init__(self, code: str, *, place: str = "", help: str = "", **values: Any) -> None:  # noqa: A002
        super().__init__(code)
        self.code = code
        self.message = message(code, **values)
        self.part = place
        self.help = help

    def __str__(self) -> str:
        return f"{self.code} {self.message}"
