"""Asks where a finished download goes and what to do with a file that is there (F-RUN-03, A11Y-PLAIN-16).

Writing itself is `client.saving`'s, the same for every front end; files go into the export folder alone
(SSH-DEP-05).
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from client.errors import PortalError
from client.messages.screen import Download
from client.saving import ExportFolder, NameTaken, NotSaved, fetched, save
from tui.plain.choices import Choice
from tui.plain.endings import Leave
from tui.plain.grammar import Label, sentence
from tui.plain.talk import Prompt, Talk


@dataclass(frozen=True, slots=True)
class Target:
    """Where to save, and whether a file that is there may go."""

    path: Path
    overwrite: bool = False


def export_folder(talk: Talk) -> ExportFolder:
    """The one folder that files are saved in."""
    return ExportFolder(talk.settings.export_folder, bare_names=talk.settings.bare_names)


def typed_target(talk: Talk, text: str) -> Target | None:
    """The path that was typed: a name, or a file of the export folder; None: refused, which is said."""
    try:
        return Target(export_folder(talk).path_of(text))
    except NotSaved as refused:
        talk.failure(refused)
        return None


async def settled(talk: Talk, target: Target) -> Target | None:
    """A target that needs no further question; None: the person cancels."""
    while not target.overwrite and await asyncio.to_thread(target.path.is_file):
        talk.error("a file with this name exists", "choose what to do with it")
        choices = (Choice("Overwrite", number_only=True), Choice("Other name"), Choice("Cancel"))
        match await talk.choose_listed("File", choices):
            case 0:
                return replace(target, overwrite=True)
            case 1:
                target = await _other(talk)
            case _:
                return None
    return target


async def save_download(talk: Talk, download: Download, target: Target) -> None:
    """Fetch, check and write the file; says where it is, or what went wrong (E-FILE-01, E-FILE-02)."""
    try:
        content = await talk.working(fetched(talk.journey.portal, download), "fetching the file")
        path = await _written(talk, target, content)
    except PortalError as error:
        talk.failure(error)
        return
    except Leave as leave:
        if leave.command.name not in ("back", "cancel"):
            raise
        path = None
    if path is None:
        talk.say(Label.DONE, "nothing was saved.")
    else:
        talk.say(Label.SAVED, sentence(export_folder(talk).shown(path)))


async def _written(talk: Talk, target: Target, content: bytes) -> Path | None:
    """The path of the file; None: the person cancels."""
    while (free := await settled(talk, target)) is not None:
        try:
            return (await asyncio.to_thread(save, free.path, content, overwrite=free.overwrite)).path
        except NameTaken:
            target = free
        except NotSaved as refused:
            talk.failure(refused)
            target = await _other(talk)
    return None


async def _other(talk: Talk) -> Target:
    while True:
        target = typed_target(talk, await talk.ask(Prompt("Save to:", field="path", path=True)))
        if target is not None:
            return target
