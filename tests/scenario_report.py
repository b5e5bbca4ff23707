"""Which test proves which acceptance scenario (portal-flow 15, ssh-and-demos 17), as a table in Markdown.

    python -m tests.scenario_report        # writes tests/SCENARIOS.md
    python -m tests.scenario_report -      # prints it

A test belongs to a scenario by its mark, `@pytest.mark.scenario("P-LOGIN-04")`, or by its name,
`test_p_login_04_...` or `test_as_demo_01_and_02_...`. Scenarios of later issues stand in `LATER` with the
reason; a scenario that has neither is a gap.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
REPORT = TESTS / "SCENARIOS.md"

GROUPS = {
    "15.1 Landing, terms, user ID": {"LAND": 2, "TERMS": 4, "USER": 4},
    "15.2 Password, codes": {"LOGIN": 16, "MFA": 19},
    "15.3 Login lifetime": {"SESS": 9, "FLOW": 6},
    "15.4 Account and roles": {"ACCT": 11, "ROLE": 10},
    "15.5 Organization type and picker": {"ORG": 4, "TIN": 14},
    "15.6 Report, attestation, run": {"RPT": 9, "ATT": 7, "RUN": 5},
    "15.7 Public forms and reviews": {"VER": 4, "NPI": 2, "IR": 4},
    "15.8 Quality Payment Program": {"QPP": 7, "ELEC": 6, "UP": 7, "PI": 9, "IA": 5, "SUB": 2},
    "15.9 Permissions, time, front ends": {
        "PERM": 6,
        "TIME": 6,
        "PLAIN": 3,
        "TUI": 2,
        "DEMO": 2,
        "AUDIT": 1,
    },
}
"""Subsections with the number of scenarios of each kind."""


def _numbered(kind: str, numbers: Iterator[int] | range | tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"P-{kind}-{number:02d}" for number in numbers)


_REASONS: dict[str, tuple[str, ...]] = {
    "account life cycle: recovery, registration, profile": (
        *_numbered("MFA", (12, 13, 15, 16, 19)),
        *_numbered("ACCT", (1, 2, 3, 4, 8, 9, 10, 11)),
    ),
    "role requests and approvals": _numbered("ROLE", (2, 3, 4, 5, 6, 7, 9, 10)),
    "2015 QRUR": (*_numbered("RPT", (1,)), *_numbered("PLAIN", (1,))),
    "public forms, NPI-level requests, informal review": (
        *_numbered("VER", range(1, 5)),
        *_numbered("NPI", range(1, 3)),
        *_numbered("IR", range(1, 5)),
    ),
    "Quality Payment Program: eligibility, elections, submission": (
        *_numbered("SESS", (9,)),
        *_numbered("QPP", range(1, 8)),
        *_numbered("ELEC", range(1, 7)),
        *_numbered("UP", range(1, 8)),
        *_numbered("PI", range(1, 10)),
        *_numbered("IA", range(1, 6)),
        *_numbered("SUB", range(1, 3)),
        *_numbered("PERM", range(2, 7)),
    ),
}

LATER = {scenario: reason for reason, scenarios in _REASONS.items() for scenario in scenarios}
"""Scenarios of later issues, with the feature that they need."""

DEMOS = {"AS": 21, "T": 10}
"""Acceptance scenarios (AS) and test plans (T) of scripted demos, with the number of each."""

SCENARIOS = {
    title: [scenario for kind, count in kinds.items() for scenario in _numbered(kind, range(1, count + 1))]
    for title, kinds in GROUPS.items()
}
SCENARIOS["Scripted demos"] = [
    f"{kind}-DEMO-{number:02d}" for kind, count in DEMOS.items() for number in range(1, count + 1)
]
KNOWN = {scenario for scenarios in SCENARIOS.values() for scenario in scenarios}

_NAMED = re.compile(r"_(p|as|t)_([a-z]+)_(\d\d)(?:_and_(\d\d))?(?=_|$)")


def proofs() -> dict[str, list[str]]:
    """Tests by scenario, as `path::test`, each once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, scenarios in _tests_in(path):
            for scenario in scenarios:
                found[scenario].append(f"{path.relative_to(TESTS).as_posix()}::{name}")
    return dict(found)


def _tests_in(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each test of a file with the scenarios that it proves."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            scenarios = dict.fromkeys([*_marked(node), *_by_name(node.name)])
            if scenarios:
                yield node.name, list(scenarios)


def _marked(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="scenario"), args=arguments):
                yield from (str(part.value) for part in arguments if isinstance(part, ast.Constant))


def _by_name(name: str) -> Iterator[str]:
    for part, kind, *numbers in _NAMED.findall(name):
        named = (f"{part}-{kind}-{number}".upper() for number in numbers if number)
        yield from (scenario for scenario in named if scenario in KNOWN)


def gaps(found: dict[str, list[str]]) -> list[str]:
    """Scenarios with neither a test nor a reason."""
    return sorted(KNOWN - found.keys() - LATER.keys())


def report(found: dict[str, list[str]]) -> str:
    """The table, one row a scenario."""
    proved = sum(scenario in found for scenario in KNOWN)
    lines = [
        "# Acceptance scenarios and their tests",
        "",
        "Made by `python -m tests.scenario_report` from the marks and names of the tests; do not edit.",
        "",
        f"{len(KNOWN)} scenarios, {proved} with tests, {len(LATER.keys() - found.keys())} of later features.",
    ]
    for title, scenarios in SCENARIOS.items():
        lines += ["", f"## {title}", "", "| Scenario | Tests |", "|---|---|"]
        lines += [f"| {scenario} | {_cell(scenario, found)} |" for scenario in scenarios]
    return "\n".join(lines) + "\n"


def _cell(scenario: str, found: dict[str, list[str]]) -> str:
    tests = [f"`{test}`" for test in found.get(scenario, [])]
    return "<br>".join(tests) or f"later: {LATER[scenario]}" if scenario in LATER or tests else "no test yet"


def main(arguments: list[str]) -> None:
    """Write the report, or print it for `-`."""
    text = report(proofs())
    if arguments == ["-"]:
        sys.stdout.write(text)
    else:
        REPORT.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
