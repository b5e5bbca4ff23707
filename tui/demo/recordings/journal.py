"""What was sent and answered, one JSON object for each step (DEMO-REC-07).

`ms` is the virtual time of the step, not the real one: a journal is compared byte by byte between machines.
"""

import json

from tui.demo.recordings.recorder import Performed, Recording


def journal(recording: Recording) -> str:
    """The run as JSON lines."""
    front_end = recording.began.front_end
    entries = (_entry(performed, front_end) for performed in recording.steps)
    return "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)


def _entry(performed: Performed, front_end: str) -> dict[str, object]:
    ended = performed.ended
    step = ended.step
    return {
        "n": step.number,
        "line": step.line,
        "id": step.id,
        "section": performed.section,
        "verb": step.verb,
        "value": ended.value,
        "front_end": front_end,
        "state_before": ended.state_before,
        "state_after": ended.state_after,
        "errors": list(ended.errors),
        "notices": list(ended.notices),
        "checks": [{"what": check.what, "ok": check.ok, "got": check.got} for check in ended.checks],
        "file": ended.file or None,
        "ms": ended.t - performed.began_at,
    }
