"""From nothing to Table 1 in the full screen, on a real terminal, by what the screen says alone."""

import re

import pytest

from client.messages.report import ReportTable
from tests.e2e.full_screen import CTRL_N, CTRL_Y, ENTER, FullScreen
from tests.e2e.program import Home
from tests.e2e.values import of_api


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24), (40, 24)])
def test_a_new_user_reads_table_1_in_the_full_screen(
    own: Home, table_1: list[ReportTable], columns: int, rows: int
) -> None:
    with own.terminal(columns=columns, rows=rows) as terminal:
        person = FullScreen(terminal)
        person.answer_first_question()
        person.sign_in("demo.grouprep", person.read_password())
        person.to_practices()
        person.select("ALDER CREEK DEMO CLINIC")
        person.to_report()
        for number, table in enumerate(table_1, start=1):
            terminal.wait_for(f"{number} of ")
            headings = [column.heading for column in table.columns]
            assert person.read_table(headings) == of_api(table), table.title
            terminal.press(CTRL_N)
        assert re.search(r"synthetic", terminal.text, re.IGNORECASE)


def test_a11y_size_01_a_tiny_window_leads_to_the_report_too(own: Home) -> None:
    with own.full_screen(40, 12) as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.sign_in("demo.grouprep", "Walnut-Harbor-2468")
        person.to_practices()
        person.select("ALDER CREEK DEMO CLINIC")
        person.to_report()
        terminal.wait_for("Row 1 of 1", "$8,227.70")

        # A11Y-COPY-02: the table as text outside the full screen, and back.
        person.open(CTRL_Y, "Show the table as text")
        person.focus("Show the table as text")
        terminal.send(ENTER)
        terminal.wait_for("Press Enter to go back to")
        said = terminal.written.rpartition("\x1b[?1049l")[2]
        assert "Row 1 of 1" in said
        assert "(note 1): $8,227.70" in " ".join(said.split())
        terminal.send(ENTER)
        terminal.wait_for("Report view", "Row 1 of 1")
