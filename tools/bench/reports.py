"""The report of a practice with 1,000 professionals, each with 4 methods: to the viewer, and as files."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from client.messages.report import Report
from mock_server.app import exporters
from mock_server.reports.pqrs_2011 import Run, build_report
from mock_server.scenario.identifiers import invented_npi
from mock_server.scenario.pqrs_counts import practice_record
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.record import Practice, Professional
from tools.bench.table import Row, at_most

PROFESSIONALS = 1000
METHODS = 4


def _large_practice() -> Practice:
    """1,000 professionals with exactly 4 methods each, drawn from the synthetic counts."""
    chosen: list[Professional] = []
    number = 0
    while len(chosen) < PROFESSIONALS:
        batch = [(invented_npi(f"07{number + i:07d}"), None) for i in range(500)]
        number += 500
        drawn = practice_record("000999001", "LARGE DEMO PRACTICE", batch)
        chosen += [person for person in drawn.professionals if len(person.attempts) >= METHODS]
    people = tuple(replace(person, attempts=person.attempts[:METHODS]) for person in chosen[:PROFESSIONALS])
    return replace(drawn, professionals=people, ep_count=PROFESSIONALS)


def _timed(work: Callable[[], object]) -> float:
    """Seconds of processor time: the work waits for nothing, and others on the machine do not count."""
    began = time.process_time()
    work()
    return time.process_time() - began


def large_report() -> list[Row]:
    """Scoring and the first section as the viewer gets them; each file format."""
    practice = _large_practice()
    run = Run(id="bench", created_at=datetime(2018, 10, 1, 14, tzinfo=UTC), synthetic=True)

    def to_viewer() -> None:
        report = build_report(score_practice(practice), run, sections=["TIN"])
        msgspec.json.decode(msgspec.json.encode(report), type=Report)

    rows = [
        at_most("report of 1,000 professionals, 4 methods each, to the viewer", _timed(to_viewer), "s", 1.5)
    ]
    whole = build_report(score_practice(practice), run)
    for name, exporter in exporters().items():
        seconds = _timed(lambda render=exporter.render: render(whole))  # type: ignore[misc]
        rows.append(at_most(f"the same as {name}", seconds, "s", 5))
    return rows
