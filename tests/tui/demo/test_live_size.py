"""`resize` in live play uses a part of the presenter's window, which is never made larger."""

from typing import cast

import pytest

from tui.demo.failing import StepFailed
from tui.demo.full_screen.app import DemoApp
from tui.demo.full_screen.live import resize_within_window
from tui.demo.script import Size


def test_a_window_that_is_too_small_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    with pytest.raises(StepFailed) as refused:
        resize_within_window(cast(DemoApp, None), Size(100, 24))
    assert refused.value.message == (
        "resize to 100x24: this window has 80x24; make it larger, or play the script with --headless"
    )
