"""The bundled MIPS data are what the specification says (mips-scoring 0.3, 3.3, 4; portal-flow 11.9)."""

import subprocess
import sys
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from mock_server.reference.mips import (
    YEARS,
    Benchmark,
    MipsYear,
    PiMeasure,
    QualityMeasure,
    UnknownYearError,
    mips_year,
)
from mock_server.reference.mips.tables import FOLDER, decode, encode, file_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=YEARS)
def year(request: pytest.FixtureRequest) -> MipsYear:
    number: int = request.param
    return mips_year(number)


# --- the files ---------------------------------------------------------------------------------------------


def test_files_are_the_ones_that_were_built() -> None:
    files = [file_of(number) for number in YEARS]
    lines = [f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    assert (FOLDER / "SHA256SUMS").read_text() == "".join(lines)


def test_files_hold_no_descriptions_links_or_billing_codes(year: MipsYear) -> None:
    text = file_of(year.year).read_text("utf-8")
    left_out = ("description", "measureSpecification", "eligibilityOptions", "performanceOptions")
    assert [name for name in left_out if f'"{name}":' in text] == []


def test_reading_and_writing_gives_the_same_bytes(year: MipsYear) -> None:
    document = file_of(year.year).read_bytes()
    assert encode(decode(document)) == document


def test_files_stay_small() -> None:
    assert sum(file_of(number).stat().st_size for number in YEARS) < 1_500_000


def test_a_year_is_read_when_asked_for_and_only_once() -> None:
    script = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "from mock_server.reference.mips import mips_year\n"
        "mips_year(2018); mips_year(2018)\n"
        "print(*[name[-9:] for name in opened if name.endswith('.json')])\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["2018.json"]


def test_other_years_are_refused() -> None:
    with pytest.raises(UnknownYearError) as refused:
        mips_year(2020)
    assert refused.value.year == 2020


def test_indexes_cannot_be_changed(year: MipsYear) -> None:
    with pytest.raises(TypeError):
        year.quality["236"] = year.quality["001"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        year.quality["236"].title = "other"  # type: ignore[misc]


# --- counts (mips-scoring 0.3, M-IA-10, M-ACI-11; portal-flow 11.9; FF-Q-1) --------------------------------


@pytest.mark.parametrize(
    ("number", "quality", "pi", "ia", "cost"),
    [(2017, 894, 35, 93, 2), (2018, 996, 43, 113, 2), (2019, 813, 39, 118, 10)],
)
def test_measures_per_category(number: int, quality: int, pi: int, ia: int, cost: int) -> None:
    data = mips_year(number)
    assert [len(rows) for rows in (data.quality, data.pi, data.ia, data.cost)] == [quality, pi, ia, cost]
    assert len(data.measures) == quality + pi + ia + cost


@pytest.mark.parametrize(
    ("number", "historical", "performance_period"), [(2017, 305, 267), (2018, 288, 192), (2019, 301, 148)]
)
def test_m_bm_03_historical_and_performance_period_benchmarks(
    number: int, historical: int, performance_period: int
) -> None:
    rows = mips_year(number).benchmarks.values()
    assert Counter(row.is_historical for row in rows) == {True: historical, False: performance_period}
    assert {row.benchmark_year for row in rows} == {number - 2, number}


@pytest.mark.parametrize(("number", "high", "medium"), [(2017, 14, 78), (2018, 22, 90), (2019, 24, 93)])
def test_m_ia_10_activity_weights(number: int, high: int, medium: int) -> None:
    weights = Counter(activity.weight for activity in mips_year(number).ia.values())
    assert weights == {"high": high, "medium": medium, None: 1}
    assert mips_year(number).ia["IA_PCMH"].weight is None


def test_subcategories_of_2019() -> None:
    assert Counter(activity.subcategory_id for activity in mips_year(2019).ia.values()) == {
        "achievingHealthEquity": 7,
        "behavioralAndMentalHealth": 10,
        "beneficiaryEngagement": 24,
        "careCoordination": 18,
        "emergencyResponseAndPreparedness": 2,
        "expandedPracticeAccess": 5,
        "patientSafetyAndPracticeAssessment": 32,
        "populationManagement": 19,
        None: 1,
    }


@pytest.mark.parametrize(("number", "eligible"), [(2017, 18), (2018, 30), (2019, 0)])
def test_m_aci_11_activities_for_the_cehrt_bonus(number: int, eligible: int) -> None:
    assert sum(activity.cehrt_eligible for activity in mips_year(number).ia.values()) == eligible


@pytest.mark.parametrize(("number", "ecqms"), [(2017, 53), (2018, 54), (2019, 50)])
def test_ff_q_1_ecqms_by_lower_case_uuid(number: int, ecqms: int) -> None:
    by_uuid = mips_year(number).by_e_measure_uuid
    assert len(by_uuid) == ecqms
    assert all(uuid == uuid.lower() for uuid in by_uuid)


def test_ff_cpc_4_groups_of_2019() -> None:
    groups = {m.measure_id: m.cpc_plus_group for m in mips_year(2019).quality.values() if m.cpc_plus_group}
    assert {measure_id for measure_id, group in groups.items() if group == "Outcome_Measure"} == {
        "001",
        "236",
    }


# --- measures ----------------------------------------------------------------------------------------------


def test_every_measure_is_found_by_its_own_id_and_category(year: MipsYear) -> None:
    promoting = "aci" if year.year == 2017 else "pi"
    assert all(measure.measure_id == key for key, measure in year.measures.items())
    assert {measure.category for measure in year.measures.values()} == {"quality", promoting, "ia", "cost"}


def test_titles_are_one_clean_line(year: MipsYear) -> None:
    titles = [measure.title for measure in year.measures.values()]
    assert all(title and title.isprintable() for title in titles)
    assert [title for title in titles if title != " ".join(title.split())] == []


def test_what_a_quality_measure_knows() -> None:
    measure = mips_year(2019).quality["001"]
    assert measure.title == "Diabetes: Hemoglobin A1c (HbA1c) Poor Control (>9%)"
    assert (measure.measure_type, measure.metric_type) == ("intermediateOutcome", "singlePerformanceRate")
    assert (measure.is_inverse, measure.is_high_priority, measure.is_registry_measure) == (True, True, False)
    assert measure.e_measure_id == "CMS122v7"
    assert "internalMedicine" in measure.measure_sets


def test_m_bm_09_measures_with_the_cap_in_2018() -> None:
    capped = {m.measure_id for m in mips_year(2018).quality.values() if m.is_topped_out_by_program}
    assert capped == {"021", "023", "052", "224", "262", "359"}


def test_m_qual_33_measures_with_a_changed_guideline_in_2019() -> None:
    changed = {m.measure_id for m in mips_year(2019).quality.values() if m.is_clinical_guideline_changed}
    assert changed == {"069", "110", "450"}


@pytest.mark.parametrize(
    ("measure_id", "names", "algorithm"),
    [
        ("007", ("LVSD", "priorMI"), "weightedAverage"),
        ("160", ("CD4<200/mm3", "CD4<500/mm3OrCD4<15%", "atDiagnosis"), "weightedAverage"),
        ("226", ("screenedForUse", "overall", "tobacco"), "overallStratumOnly"),
        ("305", ("14DaysOfDiagnosis", "30DaysOfVisit"), "simpleAverage"),
        ("370", ("12-17", "18+"), "weightedAverage"),
    ],
)
def test_ff_q_9_strata_of_multi_rate_ecqms(measure_id: str, names: tuple[str, ...], algorithm: str) -> None:
    measure = mips_year(2019).quality[measure_id]
    assert measure.is_multi_rate
    assert measure.stratum_names == names
    assert measure.overall_algorithm == algorithm


def test_m_rate_05_multi_rate_measures_name_their_strata_and_algorithm(year: MipsYear) -> None:
    multi = [measure for measure in year.quality.values() if measure.is_multi_rate]
    assert all(m.strata and len(set(m.stratum_names)) == len(m.strata) for m in multi)
    assert all(m.overall_algorithm for m in multi)
    assert all("overall" in m.stratum_names for m in multi if m.overall_algorithm == "overallStratumOnly")


@pytest.mark.parametrize(
    ("number", "expected"), [(2017, set()), (2018, {"438"}), (2019, {"005", "008", "143", "438"})]
)
def test_ff_q_10_single_rate_ecqms_with_several_strata(number: int, expected: set[str]) -> None:
    ecqms = mips_year(number).by_e_measure_uuid.values()
    assert {m.measure_id for m in ecqms if not m.is_multi_rate and len(m.strata) > 1} == expected


def test_ff_q_4_population_uuids_of_a_stratum() -> None:
    uuids = mips_year(2019).quality["305"].strata[0].e_measure_uuids
    assert uuids is not None
    assert uuids.numerator_uuid == "22DE67FC-79C0-4725-BDE3-3C9B0A1ACAF7"
    assert uuids.denominator_exclusion_uuid == "B0687FEA-DC33-40B2-95F7-279E11E3AB28"
    assert uuids.denominator_exception_uuid is None
    assert len(uuids.strata) == 2


def test_m_wi_02_web_interface_measures_of_2019() -> None:
    submitted = {
        m.measure_id for m in mips_year(2019).quality.values() if "cmsWebInterface" in m.submission_methods
    }
    assert submitted == {"001", "110", "112", "113", "134", "226", "236", "318", "370", "438"}


@pytest.mark.parametrize(
    ("number", "prefix", "transition"), [(2017, "ACI_", 13), (2018, "PI_", 16), (2019, "PI_", 0)]
)
def test_pi_ids_and_transition_set(number: int, prefix: str, transition: int) -> None:
    measures = mips_year(number).pi.values()
    assert all(measure.measure_id.startswith(prefix) for measure in measures)
    of_transition = [measure for measure in measures if "transition" in measure.measure_sets]
    assert len(of_transition) == transition
    assert of_transition == [measure for measure in measures if "_TRANS_" in measure.measure_id]


def test_pi_points_and_exclusion_of_2019() -> None:
    pi = mips_year(2019).pi
    assert {name: pi[name].weight for name in ("PI_EP_1", "PI_HIE_1", "PI_HIE_4", "PI_PEA_1", "PI_EP_2")} == {
        "PI_EP_1": 10,
        "PI_HIE_1": 20,
        "PI_HIE_4": 20,
        "PI_PEA_1": 40,
        "PI_EP_2": 5,
    }
    assert pi["PI_EP_1"].exclusion == "PI_LVPP_1"
    assert pi["PI_EP_2"].is_bonus
    assert pi["PI_PHCDRR_1_EX_1"].reporting_category == "exclusion"


def test_m_aci_05_substitutes_name_measures_of_the_year() -> None:
    for number in (2017, 2018):
        pi = mips_year(number).pi
        assert {name for measure in pi.values() for name in measure.substitutes} <= set(pi)
    assert mips_year(2017).pi["ACI_PEA_1"].substitutes == ("ACI_TRANS_PEA_1",)


# --- benchmarks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "measure_id", "method", "deciles"),
    [
        (2018, "110", "registry", "0 26.89 40.49 50 57.07 64.79 73.08 82.71 96.44"),
        (2017, "130", "claims", "0 96.11 98.74 99.65 100 100 100 100 100"),
        (2017, "192", "registry", "100 1.6 0.74 0.23 0 0 0 0 0"),
        (2019, "226", "registry", "2.6087 8.8235 14.5161 36.9775 83.7838 99.2908 100 100 100"),
    ],
)
def test_m_bm_04_deciles_are_exact_decimals(number: int, measure_id: str, method: str, deciles: str) -> None:
    row = mips_year(number).benchmark(measure_id, method)
    assert row is not None
    assert row.deciles == tuple(Decimal(bound) for bound in deciles.split())


def test_m_bm_09_topped_out_flags_of_2019_and_their_absence() -> None:
    capped = [row for row in mips_year(2019).benchmarks.values() if row.is_topped_out_by_program]
    assert len(capped) == 82
    silent = mips_year(2017).benchmark("110", "registry")
    assert silent is not None
    assert silent.is_topped_out is None


def test_m_cost_03_cost_rows_have_ten_bounds(year: MipsYear) -> None:
    tens = {key for key, row in year.benchmarks.items() if len(row.deciles) == 10}
    assert tens == {(measure_id, "administrativeClaims") for measure_id in year.cost}
    assert {len(row.deciles) for row in year.benchmarks.values()} == {9, 10}


def test_benchmarks_belong_to_measures_except_fourteen_in_2017(year: MipsYear) -> None:
    strangers = {measure_id for measure_id, _ in year.benchmarks} - set(year.measures)
    assert len(strangers) == (14 if year.year == 2017 else 0)


def test_benchmarks_can_be_replaced_added_and_removed_without_touching_the_year() -> None:
    original = mips_year(2019)
    row = Benchmark(
        measure_id="236",
        submission_method="registry",
        performance_year=2019,
        deciles=tuple(Decimal(10 * n) for n in range(9)),
    )
    changed = original.with_benchmarks([row], removed=[("001", "claims")])
    assert changed.benchmark("236", "registry") is row
    assert row.is_historical
    assert changed.benchmark("001", "claims") is None
    assert original.benchmark("236", "registry") != row
    assert original.benchmark("001", "claims") is not None


# --- clinical clusters -------------------------------------------------------------------------------------


def test_m_ema_02_rows_are_not_symmetric() -> None:
    row = mips_year(2019).cluster("051", "registry")
    assert row is not None
    assert row.clinical_clusters[0].measure_ids == ("051", "052", "130")
    assert mips_year(2019).cluster("130", "registry") is None


@pytest.mark.parametrize(("method", "clusters", "specialties"), [("registry", 36, 3), ("claims", 16, 12)])
def test_cluster_inventory_of_2019(method: str, clusters: int, specialties: int) -> None:
    rows = [row for row in mips_year(2019).clusters.values() if row.submission_method == method]
    assert len({group.name for row in rows for group in row.clinical_clusters}) == clusters
    assert len({group.name for row in rows for group in row.specialty_sets}) == specialties


def test_the_applicability_check_can_be_switched_off() -> None:
    assert mips_year(2019).without_clusters().cluster("051", "registry") is None


def test_clusters_name_measures_of_the_year(year: MipsYear) -> None:
    named = {
        measure_id
        for row in year.clusters.values()
        for group in row.clinical_clusters + row.specialty_sets
        for measure_id in group.measure_ids
    }
    assert named <= set(year.quality)


def test_rows_are_the_types_the_engine_expects(year: MipsYear) -> None:
    assert all(isinstance(measure, QualityMeasure) for measure in year.quality.values())
    assert all(isinstance(measure, PiMeasure) for measure in year.pi.values())
