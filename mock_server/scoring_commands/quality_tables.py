"""Quality in tables for a terminal: of the report's columns those that 80 cells have room for."""

from decimal import Decimal
from typing import Final

from client.messages.report import ReportTable
from mock_server.reports.document import BLANK
from mock_server.reports.mips.measures import all_entries, columns, rows_of
from mock_server.reports.mips.quality import sum_notes, sum_rows
from mock_server.reports.mips.steps import IN_POINTS
from mock_server.scoring.mips.nodes.quality_measure import contribution_of
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.rules import YearRules
from mock_server.scoring_commands.cells import planned

_COLUMNS: Final = columns(BLANK)
_FIGURES: Final = tuple(
    _COLUMNS[id_]
    for id_ in ("measure", "method", "rate", "reported", "cases", "decile", "points", "bonus", "status")
)
_REASONS: Final = tuple(_COLUMNS[id_] for id_ in ("measure", "title", "why"))


def quality_tables(scored: QualitySet, rules: YearRules) -> list[ReportTable]:
    """The tables of one set."""
    rows = rows_of(all_entries(scored), rules)
    measures = [
        planned("Q-MEASURES", "Measures", _FIGURES, rows),
        planned("Q-WHY", "Why", _REASONS, rows),
    ]
    total = planned("Q-SUM", "From points to percent", IN_POINTS, sum_rows(scored), *sum_notes(scored))
    return [*(measures if rows else ()), total]


def contribution(entry: Entry) -> Decimal:
    """Points and bonus that the measure adds to its set."""
    return contribution_of(entry).value
