"""PDF exports: values, pages, outline, metadata (P-FMT-21, F-REP-01, SR-OUT-04)."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.exports.pdf.document import document
from mock_server.exports.pdf.drawable import NOTE, SYMBOLS, Drawable
from mock_server.exports.pdf.flow import MARGIN, PAGE_WIDTH
from tests.mock_server.exports.comparing import checked_pdf
from tests.mock_server.exports.reading import RUNNING_LINES, Drawn
from tests.mock_server.exports.samples import (
    HOSTILE_NAMES,
    LONG_NAMES,
    hostile_report,
    report_of,
    teaching_report,
)

ROOT = Path(__file__).parents[3]


def test_f_rep_01_every_cell_of_the_teaching_report_is_as_on_the_screen() -> None:
    drawn = checked_pdf(teaching_report())
    assert len(drawn.pages) > 40


def test_f_rep_01_header_and_cautions_stand_on_the_first_page() -> None:
    report = teaching_report()
    first = " ".join(Drawn(document(report)).pages[0])
    for fact in report.facts:
        assert f"{fact.label} {fact.value}" in first
    for caution in report.cautions:
        assert caution in first
    assert NOTE not in first


def test_p_fmt_21_sections_begin_on_their_own_pages_and_the_contents_name_them() -> None:
    report = teaching_report()
    drawn = Drawn(document(report))
    contents = " ".join(drawn.pages[0])
    for section in report.sections:
        found = re.search(re.escape(section.title) + r" \.+ (\d+)", contents)
        assert found is not None
        page = drawn.pages[int(found[1]) - 1]
        assert page[RUNNING_LINES] == section.title


def test_every_page_says_whose_it_is_that_it_is_synthetic_and_its_number() -> None:
    report = teaching_report()
    pages = Drawn(document(report)).pages
    for number, page in enumerate(pages[1:], start=2):
        title, section, notice, of_all = page[:RUNNING_LINES]
        assert title == report.title
        assert section in {part.title for part in report.sections}
        assert notice == "Unofficial simulation. Counts, charges and means are synthetic."
        assert of_all == f"Page {number} of {len(pages)}"


def test_the_outline_lists_sections_and_their_tables() -> None:
    report = teaching_report()
    outline = Drawn(document(report)).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert titles == [report.title, *(section.title for section in report.sections)]
    below = [[entry.title for entry in entries] for entries in outline if isinstance(entries, list)]
    assert below == [[table.title for table in section.tables] for section in report.sections]


@pytest.mark.sr("SR-OUT-04")
def test_sr_out_04_metadata_names_the_report_and_nobody() -> None:
    content = document(teaching_report())
    drawn = Drawn(content)
    metadata = {name: str(value) for name, value in (drawn.reader.metadata or {}).items()}
    assert metadata == {
        "/Title": teaching_report().title,
        "/Creator": "qportal",
        "/CreationDate": "D:20181001140000Z",
    }
    assert drawn.catalog["/Lang"] == "en-US"
    assert drawn.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert content == document(teaching_report())


@pytest.mark.sr("SR-OUT-04")
def test_sr_out_04_hostile_names_are_drawn_and_nothing_else() -> None:
    report = hostile_report()
    drawn, drawable = checked_pdf(report), Drawable()
    for name in HOSTILE_NAMES:
        drawable(name)
    assert drawable.replaced
    assert NOTE in " ".join(line for page in drawn.pages[:20] for line in page)
    assert all(set(resources) <= {"/Font", "/ProcSet"} for resources in drawn.resources)
    assert not {"/AA", "/AcroForm", "/Names"} & set(drawn.catalog)
    for word in (b"/JavaScript", b"/EmbeddedFile", b"/URI", b"/Launch", b"/XObject", b"/Annot"):
        assert word not in document(report)


RENDER_WATCHED = """
import sys
from mock_server.exports.pdf.document import document
from tests.mock_server.exports.samples import hostile_report, report_of
document(report_of(["Ada Demo"]))
report, seen = hostile_report(), []
watched = ("open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "urllib.", "ctypes.")
sys.addaudithook(lambda event, _: event.startswith(watched) and seen.append(event))
size = len(document(report))
print(size > 10_000, seen)
"""


@pytest.mark.sr("SR-OUT-04")
def test_sr_out_04_no_file_and_no_socket_is_opened_while_rendering() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RENDER_WATCHED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True []\n"


def test_a_name_longer_than_a_page_goes_on_over_the_page() -> None:
    words = [f"w{number}" for number in range(1500)]
    drawn = Drawn(document(report_of([" ".join(words)], tin_name="Demo")))
    rows = [line for page in drawn.pages for line in page[RUNNING_LINES:]]
    assert set(words) <= {word for line in rows for word in line.split()}


@pytest.mark.parametrize("name", LONG_NAMES, ids=["one word", "many words"])
def test_a_long_name_is_drawn_whole_and_inside_the_page(name: str) -> None:
    drawn = Drawn(document(report_of([name], tin_name="Demo")))
    letters = Counter("".join(line for page in drawn.pages for line in page))
    # It is cut in the contents, whole in Table 1, the section's title and the captions of Tables 2 to 4.
    assert letters[name[0]] >= 5 * Counter(name)[name[0]]
    assert drawn.right_end <= PAGE_WIDTH - MARGIN + 0.1


def test_everything_stays_inside_the_margins() -> None:
    for report in (teaching_report(), hostile_report()):
        assert Drawn(document(report)).right_end <= PAGE_WIDTH - MARGIN + 0.1


@pytest.mark.parametrize(
    ("text", "drawn", "replaced"),
    [
        ("Zoë Faßbender – “é”", "Zoë Faßbender – “é”", False),
        ("Patients ≥ 50, β-blocker", "Patients ≥ 50, β-blocker", False),
        ("Kőrösi Łukasz", "Korösi {U+0141}ukasz", True),
        ("李 שלום", "{U+674E} {U+05E9}{U+05DC}{U+05D5}{U+05DD}", True),
        ("e\u0301", "e", True),
        ("\x1b[2J", "{U+241B}[2J", True),
    ],
)
def test_characters_that_the_fonts_lack_are_never_lost_in_silence(
    text: str, drawn: str, replaced: bool
) -> None:
    drawable = Drawable()
    assert drawable(text) == drawn
    assert drawable.replaced is replaced


@given(st.text(max_size=50))
def test_fz_15_any_text_is_drawable(text: str) -> None:
    for character in Drawable()(text):
        assert character in SYMBOLS or character.encode("cp1252")


def test_the_symbol_font_draws_the_sign_of_a_measure_title() -> None:
    base = report_of(["Ada Demo"])
    titled = msgspec.structs.replace(base, title="Patients ≥ 50 (β)")
    drawn = Drawn(document(titled))
    assert drawn.pages[0][0] == "Patients ≥ 50 (β)"
    assert "Patients ≥ 50" in drawn.reader.pages[0].extract_text()


def test_a_report_without_sections_is_a_page() -> None:
    empty = msgspec.structs.replace(teaching_report(), sections=[])
    assert len(Drawn(document(empty)).pages) == 1
