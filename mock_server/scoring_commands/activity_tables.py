"""Improvement activities in tables: what was done, and what would fill the category."""

from typing import Final

from client.messages.report import Cell, Count, ReportTable
from mock_server.scoring.mips.activities import MAXIMUM, ActivitiesScore, ActivitySet
from mock_server.scoring_commands.cells import column, name, table, words

_ACTIVITIES: Final = [
    column("activity", "Activity", "identifier"),
    column("title", "Title", "text"),
    column("weight", "Weight", "text"),
    column("points", "Points", "count"),
    column("status", "Status", "text"),
]
_SUM: Final = [column("what", "What", "text"), column("points", "Points", "count")]


def activity_tables(score: ActivitiesScore, scored: ActivitySet | None) -> list[ReportTable]:
    """The tables of one set; with `None` those of automatic credit alone."""
    rows: list[list[Cell]] = []
    if scored is not None:
        rows = [
            [
                name(one.measure_id),
                words(one.title),
                words(one.weight or "medical home"),
                Count(one.points.value),
                words("counts" if one.points.value else "done, period too short" if one.done else "not done"),
            ]
            for one in scored.activities
        ]
    total: list[list[Cell]] = [
        [words("Activities"), Count(0 if scored is None else scored.points.value)],
        [words("Automatic credit"), Count(score.credit.value)],
        [words(f"Points, of {MAXIMUM}"), Count(score.points.value)],
    ]
    return [
        *([table("IA-ACTIVITIES", "Activities", _ACTIVITIES, rows)] if rows else []),
        table("IA-SUM", "Points", _SUM, total if scored is None or scored is score.sets[0] else total[:1]),
    ]
