"""A run as a document that a person can read instead of watching, and repeat by hand (DEMO-REC-06).

This is the accessible form of a recording: every picture in it stands beside the same screen as text.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tui.demo.events import StepEnded
from tui.demo.outline import said
from tui.demo.recordings.recorder import Performed, Recording
from tui.demo.recordings.transcript import wanted
from tui.demo.verbs import VERBS

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|])")
_FENCE: Final = re.compile(r"`{3,}")

_PREPARE: Final = """\
Everything here is simulated: accounts, practices and figures are invented. To repeat it by hand, start the
demo server on the same date in one terminal, and the program in another:

```
qportal serve {date} --clock frozen
qportal --server http://127.0.0.1:8000{option}
```

The user IDs and the password of the demo accounts: `qportal personas`, or **Demo accounts** on the first
page. Security codes: **Simulated phone and mailbox** in the program, or `qportal outbox`; they differ from
run to run."""

HINTS: Final[Mapping[str, str]] = {
    "enter-password": "It is the common password of the demo accounts.",
    "enter-code": "With an authenticator app the code is among the demo accounts; otherwise in the mailbox.",
}
"""What a reader must know besides, because a recording shows no secret."""

_NOT_SHOWN: Final = frozenset({"true", "(hidden)", "(code)"})


def walkthrough(recording: Recording, pictures: Mapping[int, str]) -> str:
    """The run in Markdown; `pictures` has the file name of each step's picture, by step number."""
    began = recording.began
    script = began.script
    blocks = [f"# {plain(script.title)}"]
    if script.description:
        blocks.append(plain(script.description))
    blocks += ["## Before you start", _prepare(recording)]
    section: str | None = ""
    for performed in recording.steps:
        if performed.section != section:
            section = performed.section
            blocks.append(f"## {plain(section or 'Steps')}")
        blocks += _step(performed, began.front_end, pictures.get(performed.ended.step.number))
    blocks.append(_made_by(recording))
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """Text of which Markdown takes nothing for its own."""
    return _SPECIAL.sub(r"\\\1", text)


def _prepare(recording: Recording) -> str:
    began = recording.began
    run = began.script.run
    date = f"--scenario {run.scenario}" if run.clock is None else f"--today {began.business:%Y-%m-%d}"
    return _PREPARE.format(date=date, option=" --plain" if began.front_end == "plain" else "")


def _made_by(recording: Recording) -> str:
    began = recording.began
    return (
        f"This page was written by `qportal demo record` from `{began.script.stem}.demo.toml` in "
        f"{'plain mode' if began.front_end == 'plain' else 'the full screen'}, {began.size}."
    )


def _step(performed: Performed, front_end: str, picture: str | None) -> Iterator[str]:
    ended, step = performed.ended, performed.ended.step
    words = plain(_in_words(ended))
    hint = HINTS.get(step.verb or "")
    yield f"**Step {step.number}.** {words}." + (f" {hint}" if hint and ended.value in _NOT_SHOWN else "")
    if step.hide:
        return
    if step.say is not None:
        yield plain(step.say)
    expected = [wanted(check) for check in ended.checks]
    if expected:
        yield f"Expected: {plain('; '.join(expected))}."
    if performed.lines:
        yield _block(performed.lines)
    if picture is not None:
        yield f"![The {_front(front_end)} after step {step.number}, as in the text above]({picture})"


def _in_words(ended: StepEnded) -> str:
    """The step as the outline says it; of a secret only that there is one."""
    step = ended.step
    if step.verb is not None and ("(hidden)" in ended.value or "(code)" in ended.value):
        return VERBS[step.verb].words.replace("{value}", ended.value)
    return said(step) or "Look at the screen"


def _front(front_end: str) -> str:
    return "plain text" if front_end == "plain" else "screen"


def _block(lines: tuple[str, ...]) -> str:
    """A text block whose fence is longer than any in it."""
    longest = max((len(found) for line in lines for found in _FENCE.findall(line)), default=2)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *lines, fence])
