"""S-RUN: run the report; a finished file is fetched and saved where the person said (F-RUN-03, W-7).

The portal never learns the path: it names the file, the client puts its export folder before it. The path is
kept by the app while the run replaces this screen. Whatever keeps the file from the disk, it stays at hand:
`Save the file` tries again without a new run.
"""

import asyncio
from pathlib import Path

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widget import Widget

from client.errors import PortalError
from client.messages.screen import Action, Download, Field, FieldValue, Screen
from client.safe_text import single_line
from client.saving import ExportFolder, NameTaken, Saved, fetched, save, saved_notice
from tui.announcement import Announcement, of_error
from tui.screens.form import MENU, FormScreen
from tui.screens.view import View, text
from tui.widgets.action_bar import ActionBar

SAVE = Action(id="save_file", label="Save the file", primary=True, local=True)
NOTHING_SAVED = Announcement("note", "Nothing was saved. Save the file tries again.")
SLOW_S = 1.0
"""After this long, waiting is said (A11Y-MOTION-03)."""


class RunScreen(FormScreen):
    """Run the report, and save it if it is a file."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._content = b""
        """The file while it is not on the disk."""
        self._fetched_id = ""
        self._tried_id = ""
        """Id of the download that was tried to save without being asked."""
        self._unsaved = False
        """Whether the last try failed or was called off."""

    @property
    def _folder(self) -> ExportFolder:
        settings = self.app.settings
        return ExportFolder(settings.export_folder, bare_names=settings.bare_names)

    # Form

    def initial(self, field: Field, value: FieldValue) -> FieldValue:
        """The suggested path, or the one typed before the run."""
        if field.kind != "path" or not isinstance(value, str):
            return super().initial(field, value)
        if self.page.download is None or not self.app.save_to:
            self.app.save_to = self._folder.shown(self._folder.suggested(value))
        return self.app.save_to

    def keep_typed(self) -> None:
        """The path outlives this screen."""
        super().keep_typed()
        path = self.typed().get("path")
        if isinstance(path, str):
            self.app.save_to = path

    def compose_actions(self) -> ComposeResult:
        """A file that is not on the disk yet comes first."""
        if not self._unsaved:
            yield from super().compose_actions()
            return
        yield ActionBar([SAVE, *(replace(action, primary=False) for action in self.page.actions), MENU])

    def own_actions(self) -> list[Action]:
        """With the file that is not on the disk yet."""
        return [*([SAVE] if self._unsaved else []), *super().own_actions()]

    def first_stop(self) -> Widget | None:
        """The path of a file that could not be saved; `Back` where there is nothing left to do."""
        download = self.page.download
        if self._unsaved:
            return next((row.control for row in self._shown_rows() if row.field.kind == "path"), None)
        if download is not None and download.file_id == self.app.saved_file:
            back = self.page.action("back")
            return self._button(back) if back else None
        return super().first_stop()

    def go_on(self) -> None:
        """Enter in the path of a file that could not be saved tries again."""
        if self._unsaved:
            self.app.perform(SAVE)
        else:
            super().go_on()

    # Saving

    def opened(self) -> None:
        """A finished file may be waiting."""
        super().opened()
        self._take_file()

    async def renew(self, page: Screen) -> None:
        """The same, where the answer was quick."""
        await super().renew(page)
        self._take_file()

    def _take_file(self) -> None:
        """Save a finished file at once, and only once."""
        download = self.page.download
        if download is not None and download.file_id not in (self.app.saved_file, self._tried_id):
            self._tried_id = download.file_id
            self.run_worker(self._save(download), group="report", exclusive=True)

    async def perform_locally(self, action: str) -> None:
        """Try again."""
        if action == SAVE.id and self.page.download is not None:
            self.run_worker(self._save(self.page.download), group="report", exclusive=True)
        else:
            await super().perform_locally(action)

    async def _save(self, download: Download) -> None:
        try:
            content = await self._fetched(download)
            path = self._folder.path_of(self.app.save_to or download.name)
            saved = await self._written(path, content)
        except PortalError as error:
            await self._conclude(of_error(error), unsaved=True)
            return
        if saved is None:
            await self._conclude(NOTHING_SAVED, unsaved=True)
            return
        self.app.saved_file, self._content = download.file_id, b""
        await self._conclude(
            Announcement("done", saved_notice(self._folder.shown(saved.path))), unsaved=False
        )

    async def _conclude(self, said: Announcement, *, unsaved: bool) -> None:
        """Say what came of it, with the focus on what can be done now."""
        if unsaved or self._unsaved:
            self._unsaved = unsaved
            await self.rebuild()
        else:
            self.focus_first()
        self.app.announce(said)

    async def _fetched(self, download: Download) -> bytes:
        """The file; fetched once, however often saving is tried."""
        if self._fetched_id != download.file_id:
            words = Announcement("working", "fetching the file.")
            slow = self.set_timer(SLOW_S, lambda: self.app.announce(words))
            try:
                self._content = await fetched(self.app.journey.portal, download)
            finally:
                slow.stop()
            self._fetched_id = download.file_id
        return self._content

    async def _written(self, path: Path, content: bytes) -> Saved | None:
        """The saved file; None: a file was there, and the person keeps it."""
        try:
            return await asyncio.to_thread(save, path, content)
        except NameTaken as taken:
            match await self.app.push_screen_wait(FileExistsView(taken, self._folder)):
                case "overwrite":
                    return await asyncio.to_thread(save, path, content, overwrite=True)
                case "other":
                    return await self._written(taken.free, content)
                case _:
                    return None


class FileExistsView(View[str]):
    """Nothing is replaced unasked (E-FILE-02)."""

    title_text = "File exists"

    def __init__(self, taken: NameTaken, folder: ExportFolder) -> None:
        super().__init__(name="file-exists")
        self._taken = taken
        self._folder = folder

    def compose_content(self) -> ComposeResult:
        """Which file is there."""
        yield text(single_line(f"A file with this name exists: {self._folder.shown(self._taken.path)}"))

    def buttons(self) -> list[Action]:
        """The three ways; the one that loses nothing first."""
        return [
            Action(id="other", label=single_line(f"Save as {self._taken.free.name}"), local=True),
            Action(id="overwrite", label="Overwrite", local=True),
            Action(id="cancel", label="Do not save", local=True),
        ]

    def chosen(self, action: Action) -> None:
        """Answer the chosen way."""
        self.dismiss(action.id)
