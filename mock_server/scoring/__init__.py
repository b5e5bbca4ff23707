"""Scoring engines: pure functions from plain data to a score, no input or output.

Every figure that a report shows is a `Computed`: its value, the formula that made it and what went in.
"""
