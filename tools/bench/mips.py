"""MIPS scores: one submission in process and where its time goes; 100,000 through `qportal score`.

Submissions are synthetic: six quality measures of random performance, full Promoting Interoperability, four
activities. The many come through a pipe, as from another program, and only their number differs from one.
"""

import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from mock_server.intake.qpp_json import read_record
from mock_server.reference.mips import YEARS
from mock_server.reference.mips.tables import decode, file_of
from mock_server.reference.mips.years import indexed
from mock_server.scoring.mips.nodes.root import root_node
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.result_line import result_line
from mock_server.scoring_commands.submissions import record_of, result_of, tree_of
from tools.bench.table import Row, at_most

SIZE = 100_000
DISTINCT = 500
"""Different submissions among the many."""
_CASES = 200
_SINGLE_RATE = ("001", "113", "128", "130", "236")
_PROPORTIONS = ("PI_EP_1", "PI_HIE_1", "PI_HIE_4", "PI_PEA_1")
_TRUE = ("PI_INFBLO_1", "PI_ONCDIR_1", "PI_PPHI_1", "PI_PHCDRR_1", "PI_PHCDRR_2", "PI_EP_2")
_ACTIVITIES = ("IA_BE_6", "IA_CC_10", "IA_EPA_3", "IA_PSPA_6")


def submission(number: int) -> bytes:
    """One submission; the same number gives the same bytes."""
    drawn = random.Random(number)
    quality = [_row(id_, {"isEndToEndReported": False, **_counts(drawn)}) for id_ in _SINGLE_RATE]
    strata = [{"stratum": name, **_counts(drawn)} for name in ("screenedForUse", "overall", "tobacco")]
    quality.append(_row("226", {"isEndToEndReported": False, "strata": strata}))
    interoperability = [
        _row(id_, {"numerator": drawn.randint(1, _CASES), "denominator": _CASES}) for id_ in _PROPORTIONS
    ]
    interoperability += [_row(id_, True) for id_ in _TRUE]
    document = {
        "entityType": "group",
        "taxpayerIdentificationNumber": f"000{number:06}",
        "performanceYear": 2019,
        "measurementSets": [
            _set("quality", quality),
            {**_set("pi", interoperability), "cehrtId": "0015EABCDEFGHIJ"},
            _set("ia", [_row(id_, True) for id_ in _ACTIVITIES]),
        ],
    }
    return msgspec.json.encode(document)


def _counts(drawn: random.Random) -> dict[str, int]:
    met = drawn.randint(20, 180)
    return {"performanceMet": met, "performanceNotMet": _CASES - met, "eligiblePopulation": _CASES}


def _row(measure_id: str, value: object) -> dict[str, object]:
    return {"measureId": measure_id, "value": value}


def _set(category: str, rows: list[dict[str, object]]) -> dict[str, Any]:
    return {
        "category": category,
        "submissionMethod": "registry",
        "performanceStart": "2019-01-01",
        "performanceEnd": "2019-12-31",
        "measurements": rows,
    }


def loading() -> list[Row]:
    """Processor time of reading the tables of all three years, median of 7."""
    times = []
    for _ in range(7):
        began = time.thread_time_ns()
        for year in YEARS:
            indexed(decode(file_of(year).read_bytes()))
        times.append((time.thread_time_ns() - began) / 1e6)
    return [at_most("reading the reference tables of three years", median(times), "ms", 150)]


def one_submission() -> list[Row]:
    """Median times of one submission on one core, and of the parts of its way."""
    documents = [submission(number) for number in range(DISTINCT)]
    records = [read_record(document) for document in documents]
    results = [result_of(record) for record in records]
    options = Options()

    def whole(document: bytes) -> None:
        tree_of(record_of(document, options))

    return [
        _timed("one submission, score with its tree", tree_of, records, 500),
        _timed("- of that: categories, weights, total", result_of, records),
        _timed("- of that: tree", root_node, results),
        _timed("read and check its JSON", read_record, documents),
        _timed("from JSON to the tree", whole, documents),
        _timed("its line", result_line, results),
    ]


def _timed(what: str, work: Callable[[Any], object], items: Sequence[Any], limit: float | None = None) -> Row:
    """Median of every item's best of seven, in microseconds of this thread's processor time."""
    times = []
    for item in items:
        best = float("inf")
        for _ in range(7):
            began = time.thread_time_ns()
            work(item)
            best = min(best, (time.thread_time_ns() - began) / 1000)
        times.append(best)
    shown = median(times)
    return (
        Row(what, "-", f"{shown:.0f} us", "-", True) if limit is None else at_most(what, shown, "us", limit)
    )


def many_submissions() -> list[Row]:
    """Time, throughput and memory of the whole program for `SIZE` submissions on standard input."""
    lines = [submission(number) + b"\n" for number in range(DISTINCT)]
    began, spent = time.perf_counter(), _processor_seconds()
    program = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "score", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    feeder = threading.Thread(target=_feed, args=(program, b"".join(lines), SIZE // DISTINCT))
    feeder.start()
    memory = []
    while program.poll() is None:
        memory.append(_memory_of_all(program.pid))
        time.sleep(0.5)
    feeder.join()
    seconds, spent = time.perf_counter() - began, _processor_seconds() - spent
    half = len(memory) // 2
    return [
        at_most(f"{SIZE:,} submissions as NDJSON, {os.cpu_count()} cores", seconds, "s", 60),
        at_most("processor time of that, all processes", spent, "s", 120),
        at_most("all processes together, most memory", max(memory), "MiB", 300),
        at_most(
            "growth from the first half to the second", max(memory[half:]) - max(memory[:half]), "MiB", 10
        ),
        Row("all were scored", "-", f"exit {program.returncode}", "exit 0", program.returncode == 0),
    ]


def _processor_seconds() -> float:
    """Of all children that have ended, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _feed(program: "subprocess.Popen[bytes]", block: bytes, times: int) -> None:
    assert program.stdin is not None
    with program.stdin:
        for _ in range(times):
            program.stdin.write(block)


def _memory_of_all(pid: int) -> float:
    """MiB of a process and its descendants; pages that they share count once."""
    total = 0
    waiting = [pid]
    while waiting:
        process = Path("/proc", str(waiting.pop()))
        try:
            for line in (process / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
            for task in (process / "task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, ValueError):
            continue
    return total / 1024
