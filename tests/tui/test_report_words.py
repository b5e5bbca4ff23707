"""What the viewer says in words: the cell, the row in full, the notes, the page about the report."""

from tests.tui.report_samples import LONG_TITLE, earned_incentive, performance, report
from tui.widgets.report_book import ReportBook, TableKey
from tui.widgets.report_contents import entries
from tui.widgets.report_words import about, cell_sentence, notes, row_facts, row_footnotes, summary


def test_the_reading_line_says_place_heading_and_value() -> None:
    assert cell_sentence(earned_incentive(), 1, 4) == (
        "Row 2 of 15. Column 5 of 7. "
        "Incentive Eligibility Rationale: Insufficient # of beneficiaries reported"
    )


def test_group_rows_are_told_from_data_by_a_word() -> None:
    assert cell_sentence(performance(), 0, 2).startswith("Row 1 of 97, group.")
    assert cell_sentence(performance(), 0, 2).endswith(": no value")


def test_a11y_table_10_a_row_is_read_as_one_fact_a_line_with_its_group() -> None:
    facts = row_facts(performance(), 2)
    assert [*map(tuple, facts)] == [
        ("Group", "Diabetes Mellitus"),
        ("Measure #", "#2"),
        ("Measure Title", LONG_TITLE),
        ("Reporting Numerator: Valid QDCs Reported (A) [1]", "37"),
        ("Total # of Valid Exclusions (B)", "1"),
        ("Performance Rate [6]", "1%"),
        ("National Mean Performance Rate", "0.7%"),
    ]
    assert row_footnotes(performance()) == ["[6] Met divided by the denominator; NULL = only exclusions."]


def test_notes_hold_captions_footnotes_and_notes() -> None:
    texts = [paragraph.text for paragraph in notes(earned_incentive())]
    assert texts[0] == "(TIN-LEVEL REPORT WITH INDIVIDUAL NPIS)"
    assert "[2] Estimated allowed charges of the period of the row." in texts
    assert texts[-1].startswith("Registry figures")


def test_the_page_about_the_report_has_every_fact_and_caution() -> None:
    texts = [paragraph.text for paragraph in about(report())]
    assert "Tax ID Number: XXXXX4802" in texts
    assert "Caution: The Tax ID field may hold part of a Social Security Number." in texts


def test_the_line_above_the_tables_carries_masked_tin_and_the_synthetic_mark() -> None:
    assert summary(report()) == "XXXXX4802 - Synthetic counts - 2011 PQRS Feedback Report"


def test_a_book_grows_as_sections_arrive_and_keeps_the_order() -> None:
    book = ReportBook(report("TIN"))
    first, second = book.keys[:2]
    assert book.table(first) is not None
    assert book.table(second) is None
    grown = book.merged(report(second.section))
    assert grown.table(second) is not None
    assert grown.table(first) is not None
    assert grown.beside(first, 1) == second
    assert grown.beside(first, -1) is None
    assert grown.beside(None, -1) == grown.keys[-1]
    assert grown.position(second) == "2 of 7"


def test_contents_fold_and_filter_by_name_or_npi() -> None:
    book = ReportBook(report(professionals=5))
    everything = [entry.label.strip() for entry in entries(book, frozenset())]
    assert everything[:2] == ["About this report", "[-] Practice"]
    folded = entries(book, frozenset({"0999010001"}))
    assert "[+] Maya Fennel 0999010001" in [entry.label for entry in folded]
    assert TableKey("0999010001", "T4-IND-CLM-6") not in [entry.table for entry in folded]
    assert [entry.section for entry in entries(book, frozenset(), "fennel") if entry.section] == [
        "0999010001"
    ]
    assert [entry.section for entry in entries(book, frozenset(), "0999010003") if entry.section] == [
        "0999010003"
    ]
    assert entries(book, frozenset(), "nobody") == ()
