"""A shipped script, recorded for real on both front ends: replayed, compared, searched for secrets.

The script is recorded twice for the whole module: once in this process, once by the command in a process with
another locale, time zone, user, folder and hash seed.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from mock_server.scenario.personas import AUTHENTICATOR_SECRET, COMMON_PASSWORD
from tests.tui.demo.test_casts import header_and_events, replayed, shown
from tools.demo_documents import DOCS, SCRIPT, documents
from tui.demo.events import Frame, Printed
from tui.demo.loop import DemoLoop
from tui.demo.reading import load
from tui.demo.recordings.making import recorded
from tui.demo.recordings.outputs import FORMATS, Output, names, outputs
from tui.demo.recordings.recorder import Recording

GOLDEN = Path(__file__).parent / "golden"
Files = dict[str, str]
BAIT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>
@font-face { font-family: F; src: url(http://127.0.0.1:9/f.woff2) } text { font-family: F }
</style><text y="9">x</text></svg>"""
"""What a picture must not be: it asks for a font."""
pytestmark = pytest.mark.xdist_group("demo-recording")


@pytest.fixture(scope="module")
def recordings() -> list[Recording]:
    """Both front ends."""
    script = load(SCRIPT)
    with asyncio.Runner(loop_factory=DemoLoop) as runner:
        made = runner.run(recorded(script, script.run.front_ends))
    assert [recording.ended.failure for recording in made] == [None, None]
    return made


@pytest.fixture(scope="module")
def files(recordings: list[Recording]) -> Files:
    """Every file of the recording, by name."""
    return {file.name: file.content for file in outputs(recordings, FORMATS)}


def of(files: Files, front_end: str, ending: str) -> str:
    return files[f"{SCRIPT}.{front_end}.{ending}"]


@pytest.mark.scenario("P-DEMO-01")
def test_as_demo_03_t_demo_06_equal_on_another_machine(files: Files, tmp_path: Path) -> None:
    """P-DEMO-01: the command, with everything around it changed, writes the same bytes."""
    out, home = tmp_path / "out" / "réc", tmp_path / "home"
    home.mkdir()
    strange = {
        "HOME": str(home),
        "USER": "somebody-else",
        "LOGNAME": "somebody-else",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "TZ": "Asia/Kathmandu",
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "COLUMNS": "31",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "ACCESSIBLE": "1",
        "QPORTAL_THEME": "qportal-light",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    run = subprocess.run(
        [sys.executable, "-m", "tui.cli", "demo", "record", SCRIPT, "--out", out, "--formats", *FORMATS],
        env={**kept, **strange},
        cwd=home,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    written = {path.name: path.read_bytes() for path in out.iterdir()}
    assert sorted(written) == sorted(names(load(SCRIPT), ("full-screen", "plain"), FORMATS))
    for name, content in files.items():
        assert written[name] == content.encode(), name


@pytest.mark.parametrize("version", ["v2.cast", "v3.cast"])
def test_t_demo_07_casts_replay_to_the_live_programs_last_screen(
    recordings: list[Recording], files: Files, version: str
) -> None:
    """In an emulator that knows nothing of us; the last frame and the last lines are the program's own."""
    full_screen, plain = recordings
    *_, last = [event.picture for event in full_screen.events if isinstance(event, Frame)]
    assert shown(replayed(of(files, "full-screen", version))) == list(last.lines)
    printed = "".join(event.text for event in plain.events if isinstance(event, Printed)).splitlines()
    terminal = shown(replayed(of(files, "plain", version)))
    assert terminal == [line.rstrip() for line in printed[-len(terminal) :]]
    assert "\x1b" not in json.dumps(header_and_events(of(files, "plain", version)), ensure_ascii=False)


@pytest.mark.parametrize("front_end", ["full-screen", "plain"])
def test_as_demo_15_chapters_and_length(recordings: list[Recording], files: Files, front_end: str) -> None:
    """Four chapters at the instants of their sections; the total is the last virtual instant."""
    recording = recordings[["full-screen", "plain"].index(front_end)]
    header, events = header_and_events(of(files, front_end, "v2.cast"))
    markers = [data for _, code, data in events if code == "m"]
    assert markers == [step.section for step in recording.began.script.steps if step.section is not None]
    assert len(markers) == 4
    assert events[-1][0] == header["duration"] == recording.ended.t / 1000


def test_t_demo_08_no_secret_and_no_tin_in_any_file(files: Files) -> None:
    """DEMO-RUN-06: password, authenticator secret, tokens, nine digits; neither folders nor users."""
    for name, content in files.items():
        for secret in (COMMON_PASSWORD, AUTHENTICATOR_SECRET, "Bearer", str(Path.home()) + "/", "/tmp/"):
            assert secret not in content, name
        assert re.search(r"(?<!\d)(\d{9}|\d{2}-\d{7})(?!\d)", content) is None, name
        assert re.search(r"[A-Za-z0-9_-]{43}", content) is None, name


@pytest.mark.parametrize("front_end", ["full-screen", "plain"])
def test_as_demo_16_pictures_are_well_formed_with_title_and_description(files: Files, front_end: str) -> None:
    pictures = [
        content for name, content in files.items() if name.endswith(".svg") and f".{front_end}." in name
    ]
    assert len(pictures) == 3
    for content in pictures:
        root = ElementTree.fromstring(content)
        assert root.findtext("{http://www.w3.org/2000/svg}title", "").startswith(
            "Sign in with an e-mail code"
        )
        assert root.findtext("{http://www.w3.org/2000/svg}desc")
        assert content.count("http") == 1


def test_as_demo_16_a_browser_shows_a_picture_without_a_network_request(files: Files, tmp_path: Path) -> None:
    """In headless Chromium where it is installed; its own network log is the witness."""
    browsers = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, browsers)), None)
    if browser is None:
        pytest.skip("no Chromium on this computer")
    picture, bait = tmp_path / "picture.svg", tmp_path / "bait.svg"
    picture.write_text(next(content for name, content in files.items() if name.endswith(".svg")))
    bait.write_text(BAIT)
    assert _requests(browser, picture, tmp_path) == set()
    assert _requests(browser, bait, tmp_path) == {"http://127.0.0.1:9/f.woff2"}


def _requests(browser: str, page: Path, folder: Path) -> set[str]:
    """What a browser asks the network for while it draws a page."""
    log, drawn = folder / f"{page.stem}.json", folder / f"{page.stem}.png"
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            f"--user-data-dir={folder / page.stem}",
            f"--log-net-log={log}",
            f"--screenshot={drawn}",
            page.as_uri(),
        ],
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert drawn.stat().st_size > 0
    events = json.loads(log.read_text())["events"]
    return {event["params"]["url"] for event in events if "url" in event.get("params", {})}


def test_the_plain_transcript_of_a_shipped_script(files: Files, request: pytest.FixtureRequest) -> None:
    """DEMO-REC-01; `pytest --snapshot-update` writes it anew."""
    path = GOLDEN / f"{SCRIPT}.plain.txt"
    text = of(files, "plain", "txt")
    if request.config.getoption("--snapshot-update", default=False):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_as_demo_21_the_walkthrough_alone_repeats_the_demo(recordings: list[Recording], files: Files) -> None:
    """Every step in words, with what to type, what to expect and the screen that follows."""
    page = files[f"{SCRIPT}.walkthrough.md"]
    script = recordings[0].began.script
    for step in script.steps:
        assert f"**Step {step.number}.**" in page
        assert step.say is None or step.say in page.replace("\\", "")
    assert "demo.grouprep" in page
    assert "qportal personas" in page
    assert page.count("```text") == len(script.steps)
    assert page.count("Expected: ") == len(script.steps)


def test_the_documents_in_docs_are_what_the_program_records_now(recordings: list[Recording]) -> None:
    """`python -m tools.demo_documents` writes them."""
    made = documents(recordings[0])
    assert sorted(path.name for path in DOCS.iterdir()) == sorted(made)
    for name, content in made.items():
        assert (DOCS / name).read_text(encoding="utf-8") == content, name


def test_names_of_outputs_are_those_that_were_announced(files: Files) -> None:
    assert sorted(files) == sorted(names(load(SCRIPT), ("full-screen", "plain"), FORMATS))
    assert isinstance(Output("a", "b").data, bytes)
