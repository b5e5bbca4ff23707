"""Every test here has folders of its own, and leaves no process behind."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from client.messages.report import Report, ReportTable
from tests.e2e.program import Home, home
from tests.support.portal import portal


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One after the other: each test here runs whole programs, and two at once only wait for each other."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Home]:
    """Folders of a person who starts the program for the first time."""
    with home(tmp_path / "home") as new:
        yield new


@pytest.fixture
async def table_1() -> AsyncIterator[list[ReportTable]]:
    """Table 1 of the 2011 PQRS report of ALDER CREEK DEMO CLINIC LLC, as the API answers it."""
    async with portal() as running:
        walk = await running.walk()
        await walk.to_report("demo.grouprep")
        report: Report = await walk.report()
        [section] = [section for section in report.sections if section.id == "TIN"]
        yield section.tables
