"""Work that waits while the disk syncs shares the next commit, and still succeeds or fails alone."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from mock_server.store.database import Database
from mock_server.store.facts import fact, set_fact
from mock_server.store.tables import facts


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "group.sqlite3", busy_timeout_ms=5000)


async def held(database: Database, gate: threading.Event) -> "asyncio.Task[None]":
    """Keep the writer busy until the gate opens, so that what follows has to wait together."""
    entered = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(conn: Connection) -> None:
        loop.call_soon_threadsafe(entered.set)
        gate.wait(10)

    task = asyncio.create_task(database.write(hold))
    await entered.wait()
    return task


async def test_a_failing_piece_undoes_only_itself(database: Database) -> None:
    gate = threading.Event()
    holding = await held(database, gate)

    def fails(conn: Connection) -> None:
        set_fact(conn, "lost", "1")
        raise LookupError("mine")

    pieces = [
        asyncio.create_task(database.write(lambda conn: set_fact(conn, "first", "1"))),
        asyncio.create_task(database.write(fails)),
        asyncio.create_task(database.write(lambda conn: set_fact(conn, "last", "1"))),
    ]
    await asyncio.sleep(0)
    gate.set()
    await holding
    outcomes = await asyncio.gather(*pieces, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), LookupError, type(None)]
    stored = await database.read(lambda conn: {name: fact(conn, name) for name in ("first", "lost", "last")})
    assert stored == {"first": "1", "lost": None, "last": "1"}
    database.close()


async def test_rf_s3_a_thousand_writers_are_answered_after_their_commit(database: Database) -> None:
    async def one(number: int) -> str | None:
        await database.write(lambda conn: set_fact(conn, f"n{number}", "x"))
        return await database.read(lambda conn: fact(conn, f"n{number}"))

    assert set(await asyncio.gather(*(one(number) for number in range(300)))) == {"x"}
    database.close()


async def test_an_error_of_the_database_is_the_culprits_alone(database: Database) -> None:
    await database.write(lambda conn: set_fact(conn, "taken", "1"))
    gate = threading.Event()
    holding = await held(database, gate)

    def collides(conn: Connection) -> None:
        conn.execute(insert(facts).values(name="taken", value="2"))

    good = asyncio.create_task(database.write(lambda conn: set_fact(conn, "good", "1")))
    bad = asyncio.create_task(database.write(collides))
    await asyncio.sleep(0)
    gate.set()
    await holding
    good_outcome, bad_outcome = await asyncio.gather(good, bad, return_exceptions=True)
    assert good_outcome is None
    assert isinstance(bad_outcome, Exception)
    names = await database.read(lambda conn: set(conn.execute(select(facts.c.name)).scalars()))
    assert names == {"taken", "good"}
    database.close()
