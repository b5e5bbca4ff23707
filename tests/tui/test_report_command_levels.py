"""`qportal report --level --clinician`: MIPS feedback without a conversation (F-RPT-06)."""

import json
from typing import Any

import pytest

from client.messages.screen import Option
from tests.tui.reporting import Desk, desk, order
from tui.commands.level_choice import pick_clinician
from tui.commands.refusals import NotDone
from tui.commands.report_checks import check
from tui.exit_codes import ExitCode

FINAL: dict[str, Any] = {"year": 2019, "report": "R-MIPS-2019", "device": "sms"}
PEOPLE = [
    Option(value="0999010016", label="Rowan Alder, NPI 0999010016"),
    Option(value="0999010024", label="Maya Fennel, NPI 0999010024"),
    Option(value="0999010115", label="Felix Teasel, NPI 0999010115"),
    Option(value="0999030014", label="NPI 0999030014"),
]


async def refused(at: Desk, **changes: Any) -> tuple[str, str]:
    """What a run is refused with, and the repair."""
    at.running.security.advance(400)
    with pytest.raises(NotDone) as stopped:
        await at.fetch(**{**FINAL, **changes})
    return stopped.value.sentence, stopped.value.remedy


async def test_f_rpt_06_a_clinician_is_found_by_name_or_last_four_and_levels_by_kind() -> None:
    async with desk("demo.multi", scenario="SC-2020-FB") as at:
        fetched = await at.fetch(
            **FINAL, practice="alder", level="individual", clinician="maya", format="json"
        )
        assert {"label": "NPI", "value": "0999010024"} in json.loads(fetched.content)["facts"]
        at.running.security.advance(400)
        fetched = await at.fetch(**FINAL, practice="alder", clinician="0016")
        assert fetched.report is not None
        assert "0999010016" in [fact.value for fact in fetched.report.facts]
        at.running.security.advance(400)
        fetched = await at.fetch(**FINAL, practice="alder", level="apm_entity")
        assert fetched.report is not None
        level = next(fact.value for fact in fetched.report.facts if fact.label == "Level")
        assert "MEADOW DEMO ACO" in level
        at.running.security.advance(400)
        fetched = await at.fetch(
            **FINAL, practice="meadow", org_type="apm_entity"
        )  # one level: none is asked
        assert fetched.report is not None


async def test_f_rpt_06_what_is_missing_or_not_offered_is_named() -> None:
    async with desk("demo.multi", scenario="SC-2020-FB") as at:
        assert await refused(at, practice="alder") == (
            "R-MIPS-2019 asks for a level.",
            "Give --level one of: group, individual, apm_entity:A9901.",
        )
        assert await refused(at, practice="alder", level="team") == (
            "Select a Level: team is not offered.",
            "Give --level one of: group, individual, apm_entity:A9901.",
        )
        assert (await refused(at, practice="alder", level="individual"))[1].startswith(
            "Give --clinician with"
        )
        assert await refused(at, practice="alder", clinician="zorro") == (
            'No clinician matches "zorro".',
            "Give words of the name, or the last four digits of the NPI.",
        )
    async with desk("demo.official", scenario="SC-2018") as at:
        found = await refused(at, year=2011, report="R-PQRS-2011", level="group", device="sms")
        assert found == ("R-PQRS-2011 has no levels.", "Leave --level out.")


async def test_p_rpt_08_a_level_that_is_not_for_the_role_says_why() -> None:
    async with desk("demo.gproone", scenario="SC-2018") as at:
        sentence, remedy = await refused(
            at, practice="linden", year=2017, report="R-MIPS-2017", level="apm_entity", device="email"
        )
        assert sentence.startswith("Select a Level: APM Entity PRAIRIE DEMO ACO cannot be chosen: ")
        assert remedy == "Give another --level."


@pytest.mark.parametrize(
    ("text", "npi"),
    [("ROWAN", "0999010016"), ("alder 0016", "0999010016"), ("0014", "0999030014"),
     ("Maya Fennel, NPI 0999010024", "0999010024"), ("0999010115", "0999010115")],
)  # fmt: skip
def test_one_clinician_is_meant(text: str, npi: str) -> None:
    assert pick_clinician(text, PEOPLE).value == npi


def test_several_clinicians_are_listed() -> None:
    with pytest.raises(NotDone) as stopped:
        pick_clinician("npi 09990101", [*PEOPLE, *PEOPLE])
    assert stopped.value.sentence == '"npi 09990101" matches 2 clinicians; --clinician must match one.'
    assert list(stopped.value.lines) == ["Felix Teasel, NPI 0999010115"] * 2


@pytest.mark.parametrize(
    "changes",
    [{"clinician": "maya", "level": "group"}, {"clinician": "000104802"}, {"clinician": " "}],
)
def test_a_clinician_that_cannot_be_one_costs_no_sign_in(changes: dict[str, Any]) -> None:
    with pytest.raises(NotDone) as stopped:
        check(order(**changes), accept_terms=True, stdout_tty=False)
    assert stopped.value.code == ExitCode.USAGE


@pytest.mark.parametrize("level", [None, "individual", "Individual clinicians"])
def test_a_clinician_goes_with_the_level_by_its_value_or_its_label(level: str | None) -> None:
    check(order(clinician="maya", level=level), accept_terms=True, stdout_tty=False)
