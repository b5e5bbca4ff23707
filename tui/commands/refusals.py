"""Why a non-interactive command stopped, in the words of a command line.

The repairs of `tui.fixes` speak to somebody at a form; where that would not help whoever wrote a script, a
row here says which option to change.
"""

from collections.abc import Sequence
from typing import Final

from client.errors import PortalError
from client.messages.screen import Problem
from tui import failures
from tui.exit_codes import ExitCode
from tui.fixes import fix_for

_AGAIN: Final = "Run the command again."
_LATER: Final = "Wait the seconds that are named, then run the command again."
_OTHER_FILE: Final = "Give another --output."

REMEDIES: Final = {
    "E-AUTH-01": "Check --user and the password, then run the command again.",
    "E-AUTH-02": _LATER,
    "E-AUTH-05": _LATER,
    "E-MFA-04": "Check --device, then run the command again with a new code.",
    "E-MFA-05": "Run the command again with a new code.",
    "E-MFA-06": "Run the command again with a new code.",
    "E-MFA-07": _LATER,
    "E-FLOW-01": _AGAIN,
    "E-FLOW-03": _AGAIN,
    "E-ORG-07": "Give another --org-type.",
    "E-RPT-02": "Give another --report or --year.",
    "E-RPT-03": "Give another --practice, --report or --year.",
    "E-RPT-04": "Give another --report, or sign in with another role.",
    "E-RPT-05": "Give another --format.",
    "E-RPT-06": "Give another --report.",
    "E-ATT-03": _AGAIN,
    "E-RUN-01": _AGAIN,
    "E-RUN-02": _AGAIN,
    "E-NET-01": "Check that the server runs and can be reached, then run the command again.",
    "E-FILE-01": _OTHER_FILE,
    "E-FILE-02": "Give another --output, or --force to replace the file.",
    "E-SESS-01": _AGAIN,
    "E-SESS-02": _AGAIN,
}
"""Repairs that name options; the other codes keep those of `tui.fixes`."""

SENTENCES: Final = {"E-NET-01": "The portal cannot be reached."}
"""Where the interactive sentence would promise more than a command keeps."""


class NotDone(Exception):  # noqa: N818 - it says what happened
    """The command stops here: one sentence, lines to choose from, one repair, one exit code."""

    def __init__(
        self, sentence: str, remedy: str = "", *, lines: Sequence[str] = (), code: int = ExitCode.FAILED
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.lines = tuple(lines)
        self.code = code


def usage(sentence: str, remedy: str) -> NotDone:
    """A mistake on the command line: exit code 2."""
    return NotDone(sentence, remedy, code=ExitCode.USAGE)


def of_problem(problem: Problem) -> NotDone:
    """A refusal of the portal (E-code); its code stands behind the sentence, for scripts."""
    sentence = SENTENCES.get(problem.code, problem.text)
    return NotDone(f"{sentence} ({problem.code})", remedy_for(problem))


def of_error(error: PortalError) -> NotDone:
    """What ended a call."""
    if not error.code:
        return NotDone(error.sentence, error.remedy)
    found = of_problem(error.problem)
    # An error that was given a repair of its own knows more than the table.
    return NotDone(found.sentence, error.remedy) if "remedy" in vars(error) else found


def remedy_for(problem: Problem) -> str:
    """The repair as a sentence."""
    return REMEDIES.get(problem.code) or _sentence(fix_for(problem))


def say(stopped: NotDone) -> int:
    """`Error:`, the lines to choose from, `Fix:`; answers the exit code."""
    failures.say(stopped.sentence)
    for line in stopped.lines:
        failures.write(line)
    if stopped.remedy:
        failures.write(f"Fix: {stopped.remedy}")
    return stopped.code


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
