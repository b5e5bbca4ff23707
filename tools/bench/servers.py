"""The server: search over the whole directory, starts, memory, a class signing in at once."""

import asyncio
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from mock_server.reference.roles import Role
from mock_server.scenario import bulk, nation
from tools.bench import walk
from tools.bench.table import Row, at_most, percentile

SEARCHES = ("harbor", "0183", "TEAL HARBOR 017", "e", "practice 1", "zzz", "DEMO", "yellow wren", "4802")


def search() -> list[Row]:
    """Any search with count and first page; a page with count against the bare SQLite query."""
    directory = nation.directory({"O-BULK": {Role.GR}})
    times = []
    for number in range(20):
        for text in SEARCHES:
            began = time.perf_counter()
            directory.page(text, match_case=number % 2 == 0)
            times.append((time.perf_counter() - began) * 1000)
    pages = []
    for number in range(100):
        began = time.perf_counter()
        directory.page(page=number * 3 + 1)
        pages.append((time.perf_counter() - began) * 1000)
    bare = _bare_sqlite()
    return [
        at_most("search of 310,184 names, count and first page, p99", percentile(times, 0.99), "ms", 25),
        Row(
            "page of 1000 with count, p99",
            f"{percentile(bare, 0.99):.1f} ms",
            f"{percentile(pages, 0.99):.1f} ms",
            "3x",
            percentile(pages, 0.99) <= 3 * percentile(bare, 0.99),
        ),
    ]


def _bare_sqlite() -> list[float]:
    """The same page and count from a plain SQLite table of the same names."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE practices (position INTEGER PRIMARY KEY, name TEXT, last4 TEXT)")
        rows = ((index, bulk.name(index), bulk.tin(index)[-4:]) for index in range(bulk.SIZE))
        connection.executemany("INSERT INTO practices VALUES (?, ?, ?)", rows)
        times = []
        for number in range(100):
            began = time.perf_counter()
            connection.execute("SELECT count(*) FROM practices").fetchone()
            connection.execute(
                "SELECT name, last4 FROM practices ORDER BY position LIMIT 1000 OFFSET ?", (number * 3000,)
            ).fetchall()
            times.append((time.perf_counter() - began) * 1000)
        return times


def _start(folder: str) -> tuple[subprocess.Popen[str], float, str]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "mock_server", "serve", f"--data-dir={folder}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    return process, time.perf_counter() - began, line.split()[2].rstrip(".")


def starts() -> list[Row]:
    """The first start ever, later starts, memory with the full directory in use."""
    with tempfile.TemporaryDirectory() as folder:
        process, first, _ = _start(folder)
        process.terminate()
        process.wait(15)
        later = []
        for _ in range(7):
            process, seconds, address = _start(folder)
            later.append(seconds)
            if len(later) == 7:
                asyncio.run(_sign_in(address, "demo.bulk"))
                memory = _memory_mb(process.pid)
            process.terminate()
            process.wait(15)
    return [
        at_most("first start ever, server ready", first, "s", 5),
        at_most("later starts, server ready (median of 7)", percentile(later, 0.5), "s", 1.2),
        at_most("server memory with the full directory", memory, "MB", 200),
    ]


def _memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def _sign_in(address: str, user_id: str) -> float:
    """One complete sign-in through the flow; seconds."""
    began = time.perf_counter()
    # each of 200 clients would read the certificates of all authorities, for plain HTTP
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False, verify=False) as http:
        started = (
            await http.post("/api/flow", json={"client": "api", "client_id": secrets.token_hex(8)})
        ).json()
        token, screen = started["data"]["flow_token"], started["data"]["screen"]

        async def act(action: str, **values: object) -> dict[str, object]:
            nonlocal token, screen
            body = {
                "state": screen["state"],
                "step_token": screen["step_token"],
                "action": action,
                "values": values,
            }
            answer = await http.post("/api/flow/act", json=body, headers={"Authorization": f"Bearer {token}"})
            data = answer.json()["data"]
            token, screen = data["flow_token"] or token, data["screen"]
            return screen  # type: ignore[no-any-return]

        await act("login")
        await act("accept")
        await act("next", user_id=user_id)
        await act("send", password=walk.PASSWORD, mfa_type="email")
        messages = (await http.get("/demo/outbox", params={"user_id": user_id})).json()["data"]
        await act("log_in", code=messages[0]["code"])
        if screen["state"] != "S-HOME":
            raise RuntimeError(f"{user_id} ended at {screen['state']}: {screen['errors']}")
        if user_id == "demo.bulk":
            await act("feedback_reports")
            await act("next", org_type="practice")
            await act("search", search="harbor")
    return time.perf_counter() - began


def a_class() -> list[Row]:
    """200 accounts sign in at once."""

    async def everybody(address: str) -> list[float]:
        return await asyncio.gather(
            *(_sign_in(address, f"demo.learner{number:03d}") for number in range(1, 201))
        )

    with walk.server("--learners=200") as address:
        times = asyncio.run(everybody(address))
    return [at_most("200 sign-ins at once, p95 (none refused)", percentile(times, 0.95), "s", 8)]
