"""Subjects whose MIPS reports the tests look at: personas of every kind, and practices of the directory."""

from datetime import date, datetime
from functools import cache

from client.messages.report import Report, ReportTable
from mock_server.clocks import EASTERN
from mock_server.flow.engines import RunFacts, Subject
from mock_server.flow.mips import MIPS_ENGINES
from mock_server.reports.mips import Feedback
from mock_server.scenario import nation
from mock_server.scenario.organizations import Organization

RUN_AT = datetime(2020, 8, 10, 10, 0, tzinfo=EASTERN)
ALDER = "0999010016"
GROUP = Subject(level="group")


def person(npi: str) -> Subject:
    """The clinician of a practice."""
    return Subject(level="individual", npi=npi)


ENTITY = Subject(level="apm_entity")
VIRTUAL = Subject(level="virtual_group")

CASES: dict[str, tuple[str, str, Subject]] = {
    "small rural group 2017": ("R-MIPS-2017", "O-01", GROUP),
    "small rural group 2018": ("R-MIPS-2018", "O-01", GROUP),
    "small rural group 2019": ("R-MIPS-2019", "O-01", GROUP),
    "small rural group, preliminary": ("R-MIPS-2019-PRE", "O-01", GROUP),
    "clinician beside the group": ("R-MIPS-2019", "O-01", person(ALDER)),
    "clinician of an APM entity": ("R-MIPS-2018", "O-01", person("0999010073")),
    "clinician of another type": ("R-MIPS-2018", "O-01", person("0999010057")),
    "solo 2017": ("R-MIPS-2017", "O-02", person("0999020015")),
    "solo 2018": ("R-MIPS-2018", "O-02", person("0999020015")),
    "solo 2019": ("R-MIPS-2019", "O-02", person("0999020015")),
    "solo, preliminary": ("R-MIPS-2019-PRE", "O-02", person("0999020015")),
    "ACO participant": ("R-MIPS-2018", "O-03", GROUP),
    "practice of a CPC+ site and a virtual group": ("R-MIPS-2019", "O-09", GROUP),
    "voluntary": ("R-MIPS-2019", "O-06", GROUP),
    "radiology": ("R-MIPS-2018", "O-05", GROUP),
    "hospitalists": ("R-MIPS-2019", "O-07", GROUP),
    "before an exception": ("R-MIPS-2019-PRE", "O-07", Subject(level="group", on=date(2020, 2, 29))),
    "after an exception": ("R-MIPS-2019-PRE", "O-07", Subject(level="group", on=date(2020, 3, 1))),
    "APM participation": ("R-MIPS-2019-PRE", "O-10", GROUP),
    "ACO 2017": ("R-MIPS-2017", "AE-01", ENTITY),
    "ACO 2018": ("R-MIPS-2018", "AE-01", ENTITY),
    "ACO 2019": ("R-MIPS-2019", "AE-01", ENTITY),
    "CPC+ 2017": ("R-MIPS-2017", "AE-03", ENTITY),
    "oncology 2019": ("R-MIPS-2019", "AE-04", ENTITY),
    "ACO, seen by a practice": ("R-MIPS-2017", "O-03", Subject(level="apm_entity", entity="AE-01")),
    "virtual group 2018": ("R-MIPS-2018", "VG-01", VIRTUAL),
    "virtual group 2019": ("R-MIPS-2019", "VG-01", VIRTUAL),
    "virtual group, preliminary": ("R-MIPS-2019-PRE", "VG-01", VIRTUAL),
}


def organization(key: str) -> Organization:
    """The organization of that key."""
    found = nation.organization(key)
    assert found is not None
    return found


def feedback(report: str, key: str, subject: Subject) -> Feedback | None:
    """What a report is made of; None: it does not exist."""
    return MIPS_ENGINES[report].feedback(organization(key), subject)


@cache
def case(name: str) -> Feedback:
    """The feedback of a case."""
    found = feedback(*CASES[name])
    assert found is not None, name
    return found


@cache
def report_of(name: str) -> Report:
    """The whole report of a case, as a run makes it."""
    report, key, subject = CASES[name]
    practice = organization(key)
    facts = RunFacts("run-1", practice.row_text, RUN_AT, "demo.user", "HIPAA Covered Entity (CE) provider")
    return MIPS_ENGINES[report].build(practice, facts, subject=subject)


def table(report: Report, section: str, table_id: str) -> ReportTable:
    """One table of a report."""
    [found] = [
        one for part in report.sections if part.id == section for one in part.tables if one.id == table_id
    ]
    return found
