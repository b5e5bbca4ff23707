"""From nothing to Table 1 in the full screen, on a real terminal, by what the screen says alone."""

import re

import pytest

from client.messages.report import ReportTable
from tests.e2e.full_screen import CTRL_N, FullScreen
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
