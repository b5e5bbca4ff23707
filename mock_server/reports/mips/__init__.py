"""MIPS performance feedback as a document, 2017 to 2019: from score trees to tables that explain themselves.

`qportal score` and the portal's report share the columns, words and reasons of this package; the portal adds
the overview, the what-counts groups (M-TREE-08), the clinicians and the sources of the figures.
"""

from mock_server.reports.mips.feedback import Feedback, Member, NamedScore
from mock_server.reports.mips.report import FIRST_SECTION, Run, build_report, explain_cell

__all__ = [
    "FIRST_SECTION",
    "Feedback",
    "Member",
    "NamedScore",
    "Run",
    "build_report",
    "explain_cell",
]
