"""Widgets that paint little: fields, lists, tables, bands."""
