"""Whose MIPS report an account may ask for: one test per cell of portal-flow 10.3 to 10.5 (P-PERM-01).

What a cell expects stands here, copied from the specification and not from the server's own table.
"""

from dataclasses import dataclass
from typing import get_args

import pytest

from mock_server.access.permission_rows import PERMISSIONS, Cell
from mock_server.access.permissions import Allowed, Denied
from mock_server.access.report_access import decide_report
from mock_server.access.report_levels import Asked, decide_level, own_npis
from mock_server.reference.catalogue import REPORTS, Level
from mock_server.reference.roles import OrgType, Role
from mock_server.scenario.organizations import ORGANIZATIONS, ApmModel, Organization

ROWAN, MAYA = "0999010016", "0999010024"
WHERE = {
    OrgType.PRACTICE: "O-01",
    OrgType.VIRTUAL_GROUP: "VG-01",
    OrgType.APM_ENTITY: "AE-01",
    OrgType.REGISTRY: "RG-01",
}
OWN_LEVEL: dict[OrgType, Level] = {
    OrgType.PRACTICE: "group",
    OrgType.VIRTUAL_GROUP: "virtual_group",
    OrgType.APM_ENTITY: "apm_entity",
}


@dataclass(frozen=True)
class Held:
    role: str
    org_key: str
    state: str = "active"
    npi: str | None = None


def place(role: Role) -> Organization:
    """An organization of the role's type and size."""
    return ORGANIZATIONS["O-02" if role.size == "solo" else WHERE[role.org_type]]


def held_by(role: Role) -> Held:
    """The role there; a Clinician role stands for Rowan Alder."""
    return Held(role, place(role).key, npi=ROWAN if role is Role.PR_CL else None)


def outcome(report_id: str, role: Role, asked: Asked) -> str:
    """`A`, or the code of the refusal: the report first, then its level."""
    report, held, where = REPORTS[report_id], [held_by(role)], place(role)
    first = decide_report(report, held, where)
    decision = first if isinstance(first, Denied) else decide_level(report, held, where, asked)
    return "A" if isinstance(decision, Allowed) else decision.code


def cells(row: str, expected: dict[str, str]) -> list[object]:
    """`PERM-P-04.PR-SO` and what it expects."""
    return [pytest.param(Role(role), code, id=f"{row}.{role}") for role, code in expected.items()]


P_04 = {
    "PR-SO": "A", "PR-SU": "A", "VG-SO": "A", "VG-SU": "A", "AE-SO": "A", "AE-SU": "A",
    "RG-SO": "E-RPT-04", "RG-SU": "E-RPT-04",
}  # fmt: skip
Q_15 = {
    "PR-SO": "A", "PR-SU": "A", "PR-CL": "E-RPT-04", "VG-SO": "A", "VG-SU": "A",
    "RG-SO": "E-RPT-04", "RG-SU": "E-RPT-04", "AE-SO": "E-RPT-04", "AE-SU": "E-RPT-04",
}  # fmt: skip


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("report", ["R-MIPS-2018", "R-MIPS-2019"])
@pytest.mark.parametrize(("role", "code"), cells("PERM-P-04", P_04))
def test_perm_p_04_who_runs_the_final_feedback(role: Role, code: str, report: str) -> None:
    asked = Asked(level=OWN_LEVEL.get(role.org_type, "group"))
    assert outcome(report, role, asked) == code


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("role", [Role.PR_SO, Role.PR_SU])
def test_perm_p_04_a_practice_runs_those_of_its_clinicians(role: Role) -> None:
    assert outcome("R-MIPS-2019", role, Asked(level="individual", npi=MAYA)) == "A"


@pytest.mark.scenario("P-PERM-01", "P-RPT-06")
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(level="individual", npi=ROWAN), "A"),
        (Asked(level="individual", npi=MAYA), "E-RPT-04"),
        (Asked(level="individual"), "E-RPT-04"),
        (Asked(level="group"), "E-RPT-04"),
    ],
    ids=["PERM-P-04.PR-CL own NPI", "another NPI", "no NPI", "group"],
)
def test_perm_p_04_a_clinician_runs_its_own_only(asked: Asked, code: str) -> None:
    for report in ("R-MIPS-2017", "R-MIPS-2018", "R-MIPS-2019"):
        assert outcome(report, Role.PR_CL, asked) == code


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize(("role", "code"), cells("PERM-Q-15", Q_15))
def test_perm_q_15_who_sees_preliminary_scores(role: Role, code: str) -> None:
    asked = Asked(level=OWN_LEVEL.get(role.org_type, "group"))
    assert outcome("R-MIPS-2019-PRE", role, asked) == code


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("role", [Role.PR_SO, Role.PR_SU])
def test_perm_q_15_a_practice_sees_those_of_its_clinicians(role: Role) -> None:
    assert outcome("R-MIPS-2019-PRE", role, Asked(level="individual", npi=MAYA)) == "A"


FOREIGN: list[tuple[str, Asked, list[Role]]] = [
    ("PERM-Q-19", Asked(level="apm_entity", model="ssp"), [Role.PR_SO, Role.PR_SU]),
    ("PERM-Q-20", Asked(level="virtual_group"), [Role.PR_SO, Role.PR_SU]),
    ("PERM-Q-21", Asked(level="group"), [Role.VG_SO, Role.VG_SU]),
    ("PERM-Q-21", Asked(level="individual", npi=MAYA), [Role.VG_SO, Role.VG_SU]),
]


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize(
    ("row", "asked", "role"),
    [
        pytest.param(row, asked, role, id=f"{row}.{role} {asked.level}")
        for row, asked, roles in FOREIGN
        for role in roles
    ],
)
def test_perm_q_19_to_21_data_of_others_are_not_visible(row: str, asked: Asked, role: Role) -> None:
    decision = decide_level(REPORTS["R-MIPS-2019-PRE"], [held_by(role)], place(role), asked)
    assert decision == Denied("E-AUTHZ-02", row, role)


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("level", ["group", "individual", "virtual_group"])
@pytest.mark.parametrize("role", [Role.AE_SO, Role.AE_SU])
def test_perm_q_22_an_entity_sees_no_report_of_its_members(role: Role, level: Level) -> None:
    decision = decide_level(REPORTS["R-MIPS-2019"], [held_by(role)], place(role), Asked(level=level))
    assert decision == Denied("E-AUTHZ-02", "PERM-Q-22", role)


ENTITIES: list[tuple[str, int, ApmModel, dict[str, str]]] = [
    ("PERM-V-15", 2017, "ssp", {"IP": "A", "IPR": "A", "SO": "A", "GR": "A"}),
    ("PERM-V-16", 2017, "ng", dict.fromkeys(("IP", "IPR", "SO", "GR"), "E-RPT-04")),
    ("PERM-P-07", 2017, "ssp", {"PR-SO": "A", "PR-SU": "A"}),
    ("PERM-P-07", 2019, "ssp", {"PR-SO": "A", "PR-SU": "A"}),
    ("PERM-P-08", 2017, "ng", {"PR-SO": "E-RPT-04", "PR-SU": "E-RPT-04"}),
    ("PERM-P-10", 2018, "cpc", {"PR-SO": "E-RPT-04", "PR-SU": "E-RPT-04"}),
    ("PERM-P-10", 2019, "oth", {"PR-SO": "E-RPT-04", "PR-SU": "E-RPT-04"}),
    ("PERM-P-10", 2019, "ng", {"PR-SO": "E-RPT-04", "PR-SU": "E-RPT-04"}),
]


@pytest.mark.scenario("P-PERM-01", "P-RPT-08")
@pytest.mark.parametrize(
    ("row", "year", "model", "role", "code"),
    [
        pytest.param(row, year, model, Role(role), code, id=f"{row}.{role} {year} {model}")
        for row, year, model, expected in ENTITIES
        for role, code in expected.items()
    ],
)
def test_perm_a_practice_and_the_feedback_of_its_entity(
    row: str, year: int, model: ApmModel, role: Role, code: str
) -> None:
    report = REPORTS[f"R-MIPS-{year}"]
    asked = Asked(level="apm_entity", model=model)
    decision = decide_level(report, [held_by(role)], place(role), asked)
    assert decision == (Allowed(row, role) if code == "A" else Denied(code, row, role))


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("role", [Role.AE_SO, Role.AE_SU])
@pytest.mark.parametrize("key", ["AE-01", "AE-02", "AE-03", "AE-04"])
def test_perm_p_08_and_p_10_an_entity_runs_its_own(role: Role, key: str) -> None:
    held, entity = [Held(role, key)], ORGANIZATIONS[key]
    for year in (2017, 2018, 2019):
        decision = decide_level(REPORTS[f"R-MIPS-{year}"], held, entity, Asked(level="apm_entity"))
        assert isinstance(decision, Allowed)


@pytest.mark.scenario("P-PERM-01")
def test_perm_p_10_a_clinician_of_an_entity_runs_its_own_report() -> None:
    """PERM-P-10.PR-CL."""
    maple, npi = ORGANIZATIONS["O-12"], "0999120013"
    held = [Held(Role.PR_CL, "O-12", npi=npi)]
    report = REPORTS["R-MIPS-2019"]
    allowed = decide_level(report, held, maple, Asked(level="individual", npi=npi))
    assert isinstance(allowed, Allowed)
    denied = decide_level(report, held, maple, Asked(level="apm_entity", model="oth"))
    assert denied == Denied("E-RPT-04", "PERM-P-10", "PR-CL")


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("row", ["PERM-P-04", "PERM-P-07", "PERM-P-10"])
def test_perm_p_07_a_clinician_role_sees_what_is_the_own_npis(row: str) -> None:
    """PERM-P-07.PR-CL: the entity's score stands in the clinician's own report, which is all it chooses."""
    assert PERMISSIONS[row].cells[Role.PR_CL] == Cell("A", condition="own_npi")
    denied = outcome("R-MIPS-2019", Role.PR_CL, Asked(level="apm_entity", model="ssp"))
    assert denied == "E-RPT-04"


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("role", [Role.IP, Role.IPR, Role.SO, Role.GR], ids=lambda role: f"PERM-V-13.{role}")
def test_perm_v_13_pv_roles_run_the_feedback_of_2017_and_no_other(role: Role) -> None:
    decision = decide_report(REPORTS["R-MIPS-2017"], [held_by(role)], place(role))
    assert decision == Allowed("PERM-V-13", role)
    assert outcome("R-MIPS-2017", role, Asked(level="group")) == "A"
    for report in ("R-MIPS-2018", "R-MIPS-2019", "R-MIPS-2019-PRE"):
        assert outcome(report, role, Asked(level="group")) == "E-RPT-04"


def test_a_pv_role_beside_a_clinician_role_sees_the_group_in_2017_only() -> None:
    held, alder = [Held("GR", "O-01"), Held("PR-CL", "O-01", npi=ROWAN)], ORGANIZATIONS["O-01"]
    group = Asked(level="group")
    assert isinstance(decide_level(REPORTS["R-MIPS-2017"], held, alder, group), Allowed)
    assert decide_level(REPORTS["R-MIPS-2019"], held, alder, group) == Denied(
        "E-RPT-04", "PERM-P-04", "PR-CL"
    )


def test_only_active_grants_of_the_practice_stand_for_a_clinician() -> None:
    held = [Held("PR-CL", "O-01", npi=ROWAN), Held("PR-CL", "O-01", "revoked", MAYA), Held("GR", "O-01")]
    assert own_npis(held, ORGANIZATIONS["O-01"]) == {ROWAN}
    assert own_npis(held, ORGANIZATIONS["O-10"]) == frozenset()


def test_every_level_is_somebodys() -> None:
    assert set(get_args(Level)) == {*OWN_LEVEL.values(), "individual"}
