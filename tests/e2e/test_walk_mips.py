"""From nothing to a MIPS report on a real terminal: level, clinician, first table, what-if (F-RPT-06)."""

from datetime import UTC, datetime

from client.messages.report import Report
from mock_server.flow.engines import RunFacts, Subject
from mock_server.flow.mips import MIPS_ENGINES
from mock_server.scenario.organizations import ORGANIZATIONS
from tests.e2e.full_screen import CTRL_N, TAB, FullScreen
from tests.e2e.program import Home
from tests.e2e.values import of_api

ROWAN = "0999010016"


def expected() -> Report:
    """Rowan Alder's feedback of 2017, straight from its engine."""
    facts = RunFacts("run", "ALDER", datetime(2018, 10, 1, tzinfo=UTC), "demo.grouprep", "CE")
    subject = Subject(level="individual", npi=ROWAN)
    return MIPS_ENGINES["R-MIPS-2017"].build(ORGANIZATIONS["O-01"], facts, None, subject)


def test_f_rpt_06_a_clinicians_feedback_opens_on_a_terminal(own: Home) -> None:
    with own.full_screen(80, 24) as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.sign_in("demo.grouprep", "Walnut-Harbor-2468")
        person.to_practices()
        person.select("ALDER CREEK DEMO CLINIC")
        for choice in ("2017", "MIPS Performance", "Individual", "Rowan Alder", "View Online"):
            person.pick(choice)
            person.move(TAB)
        person.choose("Next", "step 10", f"NPI {ROWAN}")
        person.to_run()
        terminal.wait_for(f"Level: Individual clinician Rowan Alder, NPI {ROWAN}")
        overview, *others = expected().sections
        person.confirm("Run Document", overview.tables[0].title)
        headings = [column.heading for column in overview.tables[0].columns]
        assert person.read_table(headings) == of_api(overview.tables[0])
        gains = next(section for section in others if section.id == "WHAT-IF").tables[0]
        place = [table.id for section in (overview, *others) for table in section.tables].index(gains.id)
        for _ in range(place):
            terminal.press(CTRL_N)
        first = of_api(gains)[0]
        terminal.wait_for(gains.title.split(",")[0], first["Measure"], first["Score from one more case"])
