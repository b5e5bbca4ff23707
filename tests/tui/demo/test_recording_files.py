"""Files of a recording: nothing replaced unasked, nothing half written (DEMO-REC-08, D601, D602)."""

from pathlib import Path

import pytest

from tui.demo.recordings.outputs import Output
from tui.demo.recordings.writing import OutputRefused, check_free, write

FILES = [Output("try.plain.txt", "Demo: Try it\n"), Output("try.walkthrough.md", "# Try it – é\n")]


def test_files_are_written_as_utf_8_with_line_feeds(tmp_path: Path) -> None:
    paths = write(tmp_path / "new" / "folder", FILES, force=False, partial=False)
    assert [path.name for path in paths] == ["try.plain.txt", "try.walkthrough.md"]
    assert paths[1].read_bytes() == "# Try it – é\n".encode()


def test_an_existing_file_is_kept_without_force(tmp_path: Path) -> None:
    """D601."""
    kept = tmp_path / "try.plain.txt"
    kept.write_text("mine")
    with pytest.raises(OutputRefused) as refused:
        check_free([tmp_path / "other", kept])
    assert (refused.value.code, refused.value.message) == ("D601", f"{kept} exists")
    assert "--force" in refused.value.help
    with pytest.raises(OutputRefused):
        write(tmp_path, FILES, force=False, partial=False)
    assert kept.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["try.plain.txt"]
    write(tmp_path, FILES, force=True, partial=False)
    assert kept.read_text() == "Demo: Try it\n"


def test_a_failed_run_leaves_its_files_under_another_name(tmp_path: Path) -> None:
    """DEMO-REC-08; those of the last failure are replaced."""
    for _ in range(2):
        paths = write(tmp_path, FILES, force=False, partial=True)
    assert [path.name for path in paths] == ["try.plain.txt.partial", "try.walkthrough.md.partial"]


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    """D602."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(OutputRefused) as refused:
        write(blocked, FILES, force=False, partial=False)
    assert refused.value.code == "D602"
    assert refused.value.help
