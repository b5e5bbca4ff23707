"""PQRS 2011 reference data: methods, measures, groups, clusters, rationale strings, constants.

Tables with long text are JSON files beside the loaders (package data); short typed tables are Python.
"""
