"""Whether a step led where it should: its expectations, one Check each, in a fixed order (11.4).

What is compared is named and worded the same on both front ends, so that their journals are equal
(DEMO-RUN-04). Texts are compared as they stand, whatever the width of the window (11.5).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from client.messages.screen import FieldValue, Screen
from tui.demo.codes import message
from tui.demo.events import Check
from tui.demo.masking import masked
from tui.demo.script import Expect, ExpectCell, ExpectFile, ExpectTable, FrontEnd, Step
from tui.demo.stage import TableView, View
from tui.demo.verbs import ANYWHERE, VERBS

SESSION_WARNING = "N-SESS-01"
SAVED = "N-RUN-01"
_ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Came:
    """What a step came to."""

    before: Screen
    view: View
    files: Path
    """The output folder."""
    saved: str
    """The file saved last, relative to it; empty: none."""
    saved_now: str
    """The file that this step saved."""
    front_end: FrontEnd

    @property
    def screen(self) -> Screen:
        """The screen after it."""
        return self.view.screen

    @property
    def answered(self) -> bool:
        """Whether the portal has answered an action."""
        return self.screen.step_token != self.before.step_token

    @property
    def errors(self) -> tuple[str, ...]:
        """Codes of the screen's errors."""
        return tuple(problem.code for problem in self.screen.errors)

    @property
    def notices(self) -> tuple[str, ...]:
        """Codes of what the portal notes, and of what the client itself said in its place."""
        own = [SAVED] if self.saved_now else []
        if any(said in " ".join(self.view.said) for said in _warnings(self.screen)):
            own.append(SESSION_WARNING)
        return tuple(dict.fromkeys([*(notice.code for notice in self.screen.notices), *own]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A Check, and the words for the report if it failed."""

    check: Check
    message: str = ""
    part: str = ""
    """Name of the expectation in the file, for its line; empty: the step's own."""
    help: str = ""


def verdicts(step: Step, came: Came) -> list[Verdict]:
    """Every check of a step, in order."""
    expect = step.expect
    return [
        *_state(step, came),
        *_errors(step, came),
        *(_text(text, came, wanted=True) for text in expect.text),
        *(_text(text, came, wanted=False) for text in expect.not_text),
        *_notice(expect, came),
        *(_field(name, value, came) for name, value in expect.fields),
        *(_action(name, state, came) for name, state in expect.actions),
        *_pager(expect, came),
        *_selected(expect, came),
        *_focus(expect, came),
        *(_table(expect.table, came) if expect.table else ()),
        *(_cell(cell, came) for cell in expect.cells),
        *(_file(expect.file, came) if expect.file else ()),
    ]


def _verdict(what: str, part: str, expected: str, got: str, *, ok: bool | None = None) -> Verdict:
    good = expected == got if ok is None else ok
    expected, got = masked(expected), masked(got)
    check = Check(what, good, expected, "" if good else got, "" if good else "D505")
    return Verdict(check, message("D505", what=what, a=f'"{expected}"', b=f'"{got}"'), part)


def _state(step: Step, came: Came) -> Iterator[Verdict]:
    """The state that the step names, else the one its verb leads to."""
    named = step.expect.state
    verb = VERBS[step.verb] if step.verb else None
    if named is not None:
        targets: tuple[str, ...] = (named,)
    elif step.expect_error is not None or step.expect.error is not None:
        targets = (came.before.state,)
    elif verb is None or verb.to == ANYWHERE:
        return
    else:
        targets = verb.to or (came.before.state,)
    expected, got = " or ".join(targets), came.screen.state
    ok = got in targets
    check = Check(f"state {expected}", ok, expected, "" if ok else got, "" if ok else "D504")
    errors = ", ".join(came.errors) or "no error"
    yield Verdict(
        check, message("D504", a=expected, b=got, errors=errors), "state" if named else "", _said(came.screen)
    )


def _errors(step: Step, came: Came) -> Iterator[Verdict]:
    """The error that is expected; else none, unless the step names the state that it leads to."""
    wanted, got = step.expect_error or step.expect.error, ", ".join(came.errors) or "no error"
    if wanted is not None:
        known = {*came.errors, *came.notices}
        ok = wanted in known
        check = Check(f"error {wanted}", ok, wanted, "" if ok else got, "" if ok else "D506")
        part = "expect-error" if step.expect_error else "error"
        yield Verdict(check, message("D506", e=wanted, x=got), part, _said(came.screen))
    elif came.errors and came.answered and step.expect.state is None:
        first = came.screen.errors[0]
        check = Check("no error", False, "no error", got, "D507")
        yield Verdict(check, message("D507", e=first.code, text=masked(first.text)))


def _said(screen: Screen) -> str:
    return masked(" ".join(problem.text for problem in screen.errors))


def _text(text: str, came: Came, *, wanted: bool) -> Verdict:
    looked_for = " ".join(text.split())
    there = looked_for in came.view.text
    what, part = (f'text "{masked(text)}"', "text") if wanted else (f'not-text "{masked(text)}"', "not-text")
    if there == wanted:
        return Verdict(Check(what, True, masked(text), ""), part=part)
    if not wanted:
        check = Check(what, False, "not on the screen", "on the screen", "D505")
        return Verdict(
            check, message("D505", what=what, a="not on the screen", b="it is on the screen"), part
        )
    check = Check(what, False, masked(text), "not on the screen", "D501")
    return Verdict(check, message("D501", text=masked(text)), part, _nearest(looked_for, came.view.pieces))


def _nearest(text: str, pieces: tuple[str, ...]) -> str:
    """The piece of the screen that looks most like a text."""
    folded = {piece.casefold(): piece for piece in pieces}
    inside = [piece for key, piece in folded.items() if text.casefold() in key]
    near = inside or [folded[key] for key in get_close_matches(text.casefold(), folded, n=1, cutoff=0.4)]
    return f'nearest: "{masked(near[0])}"' if near else ""


def _notice(expect: Expect, came: Came) -> Iterator[Verdict]:
    if expect.notice is not None:
        got = ", ".join(came.notices) or "no notice"
        ok = expect.notice in came.notices
        yield _verdict(f"notice {expect.notice}", "notice", expect.notice, got, ok=ok)


def _field(name: str, value: str | bool, came: Came) -> Verdict:
    got = came.view.fields.get(name, _ABSENT)
    ok = got == value or (isinstance(got, str) and _label_of(came.screen, name, got) == value)
    return _verdict(f"field {name}", "field", _shown(value), _shown(got), ok=ok)


def _label_of(screen: Screen, name: str, value: str) -> str | None:
    field = screen.field(name)
    return next((o.label for o in field.options if o.value == value), None) if field else None


def _shown(value: FieldValue) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(value)
        case _:
            return value or ""


def _action(name: str, state: str, came: Came) -> Verdict:
    action = came.screen.action(name)
    got = _ABSENT if action is None else "enabled" if action.enabled else "disabled"
    return _verdict(f"action {name}", "action", state, got)


def _pager(expect: Expect, came: Came) -> Iterator[Verdict]:
    if expect.pager is not None:
        table = came.screen.table
        yield _verdict("pager", "pager", expect.pager, table.pager if table else "no list")


def _selected(expect: Expect, came: Came) -> Iterator[Verdict]:
    if expect.selected is not None:
        picker = next((field for field in came.screen.fields if field.kind == "picker"), None)
        got = "; ".join(option.label for option in picker.options) if picker else ""
        yield _verdict("selected", "selected", expect.selected, got or "nothing")


def _focus(expect: Expect, came: Came) -> Iterator[Verdict]:
    if expect.focus is not None:
        ok = True if came.front_end == "plain" else None
        yield _verdict("focus", "focus", expect.focus, came.view.focus or "nothing", ok=ok)


def _table_of(came: Came) -> TableView | None:
    """The table of the report, else the list of the screen."""
    table = came.screen.table
    if came.view.table is not None or table is None:
        return came.view.table
    rows = tuple(tuple(row.cells) for row in table.rows)
    return TableView("", tuple(column.label for column in table.columns), rows)


def _table(wanted: ExpectTable, came: Came) -> Iterator[Verdict]:
    table = _table_of(came)
    if wanted.title is not None:
        yield _verdict("table title", "table", wanted.title, table.title if table else "no table")
    counts = (
        ("rows", wanted.rows, table and len(table.rows)),
        ("columns", wanted.columns, table and len(table.headings)),
    )
    for name, count, got in counts:
        if count is not None:
            yield _verdict(f"table {name}", "table", str(count), "no table" if table is None else str(got))


def _cell(wanted: ExpectCell, came: Came) -> Verdict:
    what = f"cell {wanted.row}/{wanted.column}"
    return _verdict(what, "cell", wanted.is_, _cell_text(wanted, _table_of(came)))


def _cell_text(wanted: ExpectCell, table: TableView | None) -> str:
    if table is None:
        return "no table"
    if isinstance(wanted.row, int):
        rows = table.rows[wanted.row - 1 : wanted.row] if wanted.row > 0 else ()
    else:
        rows = tuple(row for row in table.rows if row and row[0] == wanted.row)
    if len(rows) != 1:
        return f"{len(rows)} such rows"
    columns = [index for index, heading in enumerate(table.headings) if heading == wanted.column]
    return rows[0][columns[0]] if len(columns) == 1 else f"{len(columns)} such columns"


def _file(wanted: ExpectFile, came: Came) -> Iterator[Verdict]:
    name = wanted.path or came.saved
    path = came.files / name
    exists = bool(name) and path.is_file()
    yield _verdict(f"file {name or 'saved'}", "file", _there(wanted.exists), _there(exists))
    if not exists:
        return
    content = path.read_bytes()
    if wanted.min_bytes is not None:
        ok = len(content) >= wanted.min_bytes
        yield _verdict("file min-bytes", "file", str(wanted.min_bytes), str(len(content)), ok=ok)
    if wanted.contains is not None:
        ok = wanted.contains.encode() in content
        yield _verdict("file contains", "file", wanted.contains, "not in the file", ok=ok)
    if wanted.sha256 is not None:
        digest = hashlib.sha256(content).hexdigest()
        yield _verdict("file sha256", "file", wanted.sha256.lower(), digest)


def _there(exists: bool) -> str:
    return "there" if exists else "not there"


def _warnings(screen: Screen) -> Iterator[str]:
    """How the warnings of a login's end begin (N-SESS-01)."""
    for deadline in screen.deadlines:
        if deadline.kind in ("idle", "absolute") and deadline.notice:
            yield deadline.notice.partition("{time}")[0]
