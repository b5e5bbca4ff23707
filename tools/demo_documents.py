"""The demo recording in docs/demo/: pictures and walkthrough of a shipped script, made by the program itself.

    python -m tools.demo_documents

writes what `qportal demo record sign-in-email --front-end full-screen --formats svg` writes. A test records
the script again and compares, so that the documents cannot go stale.
"""

from pathlib import Path

from tui.demo.reading import load
from tui.demo.recordings.making import recorded
from tui.demo.recordings.outputs import outputs
from tui.demo.recordings.recorder import Recording
from tui.demo.running import run

DOCS = Path(__file__).parent.parent / "docs" / "demo"
SCRIPT = "sign-in-email"


def documents(recording: Recording) -> dict[str, str]:
    """Name of each file in docs/demo/ -> its content, made of a full-screen run."""
    return {file.name: file.content for file in outputs([recording], ["svg"])}


def main() -> None:
    """Record the script and write its documents in place of the old ones."""
    [recording] = run(recorded(load(SCRIPT), ["full-screen"]))
    if not recording.passed:
        raise SystemExit(f"{SCRIPT} does not pass: {recording.ended.failure}")
    DOCS.mkdir(exist_ok=True)
    for old in DOCS.glob(f"{SCRIPT}.*"):
        old.unlink()
    for name, content in documents(recording).items():
        (DOCS / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
