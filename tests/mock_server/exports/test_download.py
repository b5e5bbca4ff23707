"""Downloads through the portal: run, fetch, save (W-7, F-RUN-02, F-RUN-03, P-RUN-01, SR-OUT-06)."""

import hashlib
import re
import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import msgspec
import pytest

from client.messages.report import Report
from client.messages.screen import Download
from client.portal import Portal
from client.saving import ExportFolder, NameTaken, fetched, save
from mock_server.store.housekeeping import purge
from tests.mock_server.exports.comparing import checked_pdf
from tests.mock_server.exports.reading import archive, combined, worksheets
from tests.support.portal import RunningPortal, Walk, portal

ENDINGS = {"pdf": "pdf", "xlsx": "xlsx", "csv": "zip", "json": "json"}
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "json": "application/json",
}


@pytest.fixture
async def running() -> AsyncIterator[RunningPortal]:
    async with portal() as server:
        yield server


async def run(walk: Walk, action: str) -> Download:
    """Run a download from S-RPTSEL's choice to the waiting file."""
    await walk.to_run(action=action)
    return await finish(walk)


async def finish(walk: Walk) -> Download:
    await walk.act("run_document")
    await walk.until_done()
    assert (walk.screen.state, walk.codes) == ("S-RUN", [])
    assert walk.screen.download is not None
    return walk.screen.download


async def get(running: RunningPortal, token: str, file_id: str) -> httpx.Response:
    return await running.http.get(f"/api/files/{file_id}", headers={"Authorization": f"Bearer {token}"})


async def another_walk(running: RunningPortal) -> Walk:
    """A further sign-in of the same person, on another computer; a code serves once."""
    running.security.advance(60)
    return await running.walk(client_id=str(running.security.now()))


@pytest.mark.scenario("P-RUN-01")
@pytest.mark.parametrize("action", ENDINGS)
async def test_p_run_01_each_format_is_run_fetched_and_named(running: RunningPortal, action: str) -> None:
    walk = await running.walk()
    download = await run(walk, action)
    assert download.name == f"r-pqrs-2011_4802_20181001-100000.{ENDINGS[action]}"
    answer = await get(running, walk.token, download.file_id)
    assert answer.status_code == 200
    assert len(answer.content) == download.bytes
    assert hashlib.sha256(answer.content).hexdigest() == download.sha256
    assert answer.headers["content-type"].split(";")[0] == download.media_type == TYPES[action]
    named = f"attachment; filename=\"{download.name}\"; filename*=UTF-8''{download.name}"
    assert answer.headers["content-disposition"] == named
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    audited = await running.audited()
    assert audited.count("A-REPORT-RUN") == audited.count("A-REPORT-DOWNLOAD") == 1


@pytest.mark.scenario("P-RUN-01")
async def test_p_run_01_the_file_has_the_values_of_view_online(running: RunningPortal) -> None:
    contents: dict[str, bytes] = {}
    for action in ENDINGS:
        walk = await another_walk(running)
        download = await run(walk, action)
        contents[action] = (await get(running, walk.token, download.file_id)).content
    viewer = await (await another_walk(running)).to_report()
    viewed = await viewer.report()
    expected = combined(viewed.sections)
    files, sheets = archive(contents["csv"]), worksheets(contents["xlsx"])
    for table_id, rows in expected.items():
        assert files[f"R-PQRS-2011_{table_id}.csv"] == rows
        assert sheets[table_id] == rows
    exported = msgspec.json.decode(contents["json"], type=Report)
    assert exported.sections == viewed.sections
    checked_pdf(viewed, contents["pdf"])


@pytest.mark.scenario("P-RUN-01", "P-RUN-02")
async def test_p_run_01_and_02_saved_owner_only_and_never_over_another_file(
    running: RunningPortal, tmp_path: Path
) -> None:
    walk = await running.walk()
    download = await run(walk, "pdf")

    async def forward(request: httpx.Request) -> httpx.Response:
        answer = await get(running, walk.token, request.url.path.rpartition("/")[2])
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)

    content = await fetched(Portal("http://127.0.0.1", transport=httpx.MockTransport(forward)), download)
    exports = ExportFolder(tmp_path / "qportal-exports")
    saved = save(exports.suggested(download.name), content)
    assert saved.path == exports.folder / download.name
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(exports.folder.stat().st_mode) == 0o700
    with pytest.raises(NameTaken) as taken:
        save(exports.path_of(download.name), b"other")
    assert saved.path.read_bytes() == content
    save(taken.value.free, b"other")
    assert len(list(exports.folder.iterdir())) == 2


@pytest.mark.scenario("P-RUN-01")
async def test_tr_22_the_same_report_can_be_had_in_every_format_without_a_new_attestation(
    running: RunningPortal,
) -> None:
    walk = await (await running.walk()).to_report()
    for action in ENDINGS:
        await walk.act(f"download_{action}")
        path = walk.screen.field("path")
        assert path is not None
        assert str(path.value).endswith(f".{ENDINGS[action]}")
        download = await finish(walk)
        assert download.name == path.value
        await walk.act("back")
        assert walk.screen.state == "S-REPORT"


async def test_f_run_02_the_name_has_neither_a_full_tin_nor_a_persons_name(running: RunningPortal) -> None:
    walk = await running.walk()
    name = (await run(walk, "csv")).name
    assert re.fullmatch(r"r-pqrs-2011_\d{4}_\d{8}-\d{6}\.zip", name)


@pytest.mark.sr("SR-OUT-06")
async def test_sr_out_06_the_same_login_may_read_twice_and_no_other_at_all(running: RunningPortal) -> None:
    walk = await running.walk()
    download = await run(walk, "csv")
    first = await get(running, walk.token, download.file_id)
    again = await get(running, walk.token, download.file_id)
    assert first.content == again.content
    other = await (await another_walk(running)).to_report()
    for refused in (
        await get(running, other.token, download.file_id),
        await get(running, other.token, "no-such-file"),
    ):
        assert refused.status_code == 404
        assert refused.json()["error"]["code"] == "E-AUTHZ-02"
    assert (await get(running, "nonsense", download.file_id)).status_code == 401


@pytest.mark.sr("SR-OUT-06")
async def test_sr_out_06_a_file_is_gone_after_the_logout(running: RunningPortal) -> None:
    walk = await running.walk()
    download = await run(walk, "csv")
    await walk.act("logout")
    assert (await get(running, walk.token, download.file_id)).status_code in (401, 404)


@pytest.mark.sr("SR-OUT-06")
async def test_sr_out_06_a_file_is_dropped_after_24_hours(running: RunningPortal) -> None:
    walk = await running.walk()
    download = await run(walk, "csv")
    database, figures = running.server.database, running.server.settings.figures
    made = running.security.now()
    for age, status in ((timedelta(hours=23, minutes=59), 200), (timedelta(hours=24, seconds=1), 404)):
        await database.write(partial(purge, figures=figures, now=made + age, throttle_key=str))
        assert (await get(running, walk.token, download.file_id)).status_code == status


async def test_equal_runs_make_equal_files(running: RunningPortal) -> None:
    sums = set()
    for _ in range(2):
        walk = await another_walk(running)
        sums.add((await run(walk, "xlsx")).sha256)
    assert len(sums) == 1
