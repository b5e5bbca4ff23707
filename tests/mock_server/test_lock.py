"""One server per database (RF-12)."""

import subprocess
import sys
from pathlib import Path

import pytest

from mock_server.lock import DatabaseInUse, DatabaseLock

HOLD = """
import sys
from pathlib import Path
from mock_server.lock import DatabaseLock
lock = DatabaseLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.sr("RF-12")
def test_rf_12_a_second_server_is_told_at_once_what_to_do(tmp_path: Path) -> None:
    database = tmp_path / "data" / "portal.sqlite"
    with DatabaseLock(database), pytest.raises(DatabaseInUse, match="--server") as refused:
        DatabaseLock(database)
    assert "PostgreSQL" in str(refused.value)

    DatabaseLock(database).release()  # free again


@pytest.mark.sr("RF-12")
def test_rf_12_a_killed_server_leaves_no_lock(tmp_path: Path) -> None:
    database = tmp_path / "portal.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(DatabaseInUse):
            DatabaseLock(database)
        holder.kill()
        holder.wait()

    DatabaseLock(database).release()


def test_two_databases_do_not_disturb_each_other(tmp_path: Path) -> None:
    with DatabaseLock(tmp_path / "one.sqlite") as one, DatabaseLock(tmp_path / "two.sqlite") as two:
        assert one.path != two.path
        one.release()
        one.release()
