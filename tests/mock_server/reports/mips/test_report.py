"""The MIPS reports of the personas: who has one, what stands in it, what it keeps to itself."""

import re
from dataclasses import replace
from datetime import date

import pytest

from client.messages.cells import format_cell
from client.messages.report import ReportTable
from mock_server.flow.engines import Subject
from mock_server.flow.mips import MIPS_ENGINES
from mock_server.flow.mips_scores import entity_score, group_score, virtual_group_score
from mock_server.reports.mips import NamedScore, Run, build_report
from mock_server.scenario import bulk
from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.scoring.mips.nodes.quality_measure import group_of
from mock_server.scoring.mips.rounding import rounded
from tests.mock_server.reports.mips.subjects import (
    ALDER,
    CASES,
    ENTITY,
    GROUP,
    VIRTUAL,
    case,
    feedback,
    organization,
    person,
    report_of,
    table,
)

FIRST_OPEN_DAY = date(2020, 1, 2)


def rows(found: ReportTable) -> dict[str, list[str]]:
    return {row.id: [format_cell(cell) for cell in row.cells] for row in found.rows}


def column(found: ReportTable, column_id: str) -> list[str]:
    place = [one.id for one in found.columns].index(column_id)
    return [format_cell(row.cells[place]) for row in found.rows]


NO_REPORT = [
    ("R-MIPS-2017", "AE-02", ENTITY),  # P-RPT-07: all were QPs
    ("R-MIPS-2017", "O-11", GROUP),
    ("R-MIPS-2017", "VG-01", VIRTUAL),
    ("R-MIPS-2017", "O-13", GROUP),  # first billed in 2018
    ("R-MIPS-2018", "O-06", GROUP),  # no eligible clinician types before 2019
    ("R-MIPS-2019", "O-04", GROUP),  # no election
    ("R-MIPS-2019-PRE", "O-04", GROUP),
    ("R-MIPS-2019", "O-02", GROUP),  # a solo practitioner is no group
    ("R-MIPS-2019", "O-01", person("0999010099")),  # QP
    ("R-MIPS-2019", "O-01", person("0999010107")),  # partial QP without election
    ("R-MIPS-2019", "O-01", person("0999020015")),  # of another practice
    ("R-MIPS-2019", "O-01", Subject(level="individual")),
    ("R-MIPS-2019-PRE", "O-01", person("0999010081")),  # first claims in November 2019
    ("R-MIPS-2019-PRE", "AE-01", ENTITY),
    ("R-MIPS-2019", "O-05", Subject(level="apm_entity", entity="AE-01")),  # takes no part
    ("R-MIPS-2019", "RG-01", GROUP),
]


@pytest.mark.parametrize(("report", "key", "subject"), NO_REPORT)
def test_12_1_who_has_no_report(report: str, key: str, subject: Subject) -> None:
    engine = MIPS_ENGINES[report]
    assert not engine.exists(organization(key), subject)
    assert engine.explain(organization(key), "OVERVIEW", "O-TOTAL", "total", "points", subject) is None
    assert engine.tree(organization(key), subject) is None


def test_f_rpt_06_levels_of_each_kind_of_organization() -> None:
    engine = MIPS_ENGINES["R-MIPS-2019"]
    choices = {key: engine.choices(ORGANIZATIONS[key], FIRST_OPEN_DAY) for key in ("O-01", "O-05", "AE-01")}
    assert {key: one and one.levels for key, one in choices.items()} == {
        "O-01": ("group", "individual", "apm_entity"),
        "O-05": ("group", "individual"),
        "AE-01": ("apm_entity",),
    }
    alder = choices["O-01"]
    assert alder is not None
    assert [entity.key for entity in alder.entities] == ["AE-01"]
    assert len(alder.clinicians) == 12
    early = MIPS_ENGINES["R-MIPS-2019-PRE"].choices(ORGANIZATIONS["O-01"], FIRST_OPEN_DAY)
    assert early is not None
    assert len(early.clinicians) == 11  # 11.3: the one who began in November is hidden
    assert early.entities == ()


@pytest.mark.parametrize("name", CASES)
def test_every_report_says_that_it_is_made_up_and_shows_no_full_tin(name: str) -> None:
    report = report_of(name)
    assert report.synthetic
    said = [fact.value for fact in report.facts] + report.cautions
    assert any("synthetic" in text for text in said)
    assert any("Unofficial simulation" in text for text in said)
    assert report.sections[0].id == "OVERVIEW"
    assert report.catalogue_id == CASES[name][0]
    whole = repr(report)
    assert not re.search(r"(?<!\d)000\d{6}(?!\d)", whole)


@pytest.mark.parametrize("name", CASES)
def test_f_rep_02_no_cell_of_a_data_row_is_blank(name: str) -> None:
    for section in report_of(name).sections:
        for found in section.tables:
            for row in found.rows:
                if row.kind == "data":
                    assert all(format_cell(cell) for cell in row.cells), (found.id, row)


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_the_overview_adds_up(year: int) -> None:
    made = case(f"small rural group {year}")
    assert made.tree is not None
    result = made.tree.result
    report = report_of(f"small rural group {year}")
    total = rows(table(report, "OVERVIEW", "O-TOTAL"))
    rules = result.case.rules.payment
    assert total["total"] == ["Final score", str(made.tree.final_score)]
    assert total["threshold"][1] == f"{rules.threshold}.00"
    assert total["additional"][1] == f"{rules.additional_threshold}.00"
    payment = rows(table(report, "OVERVIEW", "O-PAYMENT"))
    assert payment["total"][1] == f"{made.tree.payment_total}%"
    categories = rows(table(report, "OVERVIEW", "O-CATEGORIES"))
    assert [row[0] for row in categories.values()][:4] == [
        "Quality",
        "Advancing Care Information" if year == 2017 else "Promoting Interoperability",
        "Improvement Activities",
        "Cost",
    ]
    assert categories["quality"][2] == f"{result.weight('quality')}%"
    shown = f"{rounded(result.weighted('quality'), 2)} / {result.weight('quality')}"
    assert categories["quality"][4] == shown
    assert categories["total"][3] == str(rounded(result.total_score.value, 2))


def test_m_wgt_08_preliminary_reports_say_so_everywhere() -> None:
    report = report_of("small rural group, preliminary")
    assert report.title == "2019 Preliminary MIPS Performance Feedback"
    assert report.cautions[1].startswith("PRELIMINARY")
    assert {fact.label: fact.value for fact in report.facts}["Stage"] == "PRELIMINARY, not final"
    total = rows(table(report, "OVERVIEW", "O-TOTAL"))
    assert total["total"][0] == "Preliminary total score"
    assert total["maximum"] == ["Out of", "100"]
    assert not any(one.id == "O-PAYMENT" for one in report.sections[0].tables)
    notes = table(report, "OVERVIEW", "O-CATEGORIES").notes
    assert any(note.startswith("Cost is not available during the submission period") for note in notes)
    weights = rows(table(report, "OVERVIEW", "O-WEIGHTS"))
    assert weights["cost"][1:] == ["15%", "0%", "not available during the submission period"]
    assert "COST" not in [section.id for section in report.sections]
    notes = table(report, "QUALITY", "QUALITY-COUNTS").notes
    assert any("not part of the preliminary score" in note for note in notes)


def test_f_ov_05_apm_participation_shows_half_of_the_activities() -> None:
    report = report_of("APM participation")
    assert rows(table(report, "OVERVIEW", "O-CATEGORIES"))["ia"][4] == "7.50 / 15"
    assert any(
        "20 points were credited for APM participation" in n for n in table(report, "IA", "IA-SUM").notes
    )
    assert rows(table(report, "IA", "IA-NEEDED"))["high"][1] == "1"


def test_p_qpp_06_an_exception_takes_the_weight_away_from_its_day() -> None:
    weights = [
        rows(table(report_of(f"{when} an exception"), "OVERVIEW", "O-WEIGHTS"))["ia"]
        for when in ("before", "after")
    ]
    assert weights[0][2] == "15%"
    assert weights[1][2] == "0%"


@pytest.mark.parametrize("name", ["small rural group 2017", "small rural group 2018", "virtual group 2018"])
def test_m_tree_08_measures_stand_in_the_group_that_they_belong_to(name: str) -> None:
    tree = case(name).tree
    assert tree is not None
    picked = tree.result.quality.picked
    assert picked is not None
    ends = {"counts": "COUNTS", "bonusOnly": "BONUS", "nothing": "NOTHING"}
    report = report_of(name)
    found = {t.id: t for section in report.sections for t in section.tables}
    for group, end in ends.items():
        ids = [entry.score.measure_id for entry in picked.entries if group_of(entry) == group]
        if picked.readmission is not None and group == "counts":
            ids.append("458")
        shown = found.get(f"QUALITY-{end}")
        assert ([] if shown is None else column(shown, "measure")) == ids
        if shown is not None and group != "counts":
            assert set(column(shown, "score")) == {"0.00"}
    assert {"QUALITY-COUNTS", "QUALITY-SUM"} <= set(found)


def test_double_points_are_explained_by_the_special_status() -> None:
    notes = table(report_of("small rural group 2019"), "IA", "IA-ACTIVITIES").notes
    assert notes[0] == (
        "Each activity counts double because of the special status: small practice, rural area."
    )


def test_m_gen_05_each_clinician_of_a_group_gets_the_score_that_counts() -> None:
    report = report_of("small rural group 2019")
    clinicians = rows(table(report, "CLINICIANS", "C-LIST"))
    group = group_score("O-01", 2019, "final")
    entity = entity_score("AE-01", 2019)
    assert group is not None
    assert entity is not None
    assert len(clinicians) == 12
    rush = clinicians["0999010073"]  # in the ACO
    assert (rush[5], rush[6]) == (str(entity.final_score), "APM entity")
    fennel = clinicians["0999010024"]
    assert fennel[4:8] == ["N/A", str(group.final_score), "Group", f"{group.payment_total}%"]
    alder = clinicians[ALDER]
    assert float(alder[5]) == max(float(alder[4]), float(str(group.final_score)))
    assert clinicians["0999010065"][7:] == ["N/A", "no adjustment: clinician type"]
    [own] = [section for section in report.sections if section.npi == ALDER]
    assert own.name == "Rowan Alder"
    assert [one.id for one in own.tables] == ["P-SCORES", "P-CATEGORIES"]
    assert column(own.tables[0], "counts").count("Yes") == 1


def test_a_clinician_without_own_data_sees_the_group_and_which_score_counts() -> None:
    report = report_of("clinician of an APM entity")
    scores = rows(table(report, "OVERVIEW", "O-SCORES"))
    entity = entity_score("AE-01", 2018)
    assert entity is not None
    assert scores["apm"] == ["APM entity", "MEADOW DEMO ACO:A9901", str(entity.final_score), "Yes"]
    assert scores["group"][3] == "No"
    assert scores["counts"][2] == str(entity.final_score)
    facts = {fact.label: fact.value for fact in report.facts}
    assert (facts["Clinician"], facts["NPI"]) == ("Pavel Rush", "0999010073")
    told = "There are no data of this clinician alone: what follows are the group's."
    assert told in report.cautions
    assert told not in report_of("clinician beside the group").cautions
    payment = table(report, "OVERVIEW", "O-PAYMENT")
    assert rows(payment)["total"][1] == f"{entity.payment_total}%"
    assert not any(section.id == "CLINICIANS" for section in report.sections)


def test_a_clinician_whose_type_does_not_count_gets_no_adjustment() -> None:
    payment = table(report_of("clinician of another type"), "OVERVIEW", "O-PAYMENT")
    assert column(payment, "percent") == ["N/A"] * 3
    assert payment.notes == ["No payment adjustment: clinician type."]


def test_m_fin_08_voluntary_reporters_get_scores_only() -> None:
    payment = table(report_of("voluntary"), "OVERVIEW", "O-PAYMENT")
    assert payment.notes == ["No payment adjustment: these data were reported voluntarily."]


def test_perm_q_22_an_entity_sees_no_pi_data_of_its_participants() -> None:
    report = report_of("ACO 2018")
    assert [one.id for section in report.sections if section.id == "PI" for one in section.tables] == [
        "PI-ROLLUP"
    ]
    told = MIPS_ENGINES["R-MIPS-2018"].explain(
        organization("AE-01"), "PI", "PI-ROLLUP", "mean", "percent", ENTITY
    )
    assert told is not None
    assert [given.name for given in told.inputs] == ["weighted_sum", "clinicians"]
    assert len(rows(table(report, "CLINICIANS", "C-LIST"))) == 143
    assert rows(table(report, "OVERVIEW", "O-WEIGHTS"))["quality"][1:3] == ["50%", "50%"]


def test_perm_p_07_a_practice_sees_its_acos_feedback_without_its_other_clinicians() -> None:
    report = report_of("ACO, seen by a practice")
    facts = {fact.label: fact.value for fact in report.facts}
    assert facts["Organization"] == "CEDAR RIDGE DEMO MEDICAL GROUP PC:2468"
    assert facts["Level"] == "APM entity MEADOW DEMO ACO:A9901"
    assert [one for one in report.sections if one.npi or one.id == "CLINICIANS"] == []
    assert [one.id for one in report.sections][:3] == ["OVERVIEW", "QUALITY", "PI"]


def test_perm_p_10_a_practice_is_told_of_another_models_score_only() -> None:
    made = feedback("R-MIPS-2018", "O-11", GROUP)
    assert made is not None
    assert [score.whose for score in made.scores] == ["LINDEN DEMO HEALTH SYSTEM:9663"]
    assert any("PRAIRIE DEMO ACO cannot be seen" in remark for remark in made.remarks)


def test_m_gen_05_a_score_that_may_not_be_seen_is_named_and_pays_nothing_here() -> None:
    """The CPC+ site's score comes before the virtual group's and the group's, and stays with the site."""
    report = report_of("practice of a CPC+ site and a virtual group")
    scores = rows(table(report, "OVERVIEW", "O-SCORES"))
    assert [scores[source][3] for source in ("virtualGroup", "group")] == ["No", "No"]
    assert scores["counts"][1:3] == ["QUARRY DEMO PRACTICE SITE", "N/A"]
    assert rows(table(report, "OVERVIEW", "O-TOTAL"))["total"][0] == "Final score of these data"
    payment = table(report, "OVERVIEW", "O-PAYMENT")
    assert column(payment, "percent") == ["N/A"] * 3
    assert payment.notes[0].startswith("The score of QUARRY DEMO PRACTICE SITE counts")
    [*_, standing] = rows(table(report, "CLINICIANS", "C-LIST"))["0999090018"]
    assert standing == "score of QUARRY DEMO PRACTICE SITE, not seen here"
    assert rows(table(report, "0999090018", "P-SCORES"))["virtualGroup"][2:] == ["N/A", "No"]
    alone = feedback("R-MIPS-2019", "O-09", person("0999090018"))
    assert alone is not None
    assert (alone.governing, alone.unseen) == (None, "QUARRY DEMO PRACTICE SITE")


def test_m_gen_05_a_virtual_group_pays_those_of_its_clinicians_who_are_in_no_apm_entity() -> None:
    clinicians = rows(table(report_of("virtual group 2019"), "CLINICIANS", "C-LIST"))
    tree = virtual_group_score("VG-01", 2019, "final")
    assert tree is not None
    assert len(clinicians) == 13
    assert clinicians["0999080019"][5:8] == [str(tree.final_score), "Virtual group", f"{tree.payment_total}%"]
    assert clinicians["0999090018"][5:8] == ["N/A", "APM entity", "N/A"]


def test_perm_q_19_the_score_of_an_aco_cannot_be_seen_in_the_submission_period() -> None:
    """It counts nevertheless: no other one is called the score that counts."""
    made = feedback("R-MIPS-2019-PRE", "O-03", GROUP)
    assert made is not None
    assert made.unseen == "MEADOW DEMO ACO"
    assert made.remarks == (
        "Data of MEADOW DEMO ACO cannot be seen with this access; its score counts for clinicians who take "
        "part in it.",
    )
    alder = rows(table(report_of("small rural group, preliminary"), "CLINICIANS", "C-LIST"))
    assert alder["0999010073"][5:7] == ["N/A", "APM entity"]
    assert alder["0999010024"][6] == "Group"


def test_n_qpp_16_a_preliminary_report_lists_no_clinicians_of_a_virtual_group() -> None:
    report = report_of("virtual group, preliminary")
    assert not any(section.npi or section.id == "CLINICIANS" for section in report.sections)
    assert (
        "A list of all virtual group clinicians cannot be downloaded, so none stands here." in report.cautions
    )


def test_tm_08_the_category_has_the_name_of_its_year_in_an_entitys_report() -> None:
    for year, name in ((2017, "Advancing Care Information"), (2018, "Promoting Interoperability")):
        report = report_of(f"ACO {year}")
        assert table(report, "PI", "PI-ROLLUP").title == f"{name} of the participants"
        assert f"{name} data of practices and clinicians cannot be seen here." in report.cautions


def test_m_pay_07_every_payment_adjustment_comes_with_the_caution_about_its_factors() -> None:
    """Also where it is the entity's, and the practice's own data pay nothing."""
    told = {name: any("fitted" in text for text in report_of(name).cautions) for name in CASES}
    assert told["ACO participant"]
    assert told["small rural group 2019"]
    assert not told["voluntary"]
    assert not told["small rural group, preliminary"]


def test_n_qpp_18_a_member_of_a_virtual_group_gets_its_score_without_its_data() -> None:
    made = feedback("R-MIPS-2019", "O-08", person("0999080019"))
    assert made is not None
    assert made.tree is None
    report = build_report(made, Run(id="r"))
    assert [section.id for section in report.sections] == ["OVERVIEW"]
    assert [one.id for one in report.sections[0].tables] == ["O-SCORES", "O-PAYMENT"]
    assert feedback("R-MIPS-2019-PRE", "O-08", person("0999080019")) is None  # PERM-Q-20


def test_only_the_sections_asked_for_have_tables() -> None:
    report = build_report(case("small rural group 2019"), Run(id="r"), sections=["OVERVIEW", ALDER])
    assert [section.id for section in report.sections if section.tables] == ["OVERVIEW", ALDER]
    for section in report.sections:
        assert section.outline
        assert not section.tables or [(o.id, o.rows) for o in section.outline] == [
            (one.id, len(one.rows)) for one in section.tables
        ]


def test_a_large_group_opens_without_scoring_its_clinicians() -> None:
    def asked() -> tuple[NamedScore, ...]:
        raise AssertionError("a clinician was scored")

    made = case("small rural group 2019")
    member = replace(made.members[0], sources=("group", "individual"), scores=asked)
    many = tuple(replace(member, npi=f"0{number:09d}") for number in range(1000))
    report = build_report(replace(made, members=many), Run(id="r"), sections=["OVERVIEW", "QUALITY"])
    assert len(report.sections) > 1000
    assert report.sections[-1].outline[0].rows == 2


def test_nothing_sent_is_a_report_of_what_the_agency_calculated() -> None:
    keys = (bulk.key(index) for index in range(0, 310_000, 997))
    practices = ((key, person(bulk.clinicians(bulk.index_of(key) or 0)[0].npi)) for key in keys)
    made = next(
        found
        for key, subject in practices
        if (found := feedback("R-MIPS-2019", key, subject)) is not None
        and found.tree is not None
        and not found.tree.result.presence.any
    )
    assert made.tree is not None
    assert made.tree.result.cost.measures
    report = build_report(made, Run(id="r"))
    assert rows(table(report, "OVERVIEW", "O-CATEGORIES"))["quality"][-1] == "nothing submitted"


def test_hostile_names_are_data() -> None:
    hostile = '=HYPERLINK("http://host.invalid") [@click=app.quit]x[/] \x1b]0;PWNED\x07'
    made = case("small rural group 2019")
    members = (replace(made.members[0], name=hostile), *made.members[1:])
    report = build_report(replace(made, members=members, about=hostile), Run(id="r"))
    assert rows(table(report, "CLINICIANS", "C-LIST"))[ALDER][1] == hostile
    assert next(section.name for section in report.sections if section.npi == ALDER) == hostile
