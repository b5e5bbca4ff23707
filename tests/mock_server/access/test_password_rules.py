"""Rules for a new password (portal-flow 9.4, SR-AUTH-01, SR-AUTH-02)."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.access.blocklist import common_passwords, is_common
from mock_server.access.password_rules import PasswordContext, failing_rules, strength
from mock_server.figures import AuthFigures

JUNO = PasswordContext("demo.grouprep", ("Juno", "Hazel"), ("ALDER CREEK DEMO CLINIC LLC",))


def rules(password: str, *, confirm: str | None = None, used_before: bool = False) -> list[str]:
    again = password if confirm is None else confirm
    return failing_rules(password, again, JUNO, AuthFigures(), used_before=used_before)


@pytest.mark.sr("SR-AUTH-01")
@pytest.mark.parametrize(
    ("password", "codes"),
    [
        pytest.param("aaaaaaaaaab"[:11], ["E-PW-01"], id="11 characters"),
        pytest.param("kdwqzpvtfbxm", [], id="12 random letters"),
        pytest.param("\U0001f600" * 12, [], id="12 emoji"),
        pytest.param("\ufb01" * 6, [], id="6 ligatures are 12 after NFKC"),
        pytest.param("kx" * 64, [], id="128 characters"),
        pytest.param("kx" * 64 + "z", ["E-PW-01"], id="129 characters"),
        pytest.param("Medicare2019!", ["E-PW-03"], id="context word"),
        pytest.param("medicaremedicare", ["E-PW-03"], id="context word repeated"),
        pytest.param(" twelve chars ", [], id="spaces at both ends"),
        pytest.param("kdwqzpvtfbxm\u0007", ["E-PW-02"], id="control character"),
    ],
)
def test_vector_7_1(password: str, codes: list[str]) -> None:
    assert rules(password) == codes


CONTEXT = """
Demo.Grouprep-2024 | demogrouprep | DEMOGROUPREPDEMOGROUPREP | 12demo34grouprep56 | JUNO-juno-JUNO
Hazel-Hazel-1 | Alder Creek Demo Clinic LLC | aldercreekdemoclinicllc99 | PQRS-2011-PQRS | qppqppqppqpp
MIPS 2017 2018 2019 | Q.R.U.R. 2015 !!! | eidm-eidm-eidm | HARPHARPHARP | iacs.2012.2013 | C-M-S-2-0-2-4-!
password!!!!! | welcomewelcome | Medicaid_0000 | ｍｅｄｉｃａｒｅ 2019
"""
ACCEPTED = """
Walnut-Harbor-2468 | medicare river boat | juno and the heron | hazelnut-cream-7 | qpp mips pqrs tea
passwords are long | welcome2Alder&Elm | demo grouprep pear | 5-pears-in-a-tree | über den wolken 9
7194 0263 8851 | clinicalder kreek | cmscmscmsx2024 | julyhazeljunotree | tidal moss lantern
日本語の長い言葉ですねと書く | lowercaseonlybutlong | 9f3a-77c1-e0b2 | mind the gap, mate | harp & flute duet
"""


def listed(table: str) -> list[str]:
    return table.strip().replace("\n", " | ").split(" | ")


@pytest.mark.sr("SR-AUTH-02")
@pytest.mark.parametrize("password", listed(CONTEXT))
def test_pw_3_words_around_the_person_alone_are_refused(password: str) -> None:
    assert "E-PW-03" in rules(password)


@pytest.mark.sr("SR-AUTH-02")
@pytest.mark.parametrize("password", listed(ACCEPTED))
def test_pw_3_and_pw_4_leave_other_passwords_alone(password: str) -> None:
    assert rules(password) == []


@pytest.mark.sr("SR-AUTH-02")
@pytest.mark.parametrize(
    "password",
    ["123456789012", "QwertyUiopAsdf", "Sunshine1234", "Iloveyou2024", "CORRECTHORSEBATTERYSTAPLE"],
)
def test_pw_4_common_passwords_are_refused_whatever_their_case(password: str) -> None:
    assert is_common(password)
    assert rules(password) == ["E-PW-04"]


def test_pw_4_a_common_password_written_in_wide_letters_is_the_same() -> None:
    assert rules("\uff53unshine1234") == ["E-PW-04"]


def test_pw_9_all_failing_rules_are_told_together_in_order() -> None:
    assert rules("cms\t", confirm="cms", used_before=True) == [
        "E-PW-01",
        "E-PW-02",
        "E-PW-03",
        "E-PW-05",
        "E-PW-07",
    ]


def test_pw_5_a_used_password_is_refused() -> None:
    assert rules("kdwqzpvtfbxm", used_before=True) == ["E-PW-05"]


def test_pw_7_both_entries_must_be_equal() -> None:
    assert rules("kdwqzpvtfbxm", confirm="kdwqzpvtfbxn") == ["E-PW-07"]


@pytest.mark.parametrize(
    ("length", "word"),
    [(12, "fair"), (14, "fair"), (15, "good"), (19, "good"), (20, "strong"), (128, "strong")],
)
def test_pw_9_strength_goes_by_length(length: int, word: str) -> None:
    assert strength("k" * length) == word


@given(st.text(max_size=200))
def test_any_text_gets_an_answer_and_only_known_codes(password: str) -> None:
    assert set(rules(password)) <= {"E-PW-01", "E-PW-02", "E-PW-03", "E-PW-04"}


@pytest.mark.sr("SR-AUTH-02")
def test_the_blocklist_is_long_and_of_long_entries() -> None:
    entries = common_passwords()

    assert len(entries) >= 3000
    assert min(len(entry) for entry in entries) >= 12
    assert all(entry == entry.casefold() for entry in entries)


def test_the_blocklist_is_what_its_tool_writes() -> None:
    tool = Path(__file__).parents[3] / "tools" / "build_blocklist.py"

    assert subprocess.run([sys.executable, tool, "--check"], check=False).returncode == 0
