"""`qportal score` on MIPS submissions: one in full, of many a line each; the real server process scores."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from client.safe_text import safe_text
from tests.mock_server.intake.qpp_json.documents import changed, encoded
from tests.mock_server.scoring_commands.samples import RECORD, REFUSED, SUBMISSION, line
from tui import score
from tui.command_line import run as command
from tui.score_options import ScoreOptions, special_status

FILES = Path(__file__).parent / "score_files"
ONE = FILES / "mips_record.json"
"""`RECORD`, a group in final mode."""


def run(*paths: Path | str, width: int | None = 79, **options: Any) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.BytesIO(), io.StringIO()
    asked = ScoreOptions(**options)
    code = score.run([str(path) for path in paths], asked, width=width, out=out, err=err)
    return code, out.getvalue().decode(), err.getvalue()


def piped(data: bytes, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """The program with something on its standard input."""
    script = [sys.executable, "-m", "tui.cli", "score", *arguments]
    return subprocess.run(script, input=data, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two submissions and one that is refused."""
    (tmp_path / "a.json").write_bytes(encoded(SUBMISSION))
    (tmp_path / "b.json").write_bytes(encoded(REFUSED))
    (tmp_path / "c.json").write_bytes(encoded(RECORD))
    return tmp_path


def test_the_record_on_disk_is_the_one_of_the_tests() -> None:
    assert json.loads(ONE.read_text(encoding="utf-8")) == json.loads(encoded(RECORD))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("mips_table.txt", {}),
        ("mips_measures.csv", {"form": "csv"}),
        ("mips_explain_236.txt", {"explain": "236"}),
        ("mips_what_if.txt", {"what_if": True}),
        ("mips_what_if.csv", {"what_if": True, "form": "csv"}),
    ],
)
def test_s_8_the_readable_forms_are_pinned_to_the_byte(name: str, options: dict[str, Any]) -> None:
    code, printed, errors = run(ONE, **options)
    assert (code, errors) == (0, "")
    golden = FILES / name
    if os.environ.get("QPORTAL_WRITE_GOLDEN"):
        golden.write_bytes(printed.encode())
    assert printed.encode() == golden.read_bytes()


def test_m_tree_1_json_is_the_tree_on_one_line() -> None:
    code, printed, _ = run(ONE, form="json")
    assert code == 0
    assert printed.count("\n") == 1
    tree = json.loads(printed)
    assert (tree["name"], tree["metadata"]["finalScore"]) == ("total", 52.75)
    assert [part["name"] for part in tree["parts"]][:4] == ["ia", "pi", "quality", "cost"]


@pytest.mark.parametrize("width", [40, 79, 120])
@pytest.mark.parametrize("options", [{}, {"explain": "quality"}, {"what_if": True}])
def test_lines_fit_and_hold_no_escape_byte(width: int, options: dict[str, Any]) -> None:
    code, printed, _ = run(ONE, width=width, **options)
    assert code == 0
    lines = printed.splitlines()
    assert max(map(len, lines)) <= width
    assert not any(one != one.rstrip() for one in lines)
    assert all(safe_text(character) == character for character in set(printed))


def test_the_table_tells_the_score_before_anything_else() -> None:
    _, printed, _ = run(ONE)
    assert printed.index("Final score: ") < printed.index("Categories") < printed.index("Why")


def test_options_reach_the_engine() -> None:
    _, final, _ = run(ONE)
    _, window, _ = run(ONE, mode="preliminary", special_statuses=("small-practice",))
    assert "Mode: final" in final
    assert "Mode: preliminary" in window
    assert "Small practice bonus" in window


def test_a_refused_submission_prints_every_problem_located_and_no_score(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    bad = changed(
        SUBMISSION,
        ("entityType", "practice"),
        ("measurementSets.0.performanceStart", "2018-12-31"),
        ("measurementSets.0.measurements.0.value.performanceMet", 12.5),
        ("measurementSets.1.measurements.3.value.numerator", 121),
        ("measurementSets.2.measurements.0.measureId", "IA_XX_99"),
    )
    path.write_bytes(encoded(bad))
    code, printed, errors = run(path)
    assert (code, printed) == (1, "")
    first, *faults, fix = errors.splitlines()
    assert first == f"Error: {path}: The submission is not valid: 5 problems."
    assert [fault.split(":")[0] for fault in faults] == [
        "API-VAL-2 at $.entityType",
        "API-VAL-25 at $.measurementSets[0].performanceStart",
        "API-VAL-35 at $.measurementSets[0].measurements[0].value.performanceMet",
        "API-VAL-37 at $.measurementSets[1].measurements[3].value",
        "API-VAL-30 at $.measurementSets[2].measurements[0].measureId",
    ]
    assert fix.startswith("Fix: ")


def test_of_many_files_each_is_a_line_and_an_error_stops_nothing(folder: Path) -> None:
    code, printed, errors = run(folder / "a.json", folder / "none.json", folder / "c.json")
    assert code == 1
    first, second, third = printed.splitlines()
    assert first.startswith(f"{folder}/a.json: 2019 group XXXXX6789, preliminary ")
    assert second == f"{folder}/none.json: not scored. The file cannot be read: No such file or directory."
    assert third.startswith(f"{folder}/c.json: 2019 group XXXXX6789, final ")
    assert errors.splitlines()[-1] == "2 scored, 1 not scored in all."


def test_a_folder_is_many_in_the_order_of_its_names(folder: Path) -> None:
    code, printed, errors = run(folder)
    assert code == 1
    assert [Path(text.split(": ")[0]).name for text in printed.splitlines()] == ["a.json", "b.json", "c.json"]
    assert "API-VAL-4 at $.taxpayerIdentificationNumber" in errors


def test_many_in_csv_and_json(folder: Path) -> None:
    _, table, _ = run(folder, form="csv")
    heading, *rows = table.split("\r\n")[:-1]
    assert heading.startswith('"source","performance_year"')
    assert len(rows) == 3
    _, trees, _ = run(folder, form="json")
    answers = [json.loads(text) for text in trees.splitlines()]
    assert [answer.get("name") for answer in answers] == ["total", None, "total"]
    assert answers[1]["error"]["type"] == "InvalidSubmission"
    assert [Path(answer["source"]).name for answer in answers] == ["a.json", "b.json", "c.json"]


def test_lines_on_standard_input_come_back_in_order() -> None:
    years = [2019, 2018, 2019]
    documents = [changed(SUBMISSION, ("performanceYear", year)) for year in years]
    done = piped(b"".join(map(line, documents)), "-", "--mode", "final")
    assert done.returncode == 1
    answers = done.stdout.decode().splitlines()
    assert [text.partition(":")[0] for text in answers] == ["line 1", "line 2", "line 3"]
    assert "final" in answers[0]
    assert answers[1].startswith("line 2: not scored.")
    assert done.stderr.decode().splitlines()[-1] == "2 scored, 1 not scored in all."


def test_one_document_on_standard_input_is_told_in_full() -> None:
    done = piped(json.dumps(SUBMISSION, indent=1).encode(), "-")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("MIPS score, performance year 2019\n")


def test_a_reader_who_leaves_ends_everything() -> None:
    """SSH-HUP-03: no traceback, and no process stays behind."""
    script = f"{sys.executable} -m tui.cli score - | head -1"
    data = line(SUBMISSION) * 400
    done = subprocess.run(["/bin/sh", "-c", script], input=data, capture_output=True, check=False)
    assert done.stdout.startswith(b"line 1: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.json", "--json", "--csv"], "--json and --csv exclude each other."),
        (["x.json", "--what-if", "--explain", "236"], "--explain and --what-if exclude each other."),
        (["x.json", "--special-status", "tired"], "There is no special status tired."),
        (["x.json", "--year", "2016"], "2016"),
        (["x.json", "--mode", "later"], "later"),
        (["--colour"], "Unknown option: --colour."),
        ([], "FILES"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["score", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["small-practice", "smallPractice", "Small practice", "SMALL_PRACTICE"])
def test_a_special_status_may_be_written_in_any_way(typed: str) -> None:
    assert special_status(typed) == "small-practice"


def test_special_statuses_add_up(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert command(["score", str(ONE), "--special-status", "smallPractice", "--special-status=rural"]) == 0
    assert b"Small practice bonus" in capsysbinary.readouterr().out


def test_progress_is_told_on_standard_error(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(score, "PROGRESS_EVERY", -1.0)
    _, _, errors = run(folder / "a.json", folder / "c.json")
    assert errors.splitlines() == [
        "1 scored, 0 not scored so far.",
        "2 scored, 0 not scored so far.",
        "2 scored, 0 not scored in all.",
    ]


HOSTILE = "Clinic\u001b[2J\u009b31m\u202e\u0007"


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_sr_term_01_control_characters_of_a_file_never_reach_the_terminal(tmp_path: Path, form: Any) -> None:
    virtual = {"entityType": "virtualGroup", "entityId": HOSTILE, "performanceYear": 2019}
    bad = changed(SUBMISSION, ("measurementSets.0.measurements.0.measureId", HOSTILE))
    for document in (SUBMISSION, virtual, bad):
        path = tmp_path / f"{HOSTILE}.json"
        path.write_bytes(encoded(document))
        _, alone, errors = run(path, form=form)
        _, among, more = run(path, path, form=form)
        text = (alone + errors + among + more).replace("\r\n", "\n")
        assert all(safe_text(character) == character for character in set(text))


def test_an_engine_that_breaks_off_half_way_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json.dumps({"source": "a", "error": {"type": "FileNotRead", "message": "gone"}})
    script = f"print({answer!r}, flush=True); raise SystemExit(9)"
    monkeypatch.setattr(score, "command", lambda *_: [sys.executable, "-c", script])
    code, _, errors = run("a", "b")
    assert code == 1
    assert "ended with status 9 before it was done" in errors


def test_a_failure_that_names_no_document_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import os, sys; sys.stdout.write('{}\\n'); sys.stdout.flush(); raise SystemExit(1)"
    monkeypatch.setattr(score, "command", lambda *_: [sys.executable, "-c", script])
    code, _, errors = run("a")
    assert code == 1
    assert "ended with status 1 before it was done" in errors
