"""Promoting Interoperability in tables for a terminal: the measures, and what the category lacks."""

from typing import Final

from client.messages.report import ReportTable
from mock_server.reference.mips.years import MipsYear
from mock_server.reports.document import BLANK
from mock_server.reports.mips.interoperability import (
    INCOMPLETE,
    LACKS,
    PARTS,
    columns,
    missing_rows,
    part_rows,
    rows_of,
)
from mock_server.scoring.mips.interoperability.record import PiSet
from mock_server.scoring_commands.cells import planned

_COLUMNS: Final = columns(BLANK)
_MEASURES: Final = tuple(_COLUMNS[id_] for id_ in ("measure", "title", "value", "points", "of", "status"))


def interoperability_tables(scored: PiSet, reference: MipsYear) -> list[ReportTable]:
    """The tables of one set."""
    lacks, measures = missing_rows(scored), rows_of(scored, reference)
    return [
        *([planned("PI-MISSING", "What is missing", LACKS, lacks, INCOMPLETE)] if lacks else []),
        *([planned("PI-MEASURES", "Measures", _MEASURES, measures)] if measures else []),
        planned("PI-SUM", "From points to percent", PARTS, part_rows(scored)),
    ]
