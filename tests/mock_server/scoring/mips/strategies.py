"""Valid submissions and profiles of every kind, for the properties.

Each is decoded from one string of bytes: drawing is what costs hypothesis time, and zeros, to which it
shrinks, mean the plainest choice everywhere.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from mock_server.reference.mips.measures import QualityMeasure
from mock_server.reference.mips.years import YEARS, mips_year
from mock_server.scoring.mips.profile import (
    Circumstances,
    CostResult,
    Facility,
    PiParticipant,
    PriorQuality,
    Profile,
    Readmission,
    Settings,
    SurveyScore,
)
from mock_server.scoring.mips.submission import (
    Counts,
    Measurement,
    MeasurementSet,
    MultiRate,
    NonProportion,
    Proportion,
    SingleRate,
    Stratum,
    Submission,
)
from mock_server.scoring.mips.years import RULES
from tests.mock_server.scoring.mips.builders import VALID_CEHRT

T = TypeVar("T")

QUALITY_METHODS: tuple[Any, ...] = ("registry", "electronicHealthRecord", "claims", "cmsWebInterface")
ENTITY_TYPES: tuple[Any, ...] = ("individual", "group", "virtualGroup", "apm")

# Measures that bring every kind of rule into play: tiers, inverse, topped out, several rates, clusters,
# specialty sets, changed guidelines, registry and non-proportion measures.
_WANTED = (
    *("001", "007", "012", "021", "023", "024", "046", "051", "052", "069", "102", "110", "111", "113"),
    *("117", "126", "127", "128", "130", "134", "141", "143", "144", "191", "192", "226", "236", "238"),
    *("305", "318", "370", "374", "438", "450", "dmComposite"),
    *("ACRAD15", "ACRAD25", "ACEP50", "AQI48", "CDR3", "ARCO13"),
)
POOL = {year: [i for i in _WANTED if i in mips_year(year).quality] for year in YEARS}

RELATED = (("012", "141"), ("102", "143", "144"), ("021", "023"), ("126", "127"), ("141",))
"""Clinically related measures and a specialty set."""


class Choices:
    """Decisions read from bytes; when they run out, zeros."""

    def __init__(self, data: bytes) -> None:
        self._data = iter(data)

    def byte(self) -> int:
        return next(self._data, 0)

    def flag(self, share: float = 0.5) -> bool:
        return self.byte() > 255 * (1 - share)

    def number(self, highest: int) -> int:
        """0 to highest, at most 65535."""
        return (self.byte() + 256 * self.byte()) % (highest + 1)

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.byte() % len(options)]

    def percent(self) -> Decimal:
        return Decimal(self.number(10_000)) / 100

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Up to `most` different ones."""
        free = list(options)
        return [free.pop(self.byte() % len(free)) for _ in range(min(self.byte() % (most + 1), len(free)))]


def counts_from(choices: Choices) -> Counts:
    """Small and large, complete and not."""
    met, no = choices.number(150), choices.number(150)
    out, exceptions = choices.byte() % 8, choices.byte() % 8
    extra = choices.one_of((0, 0, 0, 5, 100, 1000))
    return Counts(
        performance_met=met,
        performance_not_met=no,
        eligible_population_exclusion=out,
        eligible_population_exception=exceptions,
        eligible_population=met + no + out + exceptions + extra,
    )


def value_from(choices: Choices, measure: QualityMeasure) -> Any:
    """A value of the measure's own kind."""
    end_to_end = choices.flag()
    rate = choices.percent() if measure.metric_type.startswith("registry") else None
    if measure.metric_type == "nonProportion":
        return NonProportion(
            numerator=Decimal(choices.number(20_000) - 1000) / 100,
            denominator=Decimal(choices.number(5000)) / 10,
            is_end_to_end_reported=end_to_end,
            observation_instances=choices.number(500) if choices.flag() else None,
            reporting_rate=choices.percent() if choices.flag() else None,
        )
    if measure.is_multi_rate:
        strata = tuple(Stratum(name=name, counts=counts_from(choices)) for name in measure.stratum_names)
        return MultiRate(strata=strata, is_end_to_end_reported=end_to_end, performance_rate=rate)
    return SingleRate(counts=counts_from(choices), is_end_to_end_reported=end_to_end, performance_rate=rate)


def period_from(choices: Choices, year: int) -> dict[str, Any]:
    """Dates of a set: mostly the whole year, sometimes short or missing."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    kind = choices.one_of(("full", "full", "full", "short", "no start", "no end"))
    if kind == "short":
        start += timedelta(days=choices.number(200))
        end = max(start, end - timedelta(days=choices.number(200)))
    return {
        "performance_start": None if kind == "no start" else start,
        "performance_end": None if kind == "no end" else end,
    }


def quality_set_from(
    choices: Choices, year: int, methods: tuple[Any, ...] = QUALITY_METHODS
) -> MeasurementSet:
    """A quality set of up to nine measures."""
    method, submitter = choices.one_of(methods), choices.one_of(("a", "b"))
    period = period_from(choices, year)
    ids = choices.some(POOL[year], 9) if choices.flag(0.75) else list(choices.one_of(RELATED))
    return MeasurementSet(
        category="quality",
        method=method,
        measurements=tuple(
            Measurement(measure_id=i, value=value_from(choices, mips_year(year).quality[i])) for i in ids
        ),
        submitter_id=submitter,
        **period,
    )


def pi_set_from(choices: Choices, year: int) -> MeasurementSet:
    """An ACI or PI set: anything at all, or one that lacks little."""
    measures = mips_year(year).pi
    good = choices.flag()
    found = []
    for id_, measure in measures.items():
        if not choices.flag(0.97 if good else 0.5):
            continue
        if measure.metric_type == "proportion":
            denominator = choices.number(300)
            value: Any = Proportion(
                numerator=min(denominator, choices.number(300) + good), denominator=denominator
            )
        else:
            value = choices.flag(0.1 if good and measure.reporting_category == "exclusion" else 0.85)
        found.append(Measurement(measure_id=id_, value=value))
    return MeasurementSet(
        category=RULES[year].pi_code,
        method=choices.one_of(("registry", "electronicHealthRecord", "webAttestation")),
        measurements=tuple(found),
        cehrt_id=choices.one_of((VALID_CEHRT, VALID_CEHRT, VALID_CEHRT, None, "0015HABCDEFGHIJ")),
        **period_from(choices, year),
    )


def activity_set_from(choices: Choices, year: int) -> MeasurementSet:
    """A few activities, done or not."""
    method: Any = choices.one_of(("registry", "webAttestation"))
    period = period_from(choices, year)
    ids = choices.some(sorted(mips_year(year).ia), 5)
    done = tuple(Measurement(measure_id=i, value=choices.flag(0.8)) for i in ids)
    return MeasurementSet(category="ia", method=method, measurements=done, **period)


def submission_from(data: bytes) -> Submission:
    """A submission of any year, entity and mixture of sets."""
    choices = Choices(data)
    year, entity_type = choices.one_of(YEARS), choices.one_of(ENTITY_TYPES)
    numbers = choices.byte() % 4, choices.byte() % 3, choices.byte() % 3
    sets = [
        *(quality_set_from(choices, year) for _ in range(numbers[0])),
        *(pi_set_from(choices, year) for _ in range(numbers[1])),
        *(activity_set_from(choices, year) for _ in range(numbers[2])),
    ]
    return Submission(performance_year=year, entity_type=entity_type, measurement_sets=tuple(sets))


_SURVEYS = [*(f"CAHPS_{n}" for n in range(1, 13)), "CAHPS_ACO_1", "CAHPS_ACO_45"]
_COSTS = ["MSPB_1", "TPCC_1", "COST_KA_1", "COST_IOL_1"]


def profile_from(data: bytes) -> Profile:
    """A profile with any of its facts."""
    choices = Choices(data)

    def maybe(made: Any) -> Any:
        return made() if choices.flag() else None

    rare = 0.2
    return Profile(
        small_practice=choices.flag(),
        rural=choices.flag(rare),
        non_patient_facing=choices.flag(rare),
        clinician_count=maybe(lambda: choices.number(40)),
        hospital_based=choices.flag(rare),
        pi_hardship_approved=choices.flag(rare),
        euc=Circumstances(
            quality=choices.flag(rare),
            pi=choices.flag(rare),
            ia=choices.flag(rare),
            cost=choices.flag(rare),
        ),
        apm_participant=choices.flag(rare),
        ia_study_participant=choices.flag(rare),
        cms_known_pcmh=choices.flag(rare),
        mips_apm=choices.one_of(("none", "ssp", "nextgen", "other")),
        scored_under_apm_standard=choices.flag(rare),
        wi_registered=choices.flag(),
        wi_complete=choices.flag(),
        cahps_registered=choices.flag(),
        cahps_sample_met=choices.flag(0.7),
        wi_measure_complete={i: choices.flag() for i in choices.some(("236", "370", "dmComposite"), 3)},
        claims_eligible_instances={i: choices.byte() % 40 for i in choices.some(("047", "021", "023"), 3)},
        acr=maybe(lambda: Readmission(rate=10 + choices.percent() / 10, cases=choices.number(400))),
        cahps=maybe(
            lambda: {
                name: SurveyScore(score=choices.percent(), is_below_minimum=choices.flag(rare))
                for name in choices.some(_SURVEYS, 9)
            }
        ),
        cost=tuple(
            CostResult(measure_id=i, value=Decimal(choices.number(60_000)), cases=choices.number(60))
            for i in choices.some(_COSTS, 4)
        ),
        apm_pi_participants=tuple(
            PiParticipant(
                percent=maybe(choices.percent), clinicians=choices.byte() % 9, reweighted=choices.flag(rare)
            )
            for _ in range(choices.byte() % 4)
        ),
        voluntary=choices.flag(rare),
        hcc_average=maybe(lambda: choices.percent() / 20),
        dual_ratio=maybe(lambda: choices.percent() / 100),
        prior_year=maybe(
            lambda: PriorQuality(
                quality_achievement_points=choices.percent() * Decimal("0.6"),
                quality_denominator=Decimal(choices.one_of((60, 20, 0))),
            )
        ),
        facility=maybe(lambda: Facility(quality_percent=choices.percent(), cost_percent=choices.percent())),
        settings=Settings(
            covid2019=choices.flag(),
            preliminary_cost=choices.one_of(("reweight", "reserve")),
            enforce_ia_90_days=not choices.flag(),
        ),
    )


data = st.binary(min_size=600, max_size=600)
submissions = data.map(submission_from)
profiles = st.binary(min_size=140, max_size=140).map(profile_from)
modes: st.SearchStrategy[Any] = st.sampled_from(["preliminary", "final"])
