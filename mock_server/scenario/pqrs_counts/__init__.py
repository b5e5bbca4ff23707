"""Synthetic PQRS 2011 counts: a practice record for any TIN, made when it is asked for (pqrs-2011 1.7)."""

from mock_server.scenario.pqrs_counts.practice import practice_record

__all__ = ["practice_record"]
