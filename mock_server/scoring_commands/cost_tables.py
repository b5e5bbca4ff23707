"""Cost in a table for a terminal."""

from typing import Final

from client.messages.report import ReportTable
from mock_server.reports.document import BLANK
from mock_server.reports.mips.cost import columns, notes_of, rows_of
from mock_server.scoring.mips.cost import CostScore
from mock_server.scoring_commands.cells import planned

_COLUMNS: Final = columns(BLANK)


def cost_tables(score: CostScore) -> list[ReportTable]:
    """The one table of the category."""
    return [planned("COST-MEASURES", "Measures", _COLUMNS, rows_of(score), *notes_of(score))]
