"""A submission back as QPP JSON, in the form that `validate-submission` answers (submissions-api E1).

The program is named in every set, counts that were left out are 0, and the rates that the service computes
stand beside the counts (API-CALC-1 to -9). Reading the result gives the same submission again.
"""

from decimal import Decimal
from typing import Any

import msgspec

from client.messages import submission as wire
from mock_server.reference.mips.measures import QualityMeasure
from mock_server.reference.mips.years import MipsYear, mips_year
from mock_server.scoring.mips.quality.rates import rates_of
from mock_server.scoring.mips.submission import (
    Counts,
    Measurement,
    MeasurementSet,
    NonProportion,
    Proportion,
    QualityValue,
    SingleRate,
    Submission,
)

_encoder = msgspec.json.Encoder(decimal_format="number")


def encoded(submission: Submission) -> bytes:
    """The submission as a JSON document."""
    return _encoder.encode(normal_form(submission))


def normal_form(submission: Submission) -> wire.Submission:
    """The submission as the API shows it."""
    reference = mips_year(submission.performance_year)
    return wire.Submission(
        performance_year=submission.performance_year,
        entity_type=submission.entity_type,
        measurement_sets=tuple(_set(one, reference) for one in submission.measurement_sets),
        taxpayer_identification_number=submission.tin,
        national_provider_identifier=submission.npi,
        entity_id=submission.entity_id,
    )


def _set(one: MeasurementSet, reference: MipsYear) -> wire.MeasurementSet:
    return wire.MeasurementSet(
        category=one.category,
        submission_method=one.method,
        performance_start=str(one.performance_start),
        performance_end=str(one.performance_end),
        measurements=tuple(_measurement(measurement, reference) for measurement in one.measurements),
        program_name="cpcPlus" if one.program_name == "cpcPlus" else "mips",
        practice_id=one.practice_id,
        measure_set=one.measure_set,
        cehrt_id=one.cehrt_id,
    )


def _measurement(one: Measurement, reference: MipsYear) -> wire.Measurement:
    value = one.value
    if isinstance(value, bool):
        return wire.Measurement(measure_id=one.measure_id, value=value)
    if isinstance(value, Proportion):
        counts = wire.MeasureValue(numerator=Decimal(value.numerator), denominator=Decimal(value.denominator))
        return wire.Measurement(measure_id=one.measure_id, value=counts)
    return wire.Measurement(
        measure_id=one.measure_id, value=_quality(value, reference.quality[one.measure_id])
    )


def _quality(value: QualityValue, measure: QualityMeasure) -> wire.MeasureValue:
    rates = rates_of(value, measure)
    told: dict[str, Any] = {
        "is_end_to_end_reported": value.is_end_to_end_reported,
        "reporting_rate": rates.reporting.value,
    }
    if isinstance(value, NonProportion):
        return wire.MeasureValue(**{**told, **_ratio(value)})
    told["performance_rate"] = value.performance_rate or rates.performance.value
    if isinstance(value, SingleRate):
        return wire.MeasureValue(**told, **_counts(value.counts))
    strata = tuple(wire.Stratum(stratum=one.name, **_counts(one.counts)) for one in value.strata)
    return wire.MeasureValue(**told, strata=strata)


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "performance_met": counts.performance_met,
        "performance_not_met": counts.performance_not_met,
        "eligible_population": counts.eligible_population,
        "eligible_population_exclusion": counts.eligible_population_exclusion,
        "eligible_population_exception": counts.eligible_population_exception,
    }


def _ratio(value: NonProportion) -> dict[str, Any]:
    """Its reporting rate is written in the earlier forms and computed in the later one (M-RATE-08)."""
    told: dict[str, Any] = {
        "numerator": value.numerator,
        "denominator": value.denominator,
        "numerator_exclusion": value.numerator_exclusion,
        "denominator_exception": value.denominator_exception,
    }
    if value.observation_instances is None:
        return {**told, "reporting_rate": value.reporting_rate}
    return {**told, "observation_instances": value.observation_instances}
