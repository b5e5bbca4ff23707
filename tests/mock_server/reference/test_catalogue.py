"""The report catalogue (portal-flow 12.1) and its windows (12.2)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mock_server.reference.catalogue import OFFERED, REPORTS, ReportType
from mock_server.reference.roles import PV_ROLES, OrgType, Role
from mock_server.reference.windows import EASTERN, Window, eastern

ALL = tuple(REPORTS.values())


def ids_of(year: int) -> list[str]:
    return [report.id for report in ALL if report.year == year]


@pytest.mark.parametrize(
    ("year", "ids"),
    [
        (2010, ["R-PQRS-2010"]),
        (2011, ["R-PQRS-2011"]),
        (2012, ["R-PQRS-2012", "R-QRUR-2012", "R-SQRUR-2012"]),
        (2013, ["R-PQRS-2013", "R-PQRSPA-2013", "R-QRUR-2013"]),
        (2014, ["R-PQRS-2014", "R-MYQRUR-2014", "R-QRUR-2014", "R-SQRUR-2014"]),
        (2015, ["R-PQRS-2015", "R-MYQRUR-2015", "R-QRUR-2015", "R-SQRUR-2015"]),
        (2016, ["R-PQRS-2016", "R-QRUR-2016", "R-SQRUR-2016"]),
        (2017, ["R-MIPS-2017"]),
        (2018, ["R-MIPS-2018"]),
        (2019, ["R-MIPS-2019", "R-MIPS-2019-PRE"]),
    ],
)
def test_reports_of_a_year_are_in_catalogue_order_with_supplemental_last(year: int, ids: list[str]) -> None:
    assert ids_of(year) == ids


@pytest.mark.parametrize(
    ("report_id", "label", "name"),
    [
        (
            "R-PQRS-2011",
            "2011 PQRS Feedback Report",
            "2011 Physician Quality Reporting System (PQRS) Feedback Report",
        ),
        (
            "R-QRUR-2015",
            "2015 Annual Quality and Resource Use Report (QRUR)",
            "2015 Quality and Resource Use Report (QRUR)",
        ),
        (
            "R-MYQRUR-2015",
            "2015 Mid-Year Quality and Resource Use Report (QRUR)",
            "2015 Mid-Year Quality and Resource Use Report (QRUR)",
        ),
        ("R-MIPS-2018", "MIPS Performance Feedback", "2018 MIPS Performance Feedback"),
        (
            "R-PQRS-2007",
            "2007 PQRI Feedback Report",
            "2007 Physician Quality Reporting Initiative (PQRI) Feedback Report",
        ),
    ],
)
def test_labels_and_report_message_names(report_id: str, label: str, name: str) -> None:
    assert (REPORTS[report_id].label, REPORTS[report_id].message_name) == (label, name)


def test_only_reports_with_an_engine_are_offered() -> None:
    offered = [report.id for report in OFFERED]
    assert offered == ["R-PQRS-2011", "R-MIPS-2017", "R-MIPS-2018", "R-MIPS-2019", "R-MIPS-2019-PRE"]


@pytest.mark.parametrize("report", ALL, ids=lambda report: report.id)
def test_f_rpt_05_every_report_has_all_five_actions(report: ReportType) -> None:
    assert report.actions == ("view", "pdf", "xlsx", "csv", "json")


def test_f_rpt_09_pv_roles_see_no_mips_report_but_that_of_2017() -> None:
    seen = [report.id for report in ALL if "MIPS" in report.id and report.roles & PV_ROLES]
    assert seen == ["R-MIPS-2017"]


def test_no_registry_sees_any_report() -> None:
    assert not any(report.roles & {Role.RG_SO, Role.RG_SU} for report in ALL)
    assert not any(OrgType.REGISTRY in report.org_types for report in ALL)


def test_every_pqrs_and_qrur_report_closes_with_2018() -> None:
    closes = {report.window.last_day for report in ALL if "MIPS" not in report.id}
    assert closes == {date(2018, 12, 31)}


def test_preliminary_feedback_ends_when_the_final_one_opens() -> None:
    assert REPORTS["R-MIPS-2019-PRE"].window.closes == REPORTS["R-MIPS-2019"].window.opens


@pytest.mark.parametrize(
    ("now", "qrur", "mips"),
    [
        (datetime(2016, 9, 25, 23, 59, 59, tzinfo=EASTERN), "early", "early"),
        (datetime(2016, 9, 26, 0, 0, 0, tzinfo=EASTERN), "open", "early"),
        (datetime(2018, 12, 31, 23, 59, 59, tzinfo=EASTERN), "open", "open"),
        (datetime(2019, 1, 1, 0, 0, 0, tzinfo=EASTERN), "late", "open"),
    ],
)
def test_p_time_01_the_four_instants_of_12_2(now: datetime, qrur: str, mips: str) -> None:
    for instant in (now, now.astimezone(UTC)):
        assert REPORTS["R-QRUR-2015"].window.state(instant) == qrur
        assert REPORTS["R-MIPS-2017"].window.state(instant) == mips


def test_tm_06_a_window_opens_inclusive_and_closes_exclusive() -> None:
    window = Window(eastern(2020, 1, 2), eastern(2020, 4, 30, 20))
    moment = timedelta(microseconds=1)
    assert window.closes is not None
    assert [window.is_open(at) for at in (window.opens - moment, window.opens)] == [False, True]
    assert [window.is_open(at) for at in (window.closes - moment, window.closes)] == [True, False]
    assert (window.first_day, window.last_day) == (date(2020, 1, 2), date(2020, 4, 30))


def test_a_window_without_an_end_has_no_last_day() -> None:
    assert REPORTS["R-MIPS-2017"].window.last_day is None
