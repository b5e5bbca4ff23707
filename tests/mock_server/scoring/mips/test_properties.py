"""What holds for every valid submission (issue 4)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mock_server.reference.mips.years import YEARS, mips_year
from mock_server.scoring.computed import FORMULAS, Computed
from mock_server.scoring.mips.engine import score
from mock_server.scoring.mips.profile import Mode, Profile
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.submission import (
    Counts,
    Measurement,
    MeasurementSet,
    MultiRate,
    SingleRate,
    Stratum,
    Submission,
)
from mock_server.scoring.mips.tree import Node, plain, walk
from tests.mock_server.scoring.mips.builders import entry, picked_set, quality, scored, submission, value_of
from tests.mock_server.scoring.mips.strategies import (
    POOL,
    QUALITY_METHODS,
    Choices,
    counts_from,
    data,
    modes,
    profiles,
    quality_set_from,
    submissions,
)

HUNDRED = Decimal(100)
MANY = settings(max_examples=max(1_120, settings().max_examples))
"""Nine properties: together more than 10,000 examples in every run of the suite."""


def document(tree: ScoreTree) -> Any:
    """Everything that the tree shows."""
    return plain(tree.root)


@MANY
@given(submissions, profiles, modes)
def test_scores_stay_within_their_bounds(made: Submission, profile: Profile, mode: Mode) -> None:
    tree = score(made, profile, mode)
    assert 0 <= tree.value <= HUNDRED
    assert tree.final_score is None or 0 <= tree.final_score <= HUNDRED
    assert (tree.final_score is None) is (mode == "preliminary")
    for node in walk(tree.root):
        within_bounds(node)


def within_bounds(node: Node) -> None:
    """Nothing negative; nothing above its maximum, bonuses of measures apart."""
    if isinstance(node.value, Decimal):
        assert node.value >= 0, node.name
        if node.maximum is not None:
            bonus = 3 if node.maximum <= 10 else 0
            assert node.value <= node.maximum + bonus, node.name


@MANY
@given(submissions, profiles, modes)
def test_m_wgt_02_weights_add_up_to_100_or_the_threshold_counts(
    made: Submission, profile: Profile, mode: Mode
) -> None:
    tree = score(made, profile, mode)
    weights = tree.result.total.weighing.weights.value
    if weights is None:
        assert tree.value == tree.result.case.rules.payment.threshold
    else:
        assert sum(weights) == 100
        parts = sum(tree.result.weighted(slot) for slot in ("quality", "pi", "ia", "cost"))
        bonuses = Fraction(tree.result.bonus_sum.value)
        assert tree.value == min(HUNDRED, rounded(parts + bonuses, 4))


@MANY
@given(submissions, profiles, modes)
def test_m_tree_10_every_figure_recomputes_from_its_formula_and_inputs(
    made: Submission, profile: Profile, mode: Mode
) -> None:
    for node in walk(score(made, profile, mode).root):
        for figure in node.figures:
            assert FORMULAS[figure.formula](**dict(figure.inputs)) == figure.value, figure
            assert figure.rules
        assert node.metadata["rules"] or node.value is None or not node.figures


@MANY
@given(submissions, profiles, modes)
def test_m_tree_10_the_last_step_is_the_nodes_value(made: Submission, profile: Profile, mode: Mode) -> None:
    for node in walk(score(made, profile, mode).root):
        steps = [figure for figure in node.figures if figure.formula not in OTHER_UNITS]
        if isinstance(node.value, Decimal) and steps:
            assert number_of(steps[-1]) == node.value, node.name


OTHER_UNITS = ("mips.activities_percent", "mips.enough_cases", "mips.as_reported")


def number_of(figure: Computed[Any]) -> Decimal:
    """The value with the four decimals of the tree."""
    value = figure.value
    return rounded(getattr(value, "points", value), 4)


@MANY
@given(submissions, profiles, modes, st.integers(0, 10_000))
def test_the_order_of_sets_and_measures_is_irrelevant(
    made: Submission, profile: Profile, mode: Mode, seed: int
) -> None:
    order = Random(seed)
    mixed = tuple(
        replace(one, measurements=tuple(order.sample(one.measurements, len(one.measurements))))
        for one in order.sample(made.measurement_sets, len(made.measurement_sets))
    )
    turned = Profile(
        **{
            **{name: getattr(profile, name) for name in Profile.__dataclass_fields__},
            "cost": tuple(reversed(profile.cost)),
            "apm_pi_participants": tuple(reversed(profile.apm_pi_participants)),
        }
    )
    again = score(replace(made, measurement_sets=mixed), turned, mode)
    assert document(again) == document(score(made, profile, mode))


@MANY
@given(submissions, profiles, modes)
def test_the_json_form_survives_a_round_trip(made: Submission, profile: Profile, mode: Mode) -> None:
    shown = document(score(made, profile, mode))
    text = json.dumps(shown, default=as_number)
    assert json.dumps(json.loads(text, parse_float=Decimal), default=as_number) == text


def as_number(value: Any) -> Any:
    """Decimals as strings: nothing else needs help to become JSON."""
    assert isinstance(value, Decimal), type(value)
    return str(value)


# --- more performed cases ----------------------------------------------------------------------------------


class Change(NamedTuple):
    """A measure before and after some cases moved from not met to met."""

    year: int
    method: Any
    measure_id: str
    before: Counts
    after: Counts


def change_from(data: bytes) -> Change:
    choices = Choices(data)
    year = choices.one_of(YEARS)
    rated = [i for i in POOL[year] if mips_year(year).quality[i].metric_type != "nonProportion"]
    method, measure_id = choices.one_of(QUALITY_METHODS), choices.one_of(rated)
    before = counts_from(choices)
    moved = choices.number(before.performance_not_met)
    after = replace(
        before,
        performance_met=before.performance_met + moved,
        performance_not_met=before.performance_not_met - moved,
    )
    return Change(year, method, measure_id, before, after)


@MANY
@given(st.binary(min_size=10, max_size=12).map(change_from), modes)
def test_more_performed_cases_never_lower_a_measures_points(change: Change, mode: Mode) -> None:
    """Reversed where lower is better."""
    year, method, measure_id, before, after = change

    def points(these: Counts) -> Any:
        one = Measurement(measure_id=measure_id, value=value_of(year, measure_id, these))
        made = MeasurementSet(category="quality", method=method, measurements=(one,))
        tree = scored(year, made, mode=mode, small_practice=True, wi_complete=True)
        found = [e for e in picked_set(tree).entries if e.score.measure_id == measure_id]
        assume(found)
        evidence = found[0].score.evidence
        assert evidence is not None
        ascending = evidence.higher_is_better is None or evidence.higher_is_better.value
        return found[0].score.points.value, ascending

    (low, ascending), (high, _) = points(before), points(after)
    assert high >= low if ascending else high <= low


# --- one more measure --------------------------------------------------------------------------------------


def required_id(scored_set: QualitySet) -> str | None:
    return next((e.score.measure_id for e in scored_set.entries if e.required), None)


class Larger(NamedTuple):
    """A set, and the same set with a further measure."""

    year: int
    smaller: MeasurementSet
    larger: MeasurementSet


def larger_from(data: bytes) -> Larger:
    choices = Choices(data)
    year = choices.one_of(YEARS)
    extra_id, these = choices.byte(), counts_from(choices)
    made = quality_set_from(choices, year, ("registry", "electronicHealthRecord", "claims"))
    free = sorted(set(POOL[year]) - {one.measure_id for one in made.measurements})
    measure_id = free[extra_id % len(free)]
    extra = Measurement(measure_id=measure_id, value=value_of(year, measure_id, these))
    return Larger(year, made, replace(made, measurements=(*made.measurements, extra)))


@MANY
@given(data.map(larger_from), st.booleans(), modes)
def test_one_more_measure_never_lowers_quality(change: Larger, small: bool, mode: Mode) -> None:
    """Unless it changes the required measure, or what is expected (the denominator) grows with it."""
    year, made, larger = change
    before = scored(year, made, mode=mode, small_practice=small)
    after = scored(year, larger, mode=mode, small_practice=small)
    same = required_id(picked_set(before)) == required_id(picked_set(after))
    grown = picked_set(after).denominator.value > picked_set(before).denominator.value
    if same and not grown:
        assert after.result.percent("quality") >= before.result.percent("quality")


def test_one_more_measure_may_lower_quality_where_it_becomes_the_required_one() -> None:
    """An outcome measure that earns 3 points takes the place of a measure that earned 10."""
    rows = "110 99/1, 113 99/1, 134 99/1, 318 99/1, 374 99/1, 117 99/1"
    before = scored(2018, quality(2018, "electronicHealthRecord", rows))
    after = scored(2018, quality(2018, "electronicHealthRecord", rows + ", 001 99/1"))
    assert required_id(picked_set(before)) != required_id(picked_set(after)) == "001"
    assert after.result.percent("quality") < before.result.percent("quality")


def test_one_more_measure_may_lower_quality_where_it_ends_a_reduced_denominator() -> None:
    before = scored(2019, quality(2019, "registry", "012 99/1, 141 45/5"))
    after = scored(2019, quality(2019, "registry", "012 99/1, 141 45/5, 128 70/30"))
    assert required_id(picked_set(before)) == required_id(picked_set(after))
    assert after.result.percent("quality") < before.result.percent("quality")


@MANY
@given(submissions, profiles)
def test_strata_and_single_rates_accept_everything_valid(made: Submission, profile: Profile) -> None:
    """Nothing valid raises in either mode, and asking for every explanation does not either."""
    for mode in ("preliminary", "final"):
        tree = score(made, profile, mode)
        assert sum(1 for _ in explanations(tree.root)) > 0


def explanations(root: Node) -> Iterator[Any]:
    for node in walk(root):
        yield node.metadata


def test_an_empty_submission_has_a_score_of_its_own() -> None:
    for year in YEARS:
        assert score(submission(year)).value == 0


def test_strata_may_be_missing_without_harm() -> None:
    """Validation wants every stratum; the engine treats a missing one as empty."""
    none = MultiRate(strata=(Stratum(name="other", counts=Counts(performance_met=1, eligible_population=1)),))
    made = MeasurementSet(
        category="quality",
        method="registry",
        measurements=(Measurement(measure_id="226", value=none),),
    )
    found = entry(scored(2019, made), "226").score.evidence
    assert found is not None
    assert found.rates.performance.value is None
    assert isinstance(SingleRate(counts=Counts(performance_met=0, eligible_population=0)), SingleRate)
