"""Writes the fetched report: to standard output as it is, to a file that only its owner reads."""

import shutil
from typing import BinaryIO

from client.messages.report import Report
from client.safe_text import safe_text
from client.saving import save
from tui.commands.report_order import Order
from tui.report_text import report_text
from tui.score import WIDTH_UNKNOWN


def deliver(order: Order, report: Report | None, content: bytes, stdout: BinaryIO, *, width: int) -> None:
    """Write the report as a table, or the file's bytes; `FileExists`, `FileNotWritten` keep what is there."""
    if report is not None:
        content = report_text(report, width).encode()
    if order.output is not None:
        save(order.output, content, overwrite=order.force)
        return
    stdout.write(for_terminal(content) if stdout.isatty() else content)
    stdout.flush()


def terminal_width(stdout: BinaryIO) -> int:
    """Cells of a line: one fewer than a terminal has (A11Y-PLAIN-03), a fixed number elsewhere (S-8)."""
    return shutil.get_terminal_size().columns - 1 if stdout.isatty() else WIDTH_UNKNOWN


def for_terminal(content: bytes) -> bytes:
    """The same text without a character that a terminal must not see (SR-TERM-01); a pipe gets every byte."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return text.translate({ord(character): safe_text(character) for character in set(text)}).encode()
