"""Many submissions: one answer each, in order, whoever computes them; never more under way than allowed."""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_server.score_command import BROKEN_OFF, main
from mock_server.scoring_commands import batch as many
from mock_server.scoring_commands.answering import in_one_line
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.sources import Batch, Document
from tests.mock_server.intake.qpp_json.documents import changed, encoded
from tests.mock_server.scoring_commands.samples import REFUSED, SUBMISSION, line

DATA = encoded(SUBMISSION)
OPTIONS = Options()


def document(number: int) -> Document:
    """Every tenth one is refused."""
    data = encoded(REFUSED) if number % 10 == 9 else DATA
    return Document(f"line {number}", data, is_line=True)


def large_batches(count: int, size: int = 20) -> Iterator[Batch]:
    for start in range(0, count * size, size):
        yield [document(number) for number in range(start, start + size)]


def lines(answers: Iterator[many.Answered]) -> list[dict[str, Any]]:
    return [json.loads(text) for piece, _ in answers for text in piece.splitlines()]


def test_workers_answer_what_one_process_answers_in_the_same_order() -> None:
    alone = lines(many.answered(large_batches(12), OPTIONS, workers=1))
    spread = lines(many.answered(large_batches(12), OPTIONS, workers=2))
    assert spread == alone
    assert [answer["source"] for answer in spread] == [f"line {number}" for number in range(240)]
    assert [number for number, answer in enumerate(spread) if "error" in answer] == list(range(9, 240, 10))


def test_one_that_cannot_be_scored_counts_as_failed_and_stops_nothing() -> None:
    failed = sum(count for _, count in many.answered(large_batches(2), OPTIONS, workers=1))
    assert failed == 4


def test_a_handful_is_scored_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ProcessPoolExecutor", None)
    assert len(lines(many.answered(large_batches(3), OPTIONS, workers=8))) == 60


def test_never_more_pieces_under_way_than_allowed() -> None:
    """The input is not read ahead of the output: memory stays the same for any number of submissions."""
    handed_out = 0

    def counted() -> Iterator[Batch]:
        nonlocal handed_out
        for batch in large_batches(30):
            handed_out += 1
            yield batch

    for answered, _ in enumerate(many.answered(counted(), OPTIONS, workers=2), 1):
        assert handed_out - answered <= 2 * 3 + 1
    assert handed_out == 30


def test_a_slow_producer_gets_every_answer_before_it_goes_on() -> None:
    waiting = 0

    def one_by_one() -> Iterator[Batch]:
        nonlocal waiting
        for number in range(100):
            assert waiting == 0
            waiting += 1
            yield [document(number)]

    for _ in many.answered(one_by_one(), OPTIONS, workers=2):
        waiting -= 1


def test_a_fault_of_the_program_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("with data of a patient")

    monkeypatch.setattr("mock_server.scoring_commands.answering.record_of", broken)
    text, scored = in_one_line(document(0), OPTIONS)
    error = json.loads(text)["error"]
    assert not scored
    assert (error["type"], error["message"]) == (
        "Internal",
        "Scoring failed inside the program (ZeroDivisionError).",
    )


def dying(batch: Batch, options: Options) -> many.Answered:
    """Answers at home, ends in a worker."""
    if multiprocessing.parent_process() is not None:
        os._exit(3)
    return b"", 0


def test_a_worker_that_is_ended_from_outside_ends_the_run_with_its_own_status(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(many, "answer", dying)
    monkeypatch.setattr(many, "cores", lambda: 2)
    (tmp_path / "many.ndjson").write_bytes(line(SUBMISSION) * 400)
    assert main([str(tmp_path / "many.ndjson")]) == BROKEN_OFF


MEASURED = """
import pathlib, re, resource, sys
from mock_server.score_command import main
code = main(["-"])
# Not getrusage: a child started by vfork inherits the peak of the test run that started it.
own = re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]
workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(code, own, workers, file=sys.stderr)
"""


def peak_kib(count: int) -> tuple[int, int]:
    """Peak memory of the program and of its largest worker for so many submissions on standard input."""
    small = line(changed(SUBMISSION, ("measurementSets", [])))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=small * count, capture_output=True, check=True
    )
    code, own, workers = map(int, done.stderr.split()[-3:])
    assert code == 0
    assert done.stdout.count(b"\n") == count
    return own, workers


def test_memory_does_not_grow_with_the_number_of_submissions() -> None:
    few, many_ = peak_kib(2_000), peak_kib(16_000)
    assert many_[0] - few[0] < 8 * 1024
    assert many_[1] - few[1] < 8 * 1024
    assert many_[0] + 2 * many_[1] < 300 * 1024
