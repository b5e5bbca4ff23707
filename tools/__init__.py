"""Maintainers' scripts: reference data, blocklist, benchmarks, the README's screenshot."""
