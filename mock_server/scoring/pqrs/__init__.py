"""The 2011 PQRS engine: a practice record in, decisions, incentives and explained figures out.

`record` is what goes in, `result` what comes out, `engine` the way between.
"""
