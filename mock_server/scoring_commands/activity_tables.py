"""Improvement activities in tables for a terminal: what was done, and the points."""

from client.messages.report import ReportTable
from mock_server.reports.mips.activities import COLUMNS, rows_of, step_rows
from mock_server.reports.mips.steps import IN_WHOLE_POINTS
from mock_server.scoring.mips.activities import ActivitiesScore, ActivitySet
from mock_server.scoring_commands.cells import planned


def activity_tables(score: ActivitiesScore, scored: ActivitySet | None) -> list[ReportTable]:
    """The tables of one set; with `None` those of automatic credit alone."""
    rows = () if scored is None else rows_of(scored)
    return [
        *([planned("IA-ACTIVITIES", "Activities", COLUMNS, rows)] if rows else []),
        planned("IA-SUM", "Points", IN_WHOLE_POINTS, step_rows(score, scored)),
    ]
