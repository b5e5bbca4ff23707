"""What differs between performance years, as data: one `YearRules` value per year (mips-scoring 0.2).

The engine reads these fields and never asks which year it is. The values stand in `rules_2017`, `rules_2018`
and `rules_2019`; `years.rules_of` finds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from mock_server.scoring.mips.interoperability.tables import BasePerformance, Objectives
from mock_server.scoring.mips.profile import MipsApm

Slot = Literal["quality", "cost", "ia", "pi"]
"""A category under one name for all years; `pi` is shown as `aci` in 2017."""

SLOTS: Final[tuple[Slot, ...]] = ("quality", "cost", "ia", "pi")


class Weights(NamedTuple):
    """Category weights in percent, in the order of the tables: Q / Cost / IA / ACI-PI."""

    quality: int
    cost: int
    ia: int
    pi: int

    def of(self, slot: Slot) -> int:
        """The weight of one category."""
        weight: int = getattr(self, slot)
        return weight


WeightTable = Mapping[frozenset[str], Weights | None]
"""Weights by the set of categories that are not scored; `None` where M-WGT-03 applies."""


class SevenPointCap(Enum):
    """Where the flag of the seven-point cap sits (M-BM-09)."""

    NONE = "none"
    MEASURE = "measure"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What a final score pays (section 12). Scaling factors are fitted, see M-PAY-07."""

    threshold: Decimal
    additional_threshold: Decimal
    applicable_percent: Decimal
    scaling_factor: Decimal
    additional_scaling_factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRules:
    """Cost measures of a year (section 10)."""

    case_minimum: Mapping[str, int]
    """By measure id (M-COST-02); the measures of the year (M-COST-01)."""
    first_decile: int
    """Decile that the first bound of a row starts: 1, in 2017 2 (M-COST-03, M-COST-04)."""
    weighted: bool
    """False in 2017: shown for information (M-COST-01)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRules:
    """Quality of a year (sections 3 to 5)."""

    completeness_percent: int
    ehr_benchmark_end_to_end: bool
    """M-BM-02 applies."""
    cap: SevenPointCap
    combines_methods: bool
    """Claims, registry and EHR form one set (M-QUAL-27)."""
    claims_need_small_practice: bool
    """M-QUAL-35 applies."""
    guideline_changes_count: bool
    """M-QUAL-33 applies."""
    missed_survey_relief: bool
    """M-QUAL-32 applies."""
    wi_measures: frozenset[str]
    """M-WI-02, without 001 and 117 in the years that score them inside `dmComposite` only."""
    wi_high_priority_bonus: bool
    """M-QUAL-15."""
    small_practice_bonus: int
    """M-QUAL-24; 0 where there is none."""
    improvement: bool
    """M-QUAL-26 applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRules:
    """Every rule that depends on the performance year."""

    year: int
    pi_code: Literal["aci", "pi"]
    """Name of the category in results (M-GEN-06)."""
    pi_aliases: frozenset[str]
    """Category codes of its sets."""
    weights: WeightTable
    """M-WGT-02."""
    apm_weights: Mapping[MipsApm, WeightTable]
    """M-APM-01, M-APM-02."""
    quality: QualityRules
    interoperability: BasePerformance | Objectives
    activities_combine_methods: bool
    """M-IA-08."""
    cost: CostRules
    payment: Payment
    small_practice_final_bonus: int
    """M-FIN-02; 0 where there is none."""
    complex_patient_bonus: bool
    """M-FIN-03 applies."""
    facility_based: bool
    """M-FIN-09 applies."""
    covid_option: bool
    """The setting `covid2019` has an effect (M-WGT-07)."""
    collection_types: Mapping[str, str]
    """What users call the submission methods of quality, `qcdr` among them (M-GEN-07)."""
    pi_reweight_clinician_types: frozenset[str]
    """Clinician types that reweight PI (M-WGT-06), for those who build profiles."""
    small_practice_hardship: bool
    """Small practices may apply for the PI hardship (M-WGT-06), for those who build profiles."""
    apms_without_feedback: frozenset[MipsApm]
    """Whose participants get no feedback for the year (M-APM-05)."""

    def collection_type(self, method: str, *, is_registry_measure: bool = False) -> str:
        """What users call a submission method of quality; QCDR measures have a name of their own."""
        own = is_registry_measure and method == "registry"
        return self.collection_types.get("qcdr" if own else method, method)


def weight_table(rows: Mapping[str, tuple[int, int, int, int] | None]) -> WeightTable:
    """A table from the specification's notation: `"cost pi"` -> weights or `None`."""
    return MappingProxyType(
        {frozenset(key.split()): None if row is None else Weights(*row) for key, row in rows.items()}
    )
