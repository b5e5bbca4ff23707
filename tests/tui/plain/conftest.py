"""Golden transcripts: `golden("walk", text)` compares; `pytest --snapshot-update` writes them anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with the file of that name, or writes the file when snapshots are updated."""

    def compare(name: str, text: str) -> None:
        path = FOLDER / f"{name}.txt"
        if request.config.getoption("--snapshot-update", default=False):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
