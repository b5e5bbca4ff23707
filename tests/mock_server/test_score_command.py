"""`python -m mock_server score`: one line of JSON, whatever happens."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mock_server import score_command
from mock_server.scoring_commands import sources
from tests.mock_server.reports.test_pqrs_2011_decisions import EXAMPLE


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    out = capsys.readouterr().out
    assert out.endswith("\n")
    assert out.count("\n") == 1
    decoded: dict[str, Any] = json.loads(out)
    return decoded


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    return path


def test_without_json_it_prints_the_report_alone(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score_command.main([str(file)]) == 0
    assert list(answer(capsys)) == ["report"]


@pytest.mark.parametrize("order", [("--json", "FILE"), ("FILE", "--json")])
def test_with_json_it_prints_the_decision_output(
    file: Path, order: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert score_command.main([part.replace("FILE", str(file)) for part in order]) == 0
    printed = answer(capsys)
    assert printed["program"] == "pqrs"
    assert printed["report"]["catalogue_id"] == "R-PQRS-2011"


def test_a_dash_is_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = json.dumps(EXAMPLE).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert score_command.main(["-", "--json"]) == 0
    assert answer(capsys)["totals"]["total"] == "1314.81"


def test_a_missing_file_is_a_typed_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score_command.main([str(tmp_path / "none.json")]) == 1
    assert answer(capsys)["error"]["type"] == "FileNotRead"


def test_a_file_beyond_the_limit_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST_FILE", 100)
    assert score_command.main([str(file)]) == 1
    assert answer(capsys)["error"]["type"] == "FileTooLarge"


def test_p_json_25_a_rejected_record_ends_with_1(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(json.dumps(EXAMPLE | {"year": 2012}), encoding="utf-8")
    assert score_command.main([str(file), "--json"]) == 1
    (fault,) = answer(capsys)["error"]["details"]
    assert (fault["rule"], fault["path"]) == ("P-JSON-1", "$.year")


def test_a_group_option_says_in_plain_words_that_it_is_not_built(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {
        "program": "pqrs", "year": 2011, "tin": "987654321", "participation": "gpro2", "ep_count": 4,
        "charges_12": "1000.00", "gpro2_method": "Claims",
    }  # fmt: skip
    file.write_text(json.dumps(record), encoding="utf-8")
    assert score_command.main([str(file)]) == 1
    error = answer(capsys)["error"]
    assert error["type"] == "ParticipationNotBuilt"
    assert "GPRO II is not built yet" in error["message"]
    assert error["details"][0]["path"] == "$.participation"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--json"],
        ["a", "--json", "--csv"],
        ["a", "--explain"],
        ["a", "--explain", "236", "--what-if"],
        ["a", "--explain", "236", "--csv"],
        ["a", "--year", "2016"],
        ["a", "--mode", "later"],
        ["a", "--special-status", "tired"],
        ["a", "--unknown"],
        ["a", "--js"],
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert score_command.main(arguments) == 2
    assert capsys.readouterr().err.startswith("Usage:")
