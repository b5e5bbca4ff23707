"""`qportal demo list`, `lint` and `show` (DEMO-CLI-01, DEMO-CLI-05)."""

import re
from pathlib import Path

import pytest

from tests.tui.demo.scripts import script_path
from tui.cli import main
from tui.demo import catalogue
from tui.demo.expectations import CHECKS
from tui.demo.outline import outline, said, spoken
from tui.demo.reading import load, read, read_text
from tui.demo.script import Step
from tui.demo.settings import PLAY, RECORD, RUN
from tui.demo.variables import BUILT_INS
from tui.demo.verbs import MODIFIERS, VERBS
from tui.demo.vocabulary import VOCABULARY, later

ROOT = Path(__file__).parents[3]
HERE = {name for name, verb in VERBS.items() if not any(map(later, verb.actions.values()))}
"""Verbs of this version."""


def test_demo_cli_01_the_list_names_every_shipped_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sign-in-email: Sign in with an e-mail code (10 steps)",
        "authenticator-app: Authenticator app and a wrong code (10 steps)",
        "find-practice: Find one practice among 310,184 and read a report (19 steps)",
        "attestation-refused: Attestation refused (17 steps)",
    ]


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_shipped_scripts_are_clean_and_teach_in_captions(name: str) -> None:
    found = read(name)
    assert found.findings == ()
    assert found.script is not None
    steps = found.script.steps
    assert found.script.description
    assert found.script.run.front_ends == ("full-screen", "plain")
    assert sum(step.section is not None for step in steps) >= 3
    assert sum(step.say is not None for step in steps) >= 5
    assert all(step.only is None for step in steps)
    assert steps[-1].verb == "log-out"


def test_no_shipped_script_is_without_a_name() -> None:
    folder = ROOT / "tui/demo/scripts"
    assert {path.name.removesuffix(".demo.toml") for path in folder.glob("*.toml")} == set(catalogue.NAMES)


def test_demo_cli_01_lint_takes_names_and_files(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(script_path("read-pqrs"))
    assert main(["demo", "lint", "sign-in-email", path]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sign-in-email.demo.toml: ok, 10 steps",
        f"{path}: ok, 19 steps",
    ]


def test_demo_cli_05_the_outline_reads_like_instructions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "show", str(script_path("read-pqrs")), "--var", "user=demo.official"]) == 0
    said_lines = capsys.readouterr().out.splitlines()
    assert said_lines[:3] == [
        "Read the 2011 PQRS report of one practice",
        "The whole walk, from the first page to a saved file.",
        "For either front end, 80x24, scenario SC-2012, 19 steps.",
    ]
    for line in (
        "Section: Find the practice",
        "3. Enter user ID demo.official.",
        "5. Choose the MFA device type E-mail.",
        "8. Enter 000000 as security code and log in.",
        "9. Enter the code of the message as security code and log in.",
        '12. Search the practices for "4802".',
        "15. Choose 2011, 2011 PQRS Feedback Report, View Online.",
        "16. Attest to the purpose: HIPAA Covered Entity (CE) provider.",
        "18. Export the report as CSV.",
        "Expects: state S-CODE; notice N-MFA-01.",
    ):
        assert line in said_lines


def test_demo_run_06_the_outline_tells_no_secret() -> None:
    text = (
        'format = 1\ntitle = "T"\n[[step]]\nopen-login = true\n[[step]]\naccept-terms = true\n'
        '[[step]]\nenter-user-id = "demo.solo"\n[[step]]\nenter-password = "Walnut-1357"\n'
        '[[step]]\nfill = { password = "Walnut-1357" }\nsay = "The TIN is 12-3456789."\n'
    )
    script = read_text("t.demo.toml", text).script
    assert script is not None
    lines = "\n".join(outline(script))
    assert "Walnut" not in lines
    assert "3456789" not in lines
    assert "4. Enter the password." in lines
    assert "5. Fill in password with (hidden)." in lines


def test_a_step_that_does_nothing_on_the_portal_still_has_words() -> None:
    first: Step = load("sign-in-email").steps[0]
    assert said(first) == ""
    assert "1. Check the screen." in outline(load("sign-in-email"))


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "no time"),
        (780_000, "13 minutes"),
        (1500, "1 second 500 milliseconds"),
        (3_660_000, "1 hour 1 minute"),
    ],
)
def test_durations_in_words(ms: int, words: str) -> None:
    assert spoken(ms) == words


def test_a_broken_script_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "show", "sign-in-phone"]) == 2
    said_by = capsys.readouterr()
    assert said_by.out == ""
    assert said_by.err.startswith("sign-in-phone: error D101: cannot read sign-in-phone")


def test_the_script_of_the_readme_is_clean_and_its_table_names_every_verb() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    example = readme.split("```toml\n", 1)[1].split("```", 1)[0]
    assert read_text("mine.demo.toml", example).findings == ()
    table = readme.split("| to | verbs |", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`([a-z-]+)`", table)) == HERE


def test_the_reference_lists_every_word() -> None:
    reference = (ROOT / "docs/demo-scripts.md").read_text("utf-8")
    words = set(re.findall(r"`([^`]+)`", reference))
    known = {*HERE, *MODIFIERS, *RUN, *PLAY, *RECORD, *CHECKS, *VOCABULARY.scenarios}
    assert known - words == set()
    assert {f"${{{name}}}" for name in BUILT_INS} - words == set()
