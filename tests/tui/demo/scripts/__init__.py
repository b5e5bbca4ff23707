"""Whole demo scripts for tests; `read-pqrs` has the shape and the lines of the specification's example."""

from pathlib import Path


def script_path(name: str) -> Path:
    """The file of a script."""
    return Path(__file__).with_name(f"{name}.demo.toml")


def script_text(name: str) -> str:
    """Its text."""
    return script_path(name).read_text("utf-8")
