"""Every numbered rule and every worked example of mips-scoring is cited by at least one test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SPECIFICATION = HERE.parents[4] / "shared" / "spec" / "mips-scoring.md"

RULES = {
    "GEN": range(1, 8),
    "WGT": range(1, 10),
    "RATE": range(1, 11),
    "QUAL": (*range(1, 17), *range(20, 28), *range(30, 36)),
    "BM": range(1, 12),
    "EMA": range(1, 10),
    "WI": range(1, 7),
    "ACI": range(1, 15),
    "PI": range(1, 12),
    "IA": range(1, 11),
    "APM": range(1, 6),
    "COST": range(1, 6),
    "FIN": range(1, 10),
    "PAY": range(1, 9),
    "TREE": range(1, 11),
}
ALL_RULES = {f"M-{family}-{number:02}" for family, numbers in RULES.items() for number in numbers}
EXAMPLES = {f"X-{number:02}" for number in range(1, 67)}
LATER: set[str] = set()
"""Rules that the specification leaves for later: none."""


def citations() -> Iterator[str]:
    """Ids in the names of the tests, and example ids in the rows of their tables."""
    for path in HERE.glob("test_*.py"):
        if path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8")
        for found in ast.walk(ast.parse(text)):
            if isinstance(found, ast.FunctionDef) and found.name.startswith("test_"):
                name = found.name.upper()
                yield from ("-".join(ids) for ids in re.findall(r"(M)_([A-Z]+)_(\d\d)", name))
                yield from (f"X-{number}" for number in re.findall(r"X_(\d\d)", name))
        yield from re.findall(r'"(X-\d\d)[a-z]?"', text)


def test_every_rule_is_cited_by_a_test() -> None:
    assert ALL_RULES - set(citations()) - LATER == set()


def test_every_worked_example_is_cited_by_a_test() -> None:
    assert EXAMPLES - set(citations()) == set()


def test_tests_cite_rules_that_exist() -> None:
    assert set(citations()) <= ALL_RULES | EXAMPLES


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification is not part of the project")
def test_the_list_of_rules_is_the_specifications() -> None:
    text = SPECIFICATION.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (M-[A-Z]+-\d\d) \|", text, re.MULTILINE)) == ALL_RULES
    assert set(re.findall(r"^\| (X-\d\d) \|", text, re.MULTILINE)) == EXAMPLES
