"""Bytes that are hardly JSON: refused with a place, never with a crash (FF-JSON-1 to FF-JSON-5)."""

import pytest

from mock_server.intake.qpp_json import read_submission
from tests.mock_server.intake.qpp_json.documents import GROUP, Q0, changed, encoded, places, problems

VALID = encoded(GROUP)
MET = "$.measurementSets[0].measurements[0].value.performanceMet"


def with_met(text: str) -> bytes:
    """The valid file with another text for the first count."""
    assert VALID.count(b'"performanceMet": 75') == 1
    return VALID.replace(b'"performanceMet": 75', b'"performanceMet": ' + text.encode())


def test_ff_gen_1_a_byte_order_mark_is_no_matter() -> None:
    assert read_submission(b"\xef\xbb\xbf" + VALID) == read_submission(VALID)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xfe{}", "byte 1 is not UTF-8"),
        (b'{\n "entityType": group}', "line 2, column 16"),
        (VALID[:-1], "line 1"),
        (VALID + b" x", "line 1"),
        (b"[" * 100_000, "too deeply"),
        (b'{"a":' * 100_000, "too deeply"),
    ],
)
def test_ff_json_5_what_is_no_json_is_one_problem_with_line_and_column(data: bytes, said: str) -> None:
    (problem,) = problems(data)
    assert (problem.rule, problem.path) == ("FF-JSON-5", "$")
    assert said in problem.found


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "1e-400",
        "1e99999999999999999999",
        "9" * 5000,
        "9007199254740992",
    ],
)
def test_ff_json_2_numbers_beyond_reason_are_refused_at_their_place(text: str) -> None:
    assert places(with_met(text)) == [("API-VAL-35", MET)]


@pytest.mark.parametrize("text", ["75.0", "7.5e1", "75e0"])
def test_ff_json_2_a_whole_number_may_be_written_as_a_fraction(text: str) -> None:
    assert read_submission(with_met(text)) == read_submission(VALID)


def test_ff_json_4_the_last_of_two_equal_keys_counts() -> None:
    assert places(with_met('"x", "performanceMet": 75')) == []


def test_a_lone_surrogate_is_a_text_like_any_other() -> None:
    data = VALID.replace(b'"group"', b'"\\ud800"')
    (problem,) = problems(data)
    assert (problem.rule, problem.found) == ("API-VAL-2", 'the text "\\ud800"')


def test_sr_term_01_foreign_text_is_escaped_and_cut_in_messages() -> None:
    hostile = "\u001b[2J" + "9" * 500
    (problem,) = problems(changed(GROUP, (f"{Q0}.measureId", hostile)))
    assert problem.message.isprintable()
    assert len(problem.message) < 200


def test_many_problems_are_all_told() -> None:
    row = {"measureId": "IA_XX_99", "value": True}
    document = changed(GROUP, ("measurementSets.3.measurements", [row] * 2000))
    assert len(problems(document)) == 2000 + 1999  # unknown, and every later one again


def test_a_hostile_file_does_not_fill_the_memory_with_messages() -> None:
    document = changed(GROUP, ("measurementSets.3.measurements", [{"measureId": 1}] * 50_000))
    found = problems(document)
    assert len(found) == 10_001
    assert "10000 problems, where reading stopped" in found[0].message
