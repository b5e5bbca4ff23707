"""Hang-up and termination (SSH-HUP-01)."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from tui.signals import WATCHDOG_S, Ending, ending

STUCK = """
import asyncio, sys, time
from tui.signals import ending
async def main():
    with ending(lambda code: None):
        print("ready", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
async def test_ssh_hup_01_the_front_end_is_stopped_once(
    number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.signals._start_watchdog", lambda _: None)
    stopped: list[int] = []
    with ending(stopped.append) as state:
        assert not state.begun
        for _ in range(2):
            os.kill(os.getpid(), number)
            await asyncio.sleep(0.01)
    assert stopped == [code]
    assert (state.begun, state.exit_code) == (True, code)


def test_without_a_signal_there_is_no_exit_code() -> None:
    assert Ending().exit_code is None


async def test_afterwards_signals_mean_what_they_meant() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ending(lambda _: None):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) in {before, signal.SIG_DFL}


def test_ssh_hup_01_a_program_that_does_not_stop_is_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGHUP)
        before = time.monotonic()
        assert process.wait(20) == 129
        assert WATCHDOG_S - 0.5 <= time.monotonic() - before < WATCHDOG_S + 5
