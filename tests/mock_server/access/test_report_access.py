"""Which reports an account sees and may run (portal-flow 5.4, 12.1)."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from mock_server.access.permissions import Allowed, Denied
from mock_server.access.report_access import decide_report, report_choices, report_years
from mock_server.reference.catalogue import OFFERED, REPORTS, ReportAction
from mock_server.reference.roles import PV_ROLES, OrgType, Role
from mock_server.reference.windows import eastern
from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.scenario.scenarios import SCENARIOS

EVERYTHING = tuple(REPORTS.values())
PQRS = REPORTS["R-PQRS-2011"]
NOW = SCENARIOS["SC-2018"].starts


@dataclass(frozen=True)
class Held:
    role: str
    org_key: str
    state: str = "active"
    npi: str | None = None


def test_only_years_with_a_built_report_are_offered() -> None:
    assert report_years({Role.GR}, OrgType.PRACTICE) == (2017, 2011)
    assert report_years({Role.PR_SU}, OrgType.PRACTICE) == (2019, 2018, 2017)


def test_with_the_whole_catalogue_years_come_newest_first() -> None:
    assert report_years({Role.GR}, OrgType.PRACTICE, EVERYTHING) == tuple(range(2017, 2006, -1))
    assert report_years({Role.AE_SU}, OrgType.APM_ENTITY, EVERYTHING) == (2019, 2018, 2017)


def test_p_rpt_04_no_report_for_registries() -> None:
    assert report_years({Role.RG_SU}, OrgType.REGISTRY, EVERYTHING) == ()


def test_f_orgt_03_pv_roles_count_under_practices_only() -> None:
    assert report_years(PV_ROLES, OrgType.PRACTICE, EVERYTHING) != ()
    assert report_years(PV_ROLES, OrgType.APM_ENTITY, EVERYTHING) == ()


def test_the_pqrs_report_of_2011_can_be_chosen_in_2018() -> None:
    [choice] = report_choices(2011, {Role.GR}, OrgType.PRACTICE, NOW)
    assert (choice.report, choice.enabled, choice.reason) == (PQRS, True, None)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (eastern(2012, 9, 30, 23, 59), "Not yet available. It opens on 2012-10-01."),
        (eastern(2019, 1, 1), "No longer available. It ended on 2018-12-31."),
    ],
)
def test_f_rpt_02_a_report_outside_its_window_is_listed_with_the_reason(now: datetime, reason: str) -> None:
    [choice] = report_choices(2011, {Role.GR}, OrgType.PRACTICE, now)
    assert (choice.enabled, choice.reason) == (False, reason)


def test_f_rpt_02_a_report_for_other_roles_is_listed_with_the_reason() -> None:
    choices = report_choices(2012, {Role.IP}, OrgType.PRACTICE, NOW, reports=EVERYTHING)
    assert [(choice.report.id, choice.state) for choice in choices] == [
        ("R-PQRS-2012", "open"),
        ("R-QRUR-2012", "not_for_role"),
        ("R-SQRUR-2012", "not_for_role"),
    ]


def test_p_rpt_09_a_built_report_without_data_is_listed_disabled() -> None:
    [choice] = report_choices(2011, {Role.GR}, OrgType.PRACTICE, NOW, not_loaded={"R-PQRS-2011"})
    assert (choice.state, choice.reason) == ("not_loaded", "Its data is not installed on this server.")
    assert report_choices(2015, {Role.GR}, OrgType.PRACTICE, NOW) == ()


@pytest.mark.parametrize("action", ["view", "pdf", "xlsx", "csv", "json"])
@pytest.mark.parametrize(("role", "key"), [("IP", "O-02"), ("IPR", "O-02"), ("SO", "O-01"), ("GR", "O-01")])
def test_perm_v_01_and_05_every_pv_role_views_and_downloads(
    role: str, key: str, action: ReportAction
) -> None:
    decision = decide_report(PQRS, [Held(role, key)], ORGANIZATIONS[key], action=action)
    assert decision == Allowed("PERM-V-01", Role(role))


def test_e_rpt_04_a_role_outside_the_catalogue_row_is_refused() -> None:
    held = [Held("PR-SU", "O-01")]
    assert decide_report(PQRS, held, ORGANIZATIONS["O-01"]) == Denied("E-RPT-04", "PERM-V-01", "PR-SU")


def test_e_rpt_04_solo_roles_do_not_run_the_qrur_of_2012() -> None:
    held = [Held("IP", "O-02")]
    decision = decide_report(REPORTS["R-QRUR-2012"], held, ORGANIZATIONS["O-02"])
    assert decision == Denied("E-RPT-04", "PERM-V-02", "IP")


def test_e_org_03_no_role_for_the_practice_that_was_picked() -> None:
    held = [Held("GR", "O-01")]
    decision = decide_report(PQRS, held, ORGANIZATIONS["O-10"], picked=True)
    assert decision == Denied("E-ORG-03", "PERM-V-06", "none")


def test_qpp_roles_run_mips_feedback_by_the_catalogue() -> None:
    held = [Held("AE-SU", "AE-01")]
    decision = decide_report(REPORTS["R-MIPS-2017"], held, ORGANIZATIONS["AE-01"])
    assert isinstance(decision, Allowed)


def test_every_offered_report_is_one_of_the_catalogue() -> None:
    assert set(OFFERED) <= set(EVERYTHING)
