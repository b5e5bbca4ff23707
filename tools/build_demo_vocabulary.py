"""Write the words that a demo script can use, from the server's own tables: `tui/demo/vocabulary.json`.

    python -m tools.build_demo_vocabulary

The linter of demo scripts may not import the server (design.md), yet it must know every state, action, field,
code, report, persona and scenario. Run this after adding one; a test says when the file is out of date.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mock_server.flow.attestation import PURPOSES
from mock_server.flow.notices import NOTICES
from mock_server.flow.sign_in import MFA_TYPES
from mock_server.flow.states import STATES
from mock_server.flow.transitions import TRANSITIONS
from mock_server.reference.catalogue import ACTION_LABELS, REPORTS
from mock_server.reference.roles import OrgType
from mock_server.scenario.personas import PERSONAS
from mock_server.scenario.scenarios import SCENARIOS

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "tui/demo/vocabulary.json"


def vocabulary() -> dict[str, Any]:
    """The file's content."""
    leads: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in TRANSITIONS:
        leads[row.state][row.action] = list(row.to)
    return {
        "states": {state.id: {"title": state.title, "actions": leads[state.id]} for state in STATES.values()},
        "everywhere": leads["*"],
        "local_actions": sorted(set(_ids("Action", "mock_server/flow", "tui")) - _sent()),
        "fields": sorted(set(_ids("Field", "mock_server/flow"))),
        "notices": sorted(NOTICES),
        "reports": {row.id: row.label for row in REPORTS.values()},
        "labels": {
            "choose-device": list(MFA_TYPES.values()),
            "choose-organization-type": [kind.label for kind in OrgType],
            "choose-report": list(ACTION_LABELS.values()),
            "attest": [label for label, _ in PURPOSES.values()],
        },
        "personas": list(PERSONAS),
        "scenarios": list(SCENARIOS),
    }


def text() -> str:
    """The file as it is written."""
    return json.dumps(vocabulary(), indent=1, ensure_ascii=False) + "\n"


def _sent() -> set[str]:
    return {row.action for row in TRANSITIONS}


def _ids(kind: str, *folders: str) -> Iterator[str]:
    """Literal ids of the Fields or Actions that are made anywhere in these folders."""
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if f"{kind}(" in source else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind:
                named = {part.arg: part.value for part in node.keywords}
                match named.get("id"):
                    case ast.Constant(value=str(found)):
                        yield found


def main() -> None:
    """Write the file."""
    TARGET.write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
