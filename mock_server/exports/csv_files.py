"""A report as comma separated files (P-FMT-20, F-RUN-04): one per table id, together in a zip archive.

Every field is quoted and shows what the screen shows. A text that a spreadsheet would run as a formula gets a
leading apostrophe (SR-OUT-01); so does a text that already looks guarded, so that taking one apostrophe off
again always gives the original.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from client.messages.cells import format_cell, is_number
from client.messages.report import Cell, Report
from mock_server.exports.combined import (
    ABOUT_HEADINGS,
    CombinedTable,
    about,
    combined_tables,
    run_time,
)
from mock_server.exports.readable import readable

_LOOKS_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_UNIX = 3
_OWNER_ONLY = 0o100600 << 16
"""Mode of an unpacked entry, where the unpacking program keeps modes."""


def guarded(text: str) -> str:
    """A text field as it is written between the quotes."""
    return f"'{text}" if _LOOKS_LIKE_A_FORMULA.match(text) else text


def field(cell: Cell) -> str:
    """A cell as its field: numbers as displayed, everything else guarded."""
    shown = format_cell(cell)
    return shown if is_number(cell) else guarded(readable(shown))


def records(rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180: every field quoted, quotes doubled, CRLF after every record, UTF-8 without a mark."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def csv_file(report: Report) -> bytes:
    """The one table of a report that has no other."""
    (table,) = combined_tables(report)
    return records(_table_rows(table))


def csv_archive(report: Report) -> bytes:
    """Every table as `<report>_<table id>.csv`, and header, cautions and notes as `<report>_ABOUT.csv`.

    Equal reports give equal bytes: the entries carry the time of the run.
    """
    made_at = run_time(report)
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry(report, "ABOUT", made_at), records(_about_rows(report)))
        for table in combined_tables(report):
            archive.writestr(_entry(report, table.id, made_at), records(_table_rows(table)))
    return content.getvalue()


def _entry(report: Report, part: str, made_at: datetime) -> ZipInfo:
    entry = ZipInfo(f"{report.catalogue_id}_{part}.csv", made_at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _OWNER_ONLY
    return entry


def _table_rows(table: CombinedTable) -> Iterator[Sequence[str]]:
    yield [guarded(readable(heading)) for heading in table.headings]
    for npi, name, rows in table.rows():
        owner = (npi, guarded(readable(name))) if table.by_npi else ()
        for row in rows:
            yield (*owner, *map(field, row.cells))


def _about_rows(report: Report) -> Iterator[Sequence[str]]:
    yield ABOUT_HEADINGS
    for line in about(report):
        yield [guarded(readable(text)) for text in line]
