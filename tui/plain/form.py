"""Asks the fields of a screen one by one and keeps the answers in the journey (A11Y-PLAIN-07, A11Y-PLAIN-16).

Secrets stay in the form, apart from everything that is kept, until the action is sent.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from client.messages.screen import Field, FieldValue, Problem
from tui.fixes import fix_for
from tui.plain.choices import LISTED, Choice, choice_lines
from tui.plain.commands import Invoked
from tui.plain.endings import Leave
from tui.plain.grammar import Label
from tui.plain.picker import PICKER_FIELDS
from tui.plain.questions import CHOICES, field_choices, question
from tui.plain.saving import Target, export_folder, settled, typed_target
from tui.plain.talk import Prompt, Talk

CLEAR = frozenset({"clear"})
YES_NO = {"y": True, "yes": True, "n": False, "no": False}


class Form:
    """The fields of one visit to a screen."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._secrets: dict[str, str] = {}
        self._hinted: set[str] = set()
        self._answered: list[str] = []
        self._in_error: set[str] = set()
        self.target: Target | None = None
        """Where the file of this screen's run is to be saved."""

    @property
    def values(self) -> dict[str, FieldValue]:
        """Everything to send with the screen's own action."""
        return {**self._talk.journey.offer().values, **self._secrets}

    @property
    def kept_values(self) -> dict[str, FieldValue]:
        """The same without secrets, for the other actions."""
        secret = {field.id for field in self._talk.journey.screen.fields if field.kind == "secret"}
        return {
            name: value for name, value in self._talk.journey.offer().values.items() if name not in secret
        }

    def wipe(self) -> None:
        """Forget the secrets: they were sent, or will not be."""
        self._secrets.clear()

    def reopen(self, problems: Sequence[Problem]) -> None:
        """The form was refused: ask what is in error again, and what is missing; if neither, everything."""
        self._in_error = {problem.field for problem in problems if problem.field is not None}
        again = self._in_error | self._missing()
        self._answered = [name for name in self._answered if again and name not in again]

    async def fill(self) -> bool:
        """Ask every offered field that was not answered yet, in order; whether any was asked.

        `/back` returns to the field before; at the first one it leaves the form.
        """
        asked = False
        while (field := self._next()) is not None:
            asked = True
            try:
                self._keep(field, await self._ask(field))
            except Leave as leave:
                if leave.command.name != "back" or not self._answered:
                    raise
                self._in_error.discard(self._answered.pop())
                continue
            self._answered.append(field.id)
            await self._talk.keep_in_touch()
        return asked

    def _fields(self) -> tuple[Field, ...]:
        """Fields that are asked one by one; a picker and its search have their own conversation."""
        fields = self._talk.journey.offer().fields
        if any(field.kind == "picker" for field in fields):
            return tuple(
                field for field in fields if field.kind != "picker" and field.id not in PICKER_FIELDS
            )
        return fields

    def _missing(self) -> set[str]:
        """Required fields without a value."""
        values = self.values
        return {f.id for f in self._fields() if f.required and values.get(f.id) in (None, "")}

    def _next(self) -> Field | None:
        return next((field for field in self._fields() if field.id not in self._answered), None)

    def _keep(self, field: Field, value: FieldValue) -> None:
        if field.kind == "secret":
            self._secrets[field.id] = str(value)
        else:
            self._talk.journey.type({field.id: value})

    async def _ask(self, field: Field) -> FieldValue:
        first_time = field.id not in self._hinted
        self._hinted.add(field.id)
        if field.kind == "secret":
            return await self._ask_secret(field, first_time=first_time)
        if field.kind in CHOICES:
            return await self._ask_choice(field, first_time=first_time)
        return await self._ask_text(field, first_time=first_time)

    async def _ask_secret(self, field: Field, *, first_time: bool) -> str:
        asked = question(field, self._talk.settings, first_time=first_time)
        self._talk.lines(asked.before)
        secret = await self._talk.ask_secret(asked.prompt, field.id)
        self._talk.say(Label.DONE, f"{field.label.lower()} entered.")
        return secret

    async def _ask_choice(self, field: Field, *, first_time: bool) -> FieldValue:
        value = self._present(field)
        choices = field_choices(field, value, explain=self._talk.settings.announce != "brief")
        present = next((i for i, option in enumerate(field.options) if option.value == value), None)
        asked = question(field, self._talk.settings, first_time=first_time)
        long = len(choices) > LISTED
        listed = LISTED
        prompt = Prompt(asked.prompt, (*_page(choices, 0), *asked.before), field.id)
        while True:
            answer = await self._talk.hear(prompt, CLEAR | ({"next"} if listed < len(choices) else set()))
            prompt = prompt.again()
            if isinstance(answer, Invoked) and answer.name == "next":
                self._talk.lines(_page(choices, listed))
                listed += LISTED
                continue
            if isinstance(answer, Invoked) and not field.required:
                self._talk.say(Label.DONE, f"{field.label} is empty.")
                return None
            if isinstance(answer, Invoked) or (not answer.text and present is None):
                if not field.required:
                    return None
                self._required(field)
                continue
            found = present if not answer.text else self._talk.chosen(answer.text, choices, within=long)
            if found is not None:
                self._talk.line(f"Chosen: {choices[found].label}")
                return field.options[found].value

    async def _ask_text(self, field: Field, *, first_time: bool) -> FieldValue:
        keeps = self._shown(field)
        while True:
            asked = question(field, self._talk.settings, first_time=first_time, keeps=keeps)
            path = field.kind in ("path", "file")
            prompt = Prompt(asked.prompt, asked.before, field.id, path=path)
            answer = await self._talk.hear(prompt, CLEAR)
            first_time = False
            if isinstance(answer, Invoked):
                keeps = ""
                self._talk.journey.type({field.id: None})
                self._talk.say(Label.DONE, f"{field.label} is empty.")
            elif not answer.text:
                if keeps:
                    kept = await self._target(keeps) if field.kind == "path" else self._present(field)
                    if kept is not None:
                        return kept
                elif not field.required:
                    return None
                else:
                    self._required(field)
            elif (value := await self._taken(field, answer.text)) is not None:
                return value

    async def _taken(self, field: Field, text: str) -> FieldValue:
        """The value of an answer; None: it was refused here, with the reason said."""
        if field.kind == "checkbox":
            if text.casefold() not in YES_NO:
                self._talk.error("that is neither y nor n", "type y for yes or n for no")
                return None
            return YES_NO[text.casefold()]
        if field.kind == "file" and not await asyncio.to_thread(_is_file, text):
            self._talk.error("there is no such file", "type the path of a file on this computer")
            return None
        return await self._target(text) if field.kind == "path" else text

    async def _target(self, text: str) -> str | None:
        """Settle where a file goes; None: ask again."""
        target = typed_target(self._talk, text)
        self.target = None if target is None else await settled(self._talk, target)
        return None if self.target is None else export_folder(self._talk).shown(self.target.path)

    def _required(self, field: Field) -> None:
        fix = fix_for(Problem(code="E-VAL-01", field=field.id, text=""))
        self._talk.error(f"{field.label} is required", f"{fix}, or /back")

    def _present(self, field: Field) -> FieldValue:
        """The value an empty answer keeps; a field in error has none."""
        return None if field.id in self._in_error else self.values.get(field.id)

    def _shown(self, field: Field) -> str:
        value = self._present(field)
        if isinstance(value, bool):
            return "y" if value else "n"
        if field.kind == "path" and isinstance(value, str):
            folder = export_folder(self._talk)
            return folder.shown(folder.named(value))
        return value if isinstance(value, str) else ""


def _page(choices: Sequence[Choice], start: int) -> tuple[str, ...]:
    """Up to `LISTED` entries, and how to get at the others."""
    end = min(start + LISTED, len(choices))
    lines = choice_lines(choices[start:end], first=start + 1)
    if len(choices) > LISTED:
        more = ", or /next for more" if end < len(choices) else ""
        lines.append(f"{start + 1} - {end} of {len(choices)}. Type part of a label to find one{more}.")
    return tuple(lines)


def _is_file(text: str) -> bool:
    return Path(text).expanduser().is_file()
