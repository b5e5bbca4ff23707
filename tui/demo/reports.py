"""Reports of a check: text for people, JSON and JUnit XML for programs (DEMO-CLI-02, DEMO-ERR-04).

Everything in them was masked when it was observed; what a screen shows is data and is made safe for the
terminal and for XML here.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from client.safe_text import single_line
from tui.demo.checking import Checked
from tui.demo.events import Failure
from tui.demo.findings import as_data
from tui.demo.reading import Reading


@dataclass(frozen=True, slots=True)
class Result:
    """One script of a check: what the linter found, and its runs; none where it could not be used."""

    reading: Reading
    runs: tuple[Checked, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it could be run at all."""
        return self.reading.script is not None

    @property
    def passed(self) -> bool:
        """Whether it ran and nothing failed."""
        return self.valid and all(run.failure is None for run in self.runs)


def clock_text(ms: int) -> str:
    """Virtual time as `MM:SS.mmm`."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def failure_lines(run: Checked) -> list[str]:
    """The report of one failed run (section 16)."""
    failure, script = run.failure, run.script
    if failure is None:
        return []
    where = f"{script.name}:{failure.line}" if failure.line else script.name
    step = failure.step
    parts = [f"step {step.number} {step.verb or 'narration'}"] if step else []
    parts += [f'id "{step.id}"'] if step and step.id else []
    parts += [f'(section "{failure.section}")'] if failure.section else []
    lines = [
        " ".join(["FAIL", where, *parts]),
        f"{failure.code} {failure.message}",
        *([f"help: {failure.help}"] if failure.help else []),
        f"state {failure.state or 'none'}, front end {run.front_end}, {run.size}, "
        f"time {clock_text(failure.t)}",
    ]
    if failure.before:
        lines.append(f"before: {', '.join(failure.before)}")
    if failure.screen:
        lines += ["screen:", *(f"| {line}".rstrip() for line in failure.screen)]
    lines.append(f"{run.ended.failed} failed, {run.ended.ok} ok, {run.ended.not_run} not run")
    return [str(single_line(line)) if not line.startswith("| ") else _safe(line) for line in lines]


def text_report(results: Sequence[Result]) -> str:
    """One line for each run that passed, a block for each that did not, and the sum."""
    lines: list[str] = []
    for result in results:
        if not result.valid:
            continue
        for run in result.runs:
            if run.failure is None:
                steps = f"{run.ended.ok} step{'' if run.ended.ok == 1 else 's'}"
                shown = f"{steps}, {clock_text(run.ended.t)} of demo in {run.seconds:.1f} s"
                lines.append(f"ok   {result.reading.name} {run.front_end} {run.size}: {shown}")
            else:
                lines += failure_lines(run)
    runs = [run for result in results for run in result.runs]
    bad = sum(run.failure is not None for run in runs)
    broken = sum(not result.valid for result in results)
    parts = [f"{len(runs) - bad} of {len(runs)} runs passed"]
    parts += [f"{broken} script{'' if broken == 1 else 's'} not usable"] if broken else []
    return "\n".join([*lines, f"{', '.join(parts)}."]) + "\n"


def json_report(results: Sequence[Result], exit_code: int) -> str:
    """The same for programs."""
    data = {"exit": exit_code, "scripts": [_script_data(result) for result in results]}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def junit_report(results: Sequence[Result]) -> str:
    """The same for continuous integration: a suite for each script, a case for each front end."""
    root = ElementTree.Element("testsuites", name="qportal demo check")
    for result in results:
        _suite(root, result)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ElementTree.Element, result: Result) -> None:
    name = _safe(result.reading.name)
    failures = sum(run.failure is not None for run in result.runs)
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(len(result.runs) or 1),
        failures=str(failures),
        errors=str(int(not result.valid)),
        time=f"{sum(run.seconds for run in result.runs):.3f}",
    )
    if not result.valid:
        case = ElementTree.SubElement(suite, "testcase", classname=name, name="lint", time="0")
        findings = [item for item in result.reading.findings if item.is_error]
        code = findings[0].code if findings else "D901"
        words = "; ".join(str(as_data(item)["message"]) for item in findings)
        ElementTree.SubElement(case, "error", type=code, message=_safe(words))
    for run in result.runs:
        case = ElementTree.SubElement(
            suite, "testcase", classname=name, name=run.front_end, time=f"{run.seconds:.3f}"
        )
        if run.failure is not None:
            failure = ElementTree.SubElement(
                case, "failure", type=run.failure.code, message=_safe(run.failure.message)
            )
            failure.text = "\n".join(map(_safe, failure_lines(run)))


def _script_data(result: Result) -> dict[str, Any]:
    script = result.reading.script
    return {
        "name": result.reading.name,
        "title": script.title if script else None,
        "findings": [as_data(finding) for finding in result.reading.findings],
        "runs": [_run_data(run) for run in result.runs],
    }


def _run_data(run: Checked) -> dict[str, Any]:
    ended = run.ended
    return {
        "front_end": run.front_end,
        "size": str(run.size),
        "passed": run.failure is None,
        "steps": {"ok": ended.ok, "failed": ended.failed, "not_run": ended.not_run},
        "demo_ms": ended.t,
        "ms": round(run.seconds * 1000),
        "failure": None if run.failure is None else _failure_data(run.failure),
    }


def _failure_data(failure: Failure) -> dict[str, Any]:
    step = failure.step
    return {
        "code": failure.code,
        "message": failure.message,
        "help": failure.help,
        "line": failure.line or None,
        "step": step.number if step else None,
        "id": step.id if step else None,
        "verb": step.verb if step else None,
        "section": failure.section,
        "state": failure.state,
        "t": failure.t,
        "before": list(failure.before),
        "screen": list(failure.screen),
    }


def _safe(text: str) -> str:
    """Without control characters, spaces kept."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)
