"""A worksheet that writes its cells in a third of XlsxWriter's time.

XlsxWriter looks through every attribute of every cell for characters to escape; the reference and the style
of a cell never have one. Only the writing of plain numbers and strings is replaced, everything else is the
library's: a test compares whole files. The method is a private one; where a later version does without it,
the library's own way is taken.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]


def quick_sheet() -> "type[Worksheet]":
    """The class, made late because XlsxWriter is loaded late."""
    from xlsxwriter.utility import xl_rowcol_to_cell_fast  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet

    class QuickSheet(Worksheet):  # type: ignore[misc]
        """Numbers and shared strings with a format of their own take the short way."""

        def _write_cell(self, row: int, col: int, cell: Any) -> None:
            kind = cell.__class__.__name__
            if cell.format is None or kind not in ("Number", "String"):
                super()._write_cell(row, col, cell)
                return
            start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
            if kind == "Number":
                self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
            else:
                self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')

    return QuickSheet
