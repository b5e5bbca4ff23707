"""`qportal score FILE...`: score files offline and print what came of it as plain text, JSON or CSV.

The server scores, in a process of its own (the import contract keeps it out of this one); this side lays out
what it prints, line by line, so that a million submissions take no more memory than one. Standard output
carries results alone, the same bytes on every machine; everything else goes to standard error.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from time import monotonic
from typing import BinaryIO, Final, TextIO

import msgspec

from client.messages.report import Explanation, Report
from client.messages.score import Refusal, ScoreResult
from client.safe_text import safe_text
from tui.report_text import report_text
from tui.score_options import ScoreOptions
from tui.score_texts import explanations_text, not_scored_text, refusal_text, result_text
from tui.server_process import command, environment

STDIN: Final = "-"
WIDTH_UNKNOWN: Final = 79
"""Cells of a line where standard output is no terminal (S-8)."""
PROGRESS_EVERY: Final = 5.0
"""Seconds between two lines of progress."""
PATIENCE: Final = 2.0
"""Seconds that the server has to end by itself."""
_ANSWERED: Final = (0, 1)
"""Exit statuses of a server that said everything."""


class Answer(msgspec.Struct, frozen=True):
    """A line that the server prints; its other keys are for `--json` readers."""

    source: str | None = None
    """Of many: which one."""
    report: Report | None = None
    explanations: list[Explanation] | None = None
    csv: str | None = None
    result: ScoreResult | None = None
    error: Refusal | None = None


_NO_OPTIONS: Final = ScoreOptions()
_decoder: Final = msgspec.json.Decoder(Answer)


def run(
    paths: Sequence[str],
    options: ScoreOptions = _NO_OPTIONS,
    *,
    width: int | None = None,
    out: BinaryIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Score files, folders and standard input (`-`); answers 0, or 1 if anything could not be scored.

    `width`: cells of a line; None: those of the terminal, else 79.
    """
    printer = Printer(options, paths, width or _terminal_width(), out or sys.stdout.buffer, err or sys.stderr)
    server = subprocess.Popen(  # noqa: S603 - our own program
        command("score", *options.arguments(paths)),
        env=environment(os.environ),
        stdin=None if STDIN in paths else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None  # noqa: S101 - a pipe was asked for
    try:
        with server.stdout:
            for line in server.stdout:
                printer.take(line)
        printer.finish(server.wait())
    finally:
        _let_end(server)
    return int(printer.failed)


def _let_end(server: subprocess.Popen[bytes]) -> None:
    """Its output is closed, so it ends with its next answer; one that waits for input is told to."""
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.terminate()
        server.wait()


class Printer:
    """Lays out the server's answers one after the other."""

    def __init__(
        self, options: ScoreOptions, paths: Sequence[str], width: int, out: BinaryIO, err: TextIO
    ) -> None:
        self._options = options
        self._only = "standard input" if paths[0] == STDIN else paths[0]
        self._width, self._out, self._err = width, out, err
        self._progress = _Progress(err)
        self._wrote_report = False
        self._heard = False
        self.failed = False
        """Whether anything could not be scored."""

    def take(self, line: bytes) -> None:
        """Print one answer."""
        try:
            answer = _decoder.decode(line)
        except msgspec.DecodeError:
            return
        self._heard = True
        self._out.write(self._text(line, answer))
        self._out.flush()
        if answer.error is not None:
            self.failed = True
            self._err.write(refusal_text(answer.source or self._only, answer.error))
        if answer.source is not None:
            self._progress.count(scored=answer.error is None)

    def finish(self, status: int) -> None:
        """The server has ended."""
        if status not in _ANSWERED or not self._heard or (status and not self.failed):
            self.failed = True
            said = "before it was done" if self._heard else "and no answer"
            told = Refusal(type="Internal", message=f"The scoring engine ended with status {status} {said}.")
            self._err.write(refusal_text(self._only, told))
        self._progress.finish()

    def _text(self, line: bytes, answer: Answer) -> bytes:
        if self._options.form == "json":
            return _harmless(line)
        if answer.csv is not None:
            return _harmless_csv(answer.csv)
        if answer.report is not None:
            separator = "\n\n" if self._wrote_report else ""
            self._wrote_report = True
            return (separator + report_text(answer.report, self._width)).encode()
        if answer.explanations is not None:
            return explanations_text(answer.explanations, self._width).encode()
        if answer.source is not None and answer.result is not None:
            return result_text(answer.source, answer.result).encode()
        if answer.source is not None and answer.error is not None:
            return not_scored_text(answer.source, answer.error).encode()
        return b""


class _Progress:
    """How far a long run is, on standard error."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._scored = self._refused = 0
        self._due = monotonic() + PROGRESS_EVERY

    def count(self, *, scored: bool) -> None:
        """One more of many is done."""
        self._scored += scored
        self._refused += not scored
        if monotonic() >= self._due:
            self._due = monotonic() + PROGRESS_EVERY
            self._write("so far")

    def finish(self) -> None:
        """The sum, if there were many."""
        if self._scored or self._refused:
            self._write("in all")

    def _write(self, when: str) -> None:
        self._err.write(f"{self._scored:,} scored, {self._refused:,} not scored {when}.\n")
        self._err.flush()


def _terminal_width() -> int:
    """One cell less than the terminal has: some wrap as soon as the last cell is filled (A11Y-PLAIN-03)."""
    return shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else WIDTH_UNKNOWN


def _harmless(output: bytes) -> bytes:
    """The same JSON with every character that a terminal must not see written as an escape."""
    text = output.decode("utf-8", "replace")
    unsafe = {character for character in set(text) if safe_text(character) != character}
    return text.translate({ord(character): _json_escape(character) for character in unsafe}).encode()


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _harmless_csv(rows: str) -> bytes:
    """The same rows without a character that a terminal must not see; rows end in CRLF."""
    return "\r\n".join(safe_text(row) for row in rows.split("\r\n")).encode()
