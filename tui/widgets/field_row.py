"""One field of a form: label, control, and a line for the hint or the error.

The label stands to the left, right-aligned to one edge; above the control where the window is narrow. The
`>` before the label shows the focus in characters (A11Y-FOCUS-02), the word `Error` a refusal
(A11Y-ERR-03).
"""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from client.messages.screen import Field, FieldValue, Problem
from tui.announcement import of_problem
from tui.widgets.check import Check
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry
from tui.widgets.long_choice_list import LONG, LongChoiceList
from tui.widgets.wrapping import wrapped

LONGEST_ENTRY = 40
"""Widest entry; longer values scroll inside it (style rule 1)."""
REFUSED = "Error"
"""The word that marks a refused field in its label line (A11Y-ERR-03)."""
MARK_CELLS = 2
LIST_KINDS = frozenset({"select", "radio"})


def label_text(field: Field) -> str:
    """The label with the asterisk of a required field (F-GEN-01)."""
    return f"* {field.label}" if field.required else field.label


def control_for(field: Field, value: FieldValue, options: int) -> Widget:
    """The control that fills in a field of that kind; a kind this client does not know is typed as text.

    `options`: how many a list may come to offer, whatever it offers now.
    """
    if field.kind in LIST_KINDS:
        kind = LongChoiceList if options > LONG else ChoiceList
        return kind(field.id, list(field.options), value if isinstance(value, str) else None)
    if field.kind == "checkbox":
        return Check(field.id, field.label, value is True)
    text = value if isinstance(value, str) else ""
    widths = {"date": 11, "integer": 11, "digits": min((field.max_len or 19) + 1, 20), "path": LONGEST_ENTRY}
    width = widths.get(field.kind, min((field.max_len or LONGEST_ENTRY) + 1, LONGEST_ENTRY))
    return Entry(field.id, text, width=width, secret=field.kind == "secret")


class FieldLabel(Widget):
    """The label: `>` while its entry has the focus, `Error` where the value was refused."""

    DEFAULT_CSS = """
    FieldLabel { height: auto; color: $foreground; margin-right: 1; }
    """

    def __init__(self, text: str, *, refused: bool) -> None:
        super().__init__()
        self.text = text
        self.refused = refused
        self.marked = False
        self.right = True
        """Whether the lines end at the right edge."""

    def mark(self, marked: bool) -> None:
        """Show or hide the focus mark."""
        if marked != self.marked:
            self.marked = marked
            self.refresh()

    @property
    def _whole(self) -> str:
        return f"{REFUSED} {self.text}".rstrip() if self.refused else self.text

    @property
    def cells(self) -> int:
        """Width that the label wants; 0 where there is nothing to show."""
        return cell_len(self._whole) + MARK_CELLS if self._whole else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Number of lines at `width`."""
        return len(wrapped(self._whole, width - MARK_CELLS))

    def render(self) -> Content:
        """The lines."""
        width = self.size.width - MARK_CELLS
        lines = wrapped(self._whole, width)
        return Content("\n").join(self._line(index, line, width) for index, line in enumerate(lines))

    def _line(self, index: int, line: str, width: int) -> Content:
        mark = (
            Content.styled("> ", "bold $text-accent")
            if self.marked and index == 0
            else Content(" " * MARK_CELLS)
        )
        text = Content.styled(line, "bold" if self.marked else "")
        if self.refused and index == 0:
            text = text.stylize("bold $text-error", 0, len(REFUSED))
        pad = Content(" " * max(0, width - cell_len(line))) if self.right else Content("")
        return pad + mark + text


class FieldRow(Widget):
    """Label, control and note of one field."""

    DEFAULT_CSS = """
    FieldRow { layout: horizontal; height: auto; width: 1fr; margin-bottom: 1; }
    FieldRow > .field--body { height: auto; width: 1fr; }
    FieldRow .field--note { height: auto; width: 1fr; color: $text-muted; margin-left: 2; }
    FieldRow.-refused .field--note { color: $foreground; }
    FieldRow.-stacked { layout: vertical; }
    FieldRow.-stacked > .field--body { width: 1fr; }
    """

    def __init__(
        self,
        field: Field,
        value: FieldValue,
        *,
        problem: Problem | None,
        stacked: bool = False,
        options: int = 0,
    ) -> None:
        looks = {"-refused": problem is not None, "-stacked": stacked}
        super().__init__(id=f"row-{field.id}", classes=" ".join(name for name, on in looks.items() if on))
        self.field = field
        self.problem = problem
        self.control = control_for(field, value, max(options, len(field.options)))
        self.always_stacked = stacked
        label = "" if isinstance(self.control, Check) else label_text(field)
        self._label = FieldLabel(label, refused=problem is not None)
        self._note = Static(classes="field--note", markup=False)

    def compose(self) -> ComposeResult:
        """The label, and beside or below it the control with its note."""
        yield self._label
        with Vertical(classes="field--body"):
            yield self.control
            yield self._note

    def on_mount(self) -> None:
        """Fill in the hint."""
        self.note(self.field.hint)

    @property
    def label_cells(self) -> int:
        """Width that the label wants, focus mark included."""
        return self._label.cells

    def align(self, width: int, *, narrow: bool) -> None:
        """Put the label into a column of `width`, or above the control."""
        stacked = narrow or self.always_stacked
        self.set_class(stacked, "-stacked")
        self._label.right = not stacked
        self._label.styles.width = "1fr" if stacked else width
        self._label.display = bool(self._label.cells) or not stacked

    def note(self, hint: str) -> None:
        """Show the hint, or what was refused in its place."""
        if self.problem is not None:
            self._note.update(of_problem(self.problem).content())
        else:
            self._note.update(Content(hint))
        self._note.display = bool(hint) or self.problem is not None

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Mark the label of an entry; lists and boxes mark themselves."""
        self._label.mark(isinstance(self.control, Entry))

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Take the mark away."""
        self._label.mark(False)
