"""S-RUN: finished files are saved where the person said; nothing is replaced unasked (F-RUN-03, P-RUN-02)."""

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from client.messages.screen import Download, Field
from client.settings import Settings
from tests.tui import pages
from tests.tui.driving import driven
from tests.tui.fakes import ScriptedPortal

CONTENT = b"Measure,Rate\r\n31,87%\r\n"
NAME = "r-pqrs-2011_4802_20181001-100000.csv"
RUN = replace(
    pages.RUN,
    fields=[Field(id="path", label="Save to", kind="path", required=True, value=NAME)],
    notices=[],
)
DONE = replace(
    RUN,
    step_token="t-done",
    download=Download(
        file_id="f1",
        name=NAME,
        media_type="text/csv",
        bytes=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
    ),
)


def names_in(folder: Path) -> list[str]:
    """Names of the files in a folder, the free-standing name first."""
    return sorted((path.name for path in folder.glob("*.csv")), key=len)


async def test_p_run_01_the_file_is_saved_in_the_export_folder_for_its_owner_only(tmp_path: Path) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT
    folder = tmp_path / "exports"
    async with driven(RUN, portal=portal, settings=Settings(export_folder=folder), size=(120, 40)) as ui:
        assert ui.field("path").value == str(folder / NAME)
        await ui.press("enter")
        await ui.until("Done: Saved to")
        assert "path" not in portal.acts[0].values
    saved = folder / NAME
    assert saved.read_bytes() == CONTENT
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


async def test_the_typed_name_survives_the_run(tmp_path: Path) -> None:
    portal = ScriptedPortal(RUN, {"run_document": replace(pages.BUSY, step_token="t-busy")})
    portal.files["f1"] = CONTENT
    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=(120, 40)) as ui:
        ui.field("path").focus()
        ui.field("path").value = "mine.csv"
        await ui.press("tab", "enter")
        assert ui.page.state == "S-BUSY"
        portal.page = DONE
        await ui.until("Done: Saved to")
    assert (tmp_path / "mine.csv").read_bytes() == CONTENT


async def test_p_run_02_an_existing_file_asks_and_keeps_both(tmp_path: Path) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT
    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=(120, 40)) as ui:
        (tmp_path / NAME).write_text("older")
        await ui.press("enter")
        await ui.until("A file with this name exists")
        await ui.press("enter")
        await ui.until("Done: Saved to")
    assert (tmp_path / NAME).read_text() == "older"
    assert names_in(tmp_path) == [NAME, NAME.replace(".csv", " (2).csv")]


async def test_p_run_02_an_existing_file_is_overwritten_only_on_request(tmp_path: Path) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT
    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=(120, 40)) as ui:
        (tmp_path / NAME).write_text("older")
        await ui.press("enter")
        await ui.until("A file with this name exists")
        await ui.press("right", "enter")
        await ui.until("Done: Saved to")
    assert (tmp_path / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 24)])
async def test_e_file_01_a_refused_path_can_be_corrected_without_another_run(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT
    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=size) as ui:
        ui.field("path").focus()
        ui.field("path").value = "/etc/passwd"
        await ui.press("tab", "enter")
        await ui.until("Error: The file cannot be written there.")
        assert "Files are saved in the export folder." in ui.words
        assert ui.focused == "field-path"
        ui.field("path").value = "mine.csv"
        await ui.press("enter")
        await ui.until("Done: Saved to")
        assert ui.focused == "action-back"
        assert ui.actions == ["run_document"]
    assert (tmp_path / "mine.csv").read_bytes() == CONTENT


async def test_e_file_01_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=(120, 40)) as ui:
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            await ui.press("enter")
            await ui.until("The disk is full. Make room")
        assert names_in(tmp_path) == []
        await ui.press("tab", "enter")
        await ui.until("Done: Saved to")
    assert (tmp_path / NAME).read_bytes() == CONTENT


async def test_p_run_02_do_not_save_keeps_the_older_file_and_the_way_to_save(tmp_path: Path) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT
    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=(120, 40)) as ui:
        (tmp_path / NAME).write_text("older")
        await ui.press("enter")
        await ui.until("A file with this name exists")
        await ui.press("right", "right", "enter")
        await ui.until("Nothing was saved.")
        assert (tmp_path / NAME).read_text() == "older"
        ui.field("path").value = "mine.csv"
        await ui.press("tab")
        assert ui.focused == "action-save_file"
        await ui.press("enter")
        await ui.until("Done: Saved to")
    assert names_in(tmp_path) == ["mine.csv", NAME]


async def test_a_damaged_file_is_not_kept(tmp_path: Path) -> None:
    portal = ScriptedPortal(RUN, {"run_document": DONE})
    portal.files["f1"] = CONTENT[:-1]
    async with driven(RUN, portal=portal, settings=Settings(export_folder=tmp_path), size=(120, 40)) as ui:
        await ui.press("enter")
        await ui.until("did not arrive intact")
    assert names_in(tmp_path) == []
