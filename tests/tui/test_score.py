"""`qportal score`: files in, readable tables or decisions out; the real server process scores them."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from client.safe_text import safe_text
from tui import score
from tui.score_options import ScoreOptions

FILES = Path(__file__).parent / "score_files"
RECORD = FILES / "practice.json"


def run(*paths: Path | str, json: bool = False, width: int | None = 79) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.BytesIO(), io.StringIO()
    options = ScoreOptions(form="json" if json else "table")
    code = score.run([str(path) for path in paths], options, width=width, out=out, err=err)
    return code, out.getvalue().decode(), err.getvalue()


def harmless(text: str) -> bool:
    """Whether a terminal may be shown every character."""
    return all(safe_text(character) == character for character in set(text))


def write(folder: Path, **changes: Any) -> Path:
    path = folder / "changed.json"
    path.write_text(json.dumps(json.loads(RECORD.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    return path


def test_s_8_the_printed_report_is_pinned_to_the_byte() -> None:
    code, printed, errors = run(RECORD)
    assert (code, errors) == (0, "")
    assert printed == (FILES / "practice.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 79, 120, 200])
def test_lines_fit_and_hold_no_escape_byte(width: int) -> None:
    code, printed, _ = run(RECORD, width=width)
    assert code == 0
    assert harmless(printed)
    assert "\r" not in printed
    lines = printed.splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)
    assert "\n\n\n" not in printed


def test_p_fmt_9_the_full_tin_is_never_printed() -> None:
    for as_json in (False, True):
        _, printed, errors = run(RECORD, json=as_json)
        assert "000999999" not in printed + errors
        assert "XXXXX9999" in printed


def test_p_json_the_decision_output_is_one_object() -> None:
    code, printed, errors = run(RECORD, json=True)
    assert (code, errors) == (0, "")
    output = json.loads(printed)
    assert output["totals"] == {"pqrs": "876.54", "moc": "438.27", "total": "1314.81"}
    assert [decision["rationale_id"] for decision in output["decisions"]] == ["P-RAT-14", "P-RAT-8"]


def test_both_forms_show_the_same_values() -> None:
    _, printed, _ = run(RECORD, width=400)
    output = json.loads(run(RECORD, json=True)[1])
    for table in output["tables"]:
        assert table["title"] in printed
        for row in table["rows"]:
            assert all(cell in printed for cell in row), table["id"]


def test_p_json_25_a_fault_names_file_rule_and_path(tmp_path: Path) -> None:
    path = write(tmp_path, year=2012)
    code, printed, errors = run(path)
    assert (code, printed) == (1, "")
    assert errors.splitlines()[0].startswith(f"Error: {path}: ")
    assert "P-JSON-1 at $.year: " in errors
    assert errors.splitlines()[-1].startswith("Fix: ")


def test_p_json_25_with_json_the_error_object_goes_to_standard_output(tmp_path: Path) -> None:
    code, printed, errors = run(write(tmp_path, year=2012), json=True)
    assert code == 1
    assert json.loads(printed)["error"]["type"] == "InvalidRecord"
    assert errors.startswith("Error: ")


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    code, printed, errors = run(tmp_path / "none.json")
    assert (code, printed) == (1, "")
    assert "No such file" in errors
    assert "Fix: check the path" in errors


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    code, _, errors = run(tmp_path)
    assert code == 1
    assert "holds no file of" in errors


def test_the_files_after_an_error_are_still_scored(tmp_path: Path) -> None:
    code, printed, errors = run(tmp_path / "none.json", RECORD, RECORD)
    assert code == 1
    assert errors.count("Error:") == 1
    assert printed.count("2011 Physician Quality Reporting System (PQRS) Feedback Report\n") == 2


def test_with_json_every_file_is_a_line(tmp_path: Path) -> None:
    code, printed, _ = run(RECORD, tmp_path / "none.json", RECORD, json=True)
    assert code == 1
    first, second, third = map(json.loads, printed.splitlines())
    assert first == third
    assert second["error"]["type"] == "FileNotRead"


def test_a_name_that_looks_like_an_option_is_a_file() -> None:
    code, _, errors = run("--json")
    assert code == 1
    assert "No such file" in errors


HOSTILE = "Clinic\u001b[2J\u009b31m\u202e[bold]\u0007"


@pytest.mark.parametrize("as_json", [False, True])
def test_sr_term_01_control_characters_of_a_file_never_reach_the_terminal(
    tmp_path: Path, as_json: bool
) -> None:
    code, printed, errors = run(write(tmp_path, tin_name=HOSTILE), json=as_json)
    assert code == 1
    assert "P-JSON-1 at $.tin_name" in errors
    assert harmless(printed + errors)


@pytest.mark.parametrize("as_json", [False, True])
def test_sr_term_02_nor_do_those_of_the_server(monkeypatch: pytest.MonkeyPatch, as_json: bool) -> None:
    section = {"id": "TIN", "title": HOSTILE, "outline": []}
    report = {
        "id": "r", "catalogue_id": "R", "title": HOSTILE, "year": 2011, "synthetic": True,
        "facts": [{"label": HOSTILE, "value": HOSTILE}], "cautions": [HOSTILE], "sections": [section],
    }  # fmt: skip
    raw = json.dumps({"report": report}, ensure_ascii=False)
    printer = [sys.executable, "-c", f"import sys; sys.stdout.buffer.write({raw!r}.encode())"]
    monkeypatch.setattr(score, "command", lambda *_: printer)
    code, printed, errors = run(RECORD, json=as_json)
    assert (code, errors) == (0, "")
    assert harmless(printed)
    assert not as_json or json.loads(printed)["report"] == report


def test_an_engine_that_breaks_off_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "command", lambda *_: [sys.executable, "-c", "raise SystemExit(3)"])
    code, printed, errors = run(RECORD)
    assert (code, printed) == (1, "")
    assert "ended with status 3" in errors


def test_gpro_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = write(tmp_path, participation="gpro2", gpro2_method="Claims", charges_12="1.00", npis=[])
    code, _, errors = run(path)
    assert code == 1
    assert "GPRO II is not built yet" in errors


def test_no_attempt_means_no_report(tmp_path: Path) -> None:
    code, printed, _ = run(write(tmp_path, npis=[]))
    assert code == 0
    assert "No report exists" in printed


def test_it_runs_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit('a stranger')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(RECORD)[0] == 0
