"""Advancing Care Information (2017) and Promoting Interoperability (2018, 2019)."""
