"""What a module brings along: options are checked, and the gate runs, without libraries they do not need."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded_by(module: str) -> set[str]:
    script = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in answer.stdout.splitlines()}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("mock_server.settings", {"litestar", "sqlalchemy", "uvicorn", "argon2", "cryptography", "msgspec"}),
        ("mock_server.asgi", {"litestar", "sqlalchemy", "uvicorn", "argon2", "cryptography"}),
        ("mock_server.store.database", {"litestar", "uvicorn", "argon2", "cryptography"}),
        ("mock_server.error_handlers", {"uvicorn", "cryptography", "textual", "rich", "pytest"}),
    ],
)
def test_start_up_stays_light(module: str, absent: set[str]) -> None:
    assert loaded_by(module) & absent == set()
