"""Score files offline: `python -m mock_server score [OPTIONS] FILE...`, the server side of `qportal score`.

It prints lines of JSON and no words, one for each document (see `scoring_commands.answering`): the front end
lays them out. Exit status 0: all scored, 1: some not, 2: usage, 70: broken off before every document had its
answer.
"""

import os
import sys
from collections.abc import Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import chain
from typing import Final

from mock_server.scoring_commands import batch as many
from mock_server.scoring_commands.answering import heading, in_full
from mock_server.scoring_commands.options import USAGE, Options, UsageError, parsed
from mock_server.scoring_commands.sources import Stream, batches, is_many

BROKEN_OFF: Final = 70
"""Exit status where a worker was ended from outside, or standard input failed (`EX_SOFTWARE`)."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; answers the exit status."""
    try:
        options = parsed(list(arguments))
    except UsageError as error:
        sys.stderr.write(f"{USAGE}{error}\n")
        return 2
    try:
        return int(_answer_all(options) > 0)
    except (BrokenProcessPool, OSError):
        return BROKEN_OFF


def _answer_all(options: Options) -> int:
    """Print every answer; how many documents were not scored."""
    failed = 0
    with closing(_answers(options)) as answers:
        for lines, not_scored in answers:
            failed += not_scored
            if not _written(lines):
                break
    return failed


def _written(lines: bytes) -> bool:
    """Whether there is still somebody who reads the answers."""
    try:
        sys.stdout.buffer.write(lines)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the interpreter's last flush
        return False
    return True


def _answers(options: Options) -> Generator[many.Answered]:
    documents = batches(options.paths, _stdin())
    first = next(documents)
    if is_many(options.paths, first[0]):
        yield heading(options), 0
        yield from many.answered(chain([first], documents), options)
        return
    line, scored = in_full(first[0], options)
    yield line, int(not scored)


def _stdin() -> Stream:
    """Standard input without a buffer that waits to be filled."""
    buffered = sys.stdin.buffer
    stream: Stream = getattr(buffered, "raw", buffered)
    return stream
