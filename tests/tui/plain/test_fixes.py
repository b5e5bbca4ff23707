"""Every refusal has a repair (A11Y-ERR-01, T-A11Y-80)."""

import re

import pytest

from client import errors
from client.messages.screen import Problem
from mock_server.flow.problems import PROBLEMS
from tui.fixes import ANY, FIELD_FIXES, FIXES, fix_for


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_t_a11y_80_every_code_the_portal_sends_has_a_repair(code: str) -> None:
    assert fix_for(Problem(code=code, text="")) != ANY


def test_t_a11y_80_so_has_every_code_of_the_client() -> None:
    codes = {getattr(kind, "code", None) for kind in vars(errors).values()}
    assert {code for code in codes if isinstance(code, str)} <= FIXES.keys()


def test_repairs_are_written_to_stand_behind_a_label() -> None:
    for text in [*FIXES.values(), *FIELD_FIXES.values(), ANY]:
        assert re.fullmatch(r"[a-z].*[^.!?]", text)


def test_a_repair_for_one_field_is_more_exact() -> None:
    assert fix_for(Problem(code="E-VAL-03", field="user_id", text="")) == "type at least 6 characters"
    assert fix_for(Problem(code="E-VAL-03", field="other", text="")) == FIXES["E-VAL-03"]
    assert fix_for(Problem(code="E-NEW-99", text="")) == ANY
