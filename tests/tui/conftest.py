"""Settings of the front ends' tests."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep installation ids, crash reports and preferences out of the person's own folders."""
    monkeypatch.setenv("QPORTAL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("QPORTAL_CONFIG_DIR", str(tmp_path / "config"))
    for name in ("NO_COLOR", "QPORTAL_NO_TITLE", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
