"""MIPS feedback of a group with 1,000 clinicians, each with data of their own besides the group's."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from client.messages.report import Report
from mock_server.reference.roles import OrgType
from mock_server.reports.mips import FIRST_SECTION, Feedback, Member, NamedScore, Run, build_report
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.identifiers import invented_npi
from mock_server.scenario.mips_submissions.records import (
    Record,
    group_record,
    individual_record,
)
from mock_server.scenario.mips_submissions.reporting import reporting
from mock_server.scenario.organizations import Organization
from mock_server.scoring.mips.engine import score
from tools.bench.table import Row, at_most

CLINICIANS = 1000
YEAR = 2019


def _practice() -> Organization:
    """A group whose clinicians report one by one as well."""
    for number in range(900_000, 1_000_000):
        practice = Organization(
            key=f"BENCH-{number}",
            org_type=OrgType.PRACTICE,
            legal_name="LARGE DEMO GROUP",
            tin=f"000{number}",
            clinician_count=CLINICIANS,
        )
        how = reporting(practice, YEAR)
        if how.group and how.everyone:
            return practice
    raise AssertionError("some practices report both ways")


def _scored(record: Record | None, whose: str) -> NamedScore:
    if record is None:
        raise AssertionError("the practice reports both ways")
    return NamedScore(whose, score(record.submission, record.profile, "final"))


def _feedback(practice: Organization) -> Feedback:
    group = _scored(group_record(practice, YEAR), practice.row_text)
    return Feedback(
        catalogue_id=f"R-MIPS-{YEAR}",
        title=f"{YEAR} MIPS Performance Feedback",
        year=YEAR,
        mode="final",
        about=practice.row_text,
        facts=(),
        tree=group.tree,
        scores=(group,),
        members=tuple(_member(practice, number, group) for number in range(CLINICIANS)),
    )


def _member(practice: Organization, number: int, group: NamedScore) -> Member:
    npi = invented_npi(f"07{number:07d}")

    def scores() -> tuple[NamedScore, ...]:
        return group, _scored(individual_record(practice, Clinician(npi=npi), YEAR), f"NPI {npi}")

    return Member(
        npi=npi,
        name=None,
        kind=None,
        practice=practice.row_text,
        exemption=None,
        sources=("group", "individual"),
        scores=scores,
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def large_group() -> list[Row]:
    """Drawing, scoring and the first section as the viewer gets it; then the list of clinicians."""
    practice = _practice()
    run = Run(id="bench", created_at=datetime(2020, 8, 10, 14, tzinfo=UTC))

    def to_viewer(*sections: str) -> None:
        report = build_report(_feedback(practice), run, sections=sections)
        msgspec.json.decode(msgspec.json.encode(report), type=Report)

    what = f"MIPS report of a group with {CLINICIANS:,} clinicians"
    return [
        at_most(f"{what}, to the viewer", _timed(lambda: to_viewer(FIRST_SECTION)), "s", 1.5),
        at_most(f"{what}, each of them scored and listed", _timed(lambda: to_viewer("CLINICIANS")), "s", 5),
    ]
