"""Read the JSON tables that stand beside this module."""

import json
from importlib.resources import files
from typing import Any


def load_table(name: str) -> Any:
    """The decoded content of `<name>.json`."""
    return json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
