"""The value of a measurement by metric type (submissions-api 3, API-VAL-34 to -41): tables, then one reader.

The form of non-proportion measures changed with performance year 2019, which asks for the observations and
computes the reporting rate; everything else is the same in all years.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from mock_server.intake.qpp_json.counts import COUNT, COUNTS, read_counts
from mock_server.intake.qpp_json.forms import BAD, Field, Mark, flag, number, number_between, read_fields
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import NOTHING, Problem, Problems, describe
from mock_server.intake.qpp_json.strata import read_strata
from mock_server.reference.mips.measures import Measure, QualityMeasure
from mock_server.scoring.mips.submission import (
    MultiRate,
    NonProportion,
    Proportion,
    SingleRate,
    Value,
)

KIND: Final = "API-VAL-34"
_BOOLEAN: Final = "true or false"

_END_TO_END: Final = Field("isEndToEndReported", flag("API-VAL-41"), required=True)
_RATE: Final = Field("performanceRate", number_between("API-VAL-40", 0, 100), required=True)
_NUMBER: Final = number(KIND)
_RATIO: Final = (
    _END_TO_END,
    Field("numerator", _NUMBER, required=True),
    Field("denominator", _NUMBER, required=True),
    Field("numeratorExclusion", _NUMBER, default=Decimal(0)),
    Field("denominatorException", _NUMBER, default=Decimal(0)),
)
_WRITTEN_RATE: Final = Field("reportingRate", number_between("API-VAL-40", 0, 100))
_OBSERVATIONS: Final = Field("observationInstances", COUNT, required=True, missing_rule=KIND)


Build = Callable[[dict[str, Any], Place, Problems], Value | Mark]


def _single_rate(good: dict[str, Any], place: Place, problems: Problems) -> Value | Mark:
    return SingleRate(
        counts=good["counts"],
        is_end_to_end_reported=good["is_end_to_end_reported"],
        performance_rate=good.get("performance_rate"),
    )


def _multi_rate(good: dict[str, Any], place: Place, problems: Problems) -> Value | Mark:
    return MultiRate(**good)


def _non_proportion(good: dict[str, Any], place: Place, problems: Problems) -> Value | Mark:
    return NonProportion(**good)


def _proportion(good: dict[str, Any], place: Place, problems: Problems) -> Value | Mark:
    """API-VAL-37; with a denominator of 0 the numerator must be 0, which is the same rule."""
    numerator, denominator = good["numerator"], good["denominator"]
    if numerator <= denominator:
        return Proportion(numerator=numerator, denominator=denominator)
    found = f"numerator {numerator} with denominator {denominator}"
    problems.append(Problem("API-VAL-37", place, found, f"a numerator of at most {denominator}"))
    return BAD


@dataclass(frozen=True, slots=True)
class ValueForm:
    """What the value of a metric type is made of."""

    fields: tuple[Field, ...]
    build: Build
    """The value from the good fields; called when all are good."""
    counts: bool = False
    """Whether the counts of one rate are among the fields."""
    strata: bool = False
    """Whether there is an array of strata besides."""

    required: tuple[str, ...] = field(init=False)
    """Keys that must be there."""
    telling: frozenset[str] = field(init=False)
    """Keys that tell this form from others."""

    def __post_init__(self) -> None:
        names = tuple(row.name for row in self.fields if row.required)
        required = (*names, "strata") if self.strata else names
        object.__setattr__(self, "required", required)
        object.__setattr__(self, "telling", frozenset(required) - {_END_TO_END.name, _RATE.name})

    @property
    def words(self) -> str:
        """What is allowed, as a message says it."""
        return f"an object with {', '.join(self.required)}"


_EVERY_YEAR: Final = {
    "proportion": ValueForm(
        tuple(Field(name, COUNT, required=True, missing_rule=KIND) for name in ("numerator", "denominator")),
        _proportion,
    ),
    "singlePerformanceRate": ValueForm((_END_TO_END, *COUNTS), _single_rate, counts=True),
    "registrySinglePerformanceRate": ValueForm((_END_TO_END, *COUNTS, _RATE), _single_rate, counts=True),
    "multiPerformanceRate": ValueForm((_END_TO_END,), _multi_rate, strata=True),
    "registryMultiPerformanceRate": ValueForm((_END_TO_END, _RATE), _multi_rate, strata=True),
}
_EARLIER: Final = MappingProxyType(
    {**_EVERY_YEAR, "nonProportion": ValueForm((*_RATIO, _WRITTEN_RATE), _non_proportion)}
)
_LATER: Final = MappingProxyType(
    {**_EVERY_YEAR, "nonProportion": ValueForm((*_RATIO, _OBSERVATIONS), _non_proportion)}
)

FORMS: Final[Mapping[int, Mapping[str, ValueForm]]] = MappingProxyType(
    {2017: _EARLIER, 2018: _EARLIER, 2019: _LATER}
)
"""Forms of the metric types that are objects, by performance year. `boolean` is no object."""

_ALL_TELLING: Final = frozenset(key for form in _LATER.values() for key in form.telling)


def read_value(measure: Measure, year: int, value: object, place: Place, problems: Problems) -> Value | Mark:
    """The value of a submittable measure, or `BAD` after recording every problem in it."""
    form = FORMS[year].get(measure.metric_type)
    if value is None:
        problems.append(Problem(KIND, place, NOTHING, _BOOLEAN if form is None else form.words))
        return BAD
    if form is None:
        return _read_boolean(value, place, problems)
    return _read_object(measure, form, value, place, problems)


def _read_boolean(value: object, place: Place, problems: Problems) -> bool | Mark:
    if isinstance(value, bool):
        return value
    problems.append(Problem(KIND, place, describe(value), _BOOLEAN))
    return BAD


def _read_object(
    measure: Measure, form: ValueForm, value: object, place: Place, problems: Problems
) -> Value | Mark:
    before = len(problems)
    members = value if isinstance(value, dict) else {}
    if value is not members or _is_of_another_kind(members, form):
        problems.append(Problem(KIND, place, describe(value), f"{form.words}, for {measure.measure_id}"))
    good = read_fields(members, form.fields, place, problems)
    if form.counts:
        good["counts"] = read_counts(good, place, problems)
    if form.strata and isinstance(measure, QualityMeasure):
        strata = members.get("strata")
        good["strata"] = read_strata(strata, measure.stratum_names, place.at("strata"), problems)
    return form.build(good, place, problems) if len(problems) == before else BAD


def _is_of_another_kind(members: Mapping[str, object], form: ValueForm) -> bool:
    """Whether it has none of the form's own keys but those of another form."""
    return form.telling.isdisjoint(members) and not _ALL_TELLING.isdisjoint(members)
