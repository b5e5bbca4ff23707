"""What `demo lint` finds: every code with place, message and help, as the files in broken/ show it (16)."""

import json
import random
import shutil
from pathlib import Path

import pytest

from tests.tui.demo.scripts import script_text
from tui.cli import main
from tui.demo.codes import CODES
from tui.demo.findings import rendered
from tui.demo.reading import Reading, read, read_text
from tui.exit_codes import ExitCode

BROKEN = Path(__file__).parent / "broken"
SPECIFICATION = Path(__file__).parents[4] / "shared/spec/ssh-and-demos.md"

NO_FILE = {
    "D101": "the file is missing",
    "D303": "a matter of the command line",
    "D304": "seen on the screen only",
    "D305": "seen on the screen only",
}
"""Codes of the linter's hundreds without a file in broken/."""


def lines_of(found: Reading) -> list[str]:
    return rendered(Path(found.name).name, found.lines, found.findings)


def broken(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The long example with some of its text replaced."""
    text = script_text("read-pqrs")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "read-pqrs.demo.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.demo.toml")), ids=lambda path: path.name[:-10])
def test_t_demo_01_every_code_has_a_place_a_message_and_help(path: Path) -> None:
    """broken/NAME.txt is the answer to broken/NAME.demo.toml; NAME begins with the code."""
    found = read(str(path))
    expected = path.with_name(path.name.replace(".demo.toml", ".txt")).read_text("utf-8")
    assert lines_of(found) == expected.splitlines()
    assert path.name[:4] in {finding.code for finding in found.findings}


def test_t_demo_01_no_code_of_the_linter_is_without_an_example() -> None:
    shown = {path.name[:4] for path in BROKEN.glob("*.demo.toml")}
    linted = {code for code in CODES if code < "D4"}
    assert linted - shown == NO_FILE.keys()


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification is not part of the project")
def test_t_demo_01_the_example_of_the_specification_is_clean(tmp_path: Path) -> None:
    text = SPECIFICATION.read_text("utf-8")
    example = text.split("## 12. Example", 1)[1].split("```toml\n", 1)[1].split("```", 1)[0]
    path = tmp_path / "read-qrur.demo.toml"
    path.write_text(example, "utf-8")
    found = read(str(path))
    assert lines_of(found) == []
    assert found.script is not None
    assert [found.script.steps[2].line, found.script.steps[11].line] == [32, 70]


def test_t_demo_02_no_mutation_of_a_script_brings_a_traceback() -> None:
    """500 broken scripts: key typos, swapped types, dropped characters, lines out of order."""
    rng = random.Random(20181001)
    text = script_text("read-pqrs")
    for number in range(500):
        mutated = _mutated(text, rng)
        found = read_text("mutated.demo.toml", mutated)
        lines = mutated.split("\n")
        for finding in found.findings:
            place = finding.place
            assert place is not None, number
            assert 1 <= place.line <= len(lines), number
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1, number
        assert (found.script is None) == any(finding.is_error for finding in found.findings)


def _mutated(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(rng.randint(1, 3)):
        at = rng.choice([number for number, line in enumerate(lines) if line.strip()])
        line = lines[at]
        column = rng.randrange(len(line))
        match rng.randrange(6):
            case 0:
                lines[at] = line[:column] + line[column + 1 :]
            case 1:
                lines[at] = line[:column] + rng.choice("xyz_-=\"'[]{},.#$01 \t") + line[column:]
            case 2:
                lines[at] = line.replace('"', "", 1)
            case 3:
                values = ("7", "true", "-1.5", '"x"', "[]", "{}", "2012-11-15", "'''", "[[1]]", "[{ a = 1 }]")
                lines[at] = f"{line.split('=')[0]}= {rng.choice(values)}"
            case 4:
                lines.insert(at, rng.choice(lines))
            case _:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


@pytest.mark.parametrize("command", ["lint", "show", "check", "play", "record"])
def test_as_demo_05_a_misspelled_verb_ends_before_any_server(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.server_process.ServerProcess.__init__", _no_server)
    path = broken(tmp_path, ("enter-user-id = ", "enter-userid = "))
    assert main(["demo", command, str(path)]) == ExitCode.USAGE
    said = capsys.readouterr()
    answer = said.out if command == "lint" else said.err
    assert answer.splitlines()[:4] == [
        f'{path}:32:1: error D204: unknown step "enter-userid"',
        '32 | enter-userid = "${user}"',
        "   | ^^^^^^^^^^^^",
        'help: did you mean "enter-user-id"?',
    ]


def _no_server(*_: object, **__: object) -> None:
    raise AssertionError("a server was started")


def test_as_demo_06_a_code_that_nobody_read_has_no_value(tmp_path: Path) -> None:
    without = ('read-outbox = true\nscreenshot = "outbox"', 'screenshot = "outbox"')
    found = read(str(broken(tmp_path, without)))
    assert [(finding.code, finding.place and finding.place.line) for finding in found.findings] == [
        ("D302", 57)
    ]
    assert found.findings[0].help == ("add a step read-outbox = true before",)
    by_itself = broken(tmp_path, without, ('enter-code = "${outbox.code}"', "enter-code = true"))
    assert read(str(by_itself)).findings == ()


def test_as_demo_17_keys_need_the_full_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "lint", str(BROKEN / "D212.demo.toml")]) == ExitCode.USAGE
    assert "error D212: keys exist only full-screen" in capsys.readouterr().out
    path = tmp_path / "keys.demo.toml"
    shutil.copy(BROKEN / "D212.demo.toml", path)
    path.write_text(f'{path.read_text("utf-8")}only = "full-screen"\n', "utf-8")
    assert read(str(path)).findings == ()


def test_d101_a_file_that_is_not_there_and_a_name_that_is_nearly_right() -> None:
    (missing,) = read("scripts/none.demo.toml").findings
    assert (missing.code, missing.place, missing.help) == ("D101", None, ())
    (nearly,) = read("sign-in-emial").findings
    assert nearly.help[0].startswith('did you mean "sign-in-email"? Possible: ')
    assert [read(name).findings[0].code for name in (".", "nul\0byte")] == ["D101", "D101"]


def test_a_file_that_is_far_too_large_or_too_deep_is_refused(tmp_path: Path) -> None:
    large, deep = tmp_path / "large.demo.toml", tmp_path / "deep.demo.toml"
    large.write_bytes(b"#" * (1 << 20) + b"\n")
    deep.write_text(f"format = {'[' * 5000}", "utf-8")
    assert [read(str(path)).findings[0].code for path in (large, deep)] == ["D101", "D103"]


def test_d303_values_of_the_command_line_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "show", "sign-in-email", "--var", "user"]) == ExitCode.USAGE
    assert 'error D303: "user" is not NAME=VALUE' in capsys.readouterr().err
    assert main(["demo", "show", "sign-in-email", "--var", "usr=demo.solo"]) == ExitCode.USAGE
    assert 'help: did you mean "user"?' in capsys.readouterr().err


def test_demo_err_01_at_most_twenty_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "many.demo.toml"
    path.write_text('format = 1\ntitle = "Many"\n' + "\n[[step]]\nacept-terms = true\n" * 23, "utf-8")
    said = lines_of(read(str(path)))
    assert len([line for line in said if "error D204" in line]) == 20
    assert said[-1] == "... and 3 more"


def test_demo_err_01_windows_lines_tabs_and_wide_characters_keep_the_caret(tmp_path: Path) -> None:
    path = tmp_path / "wide.demo.toml"
    path.write_bytes('format = 1\r\ntitle = "診療所"\r\n[[step]]\r\n\tsay = "診"; x\r\n'.encode())
    assert lines_of(read(str(path)))[0].startswith("wide.demo.toml:4:11: error D103")
    path.write_text('format = 1\ntitle = "T"\n[[step]]\nexpect = { text = "診", stat = "S-LAND" }\n', "utf-8")
    assert lines_of(read(str(path)))[2] == f"  | {' ' * 24}^^^^"


def test_demo_run_06_a_password_or_a_full_tin_is_never_quoted(tmp_path: Path) -> None:
    path = tmp_path / "secret.demo.toml"
    path.write_text(
        'format = 1\ntitle = "Secrets"\n[[step]]\nenter-password = "Walnut-1357"\nsay = 5\n'
        '[[step]]\nfill = { password = "Walnut-1357", usr = 1 }\n'
        '[[step]]\nsearch-tin = { txt = "12-3456789" }\n',
        "utf-8",
    )
    said = "\n".join(lines_of(read(str(path))))
    assert "Walnut" not in said
    assert "3456789" not in said
    assert "*****6789" in said


def test_a_machine_gets_the_findings_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "lint", "--json", "sign-in-email", str(BROKEN / "D204.demo.toml")]) == 2
    files = json.loads(capsys.readouterr().out)["files"]
    assert (files[0]["ok"], files[0]["findings"]) == (True, [])
    assert files[1]["findings"] == [
        {
            "code": "D204",
            "severity": "error",
            "line": 5,
            "column": 1,
            "length": 12,
            "message": 'unknown step "enter-userid"',
            "help": ['did you mean "enter-user-id"?'],
        }
    ]


@pytest.mark.parametrize(("name", "code"), [("D302", 1), ("D306", 2), ("D204", 2), ("D213", 0), ("D217", 0)])
def test_demo_cli_07_exit_codes_of_findings(name: str, code: int) -> None:
    assert main(["demo", "lint", str(BROKEN / f"{name}.demo.toml")]) == code
