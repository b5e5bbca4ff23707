"""The 2011 PQRS feedback report: one module per table, over the common mechanism of `reports.document`."""

from mock_server.reports.pqrs_2011.report import Run, build_report, explain_cell

__all__ = ["Run", "build_report", "explain_cell"]
