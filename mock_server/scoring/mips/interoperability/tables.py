"""The measures of ACI and PI as data: what is required, what stands for what, what it earns (sections 6, 7).

Two schemes: `BasePerformance` of 2017 and 2018, whose ids differ only in their prefix, and `Objectives` of
2019. Order matters: the first of equals scores.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement of the base score: one of these measures or exclusions satisfies it (M-ACI-02)."""

    name: str
    satisfied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Measures that stand for each other: the better way scores, the first on a tie (M-ACI-05)."""

    ways: tuple[tuple[tuple[str, int], ...], ...]
    """Each way is one or more (measure id, performance weight); the 2015-edition way first."""
    in_base: bool = False
    """Shown with the base measures (M-ACI-14)."""


@dataclass(frozen=True, slots=True)
class Registry:
    """One public health or clinical data registry under its ids (M-ACI-09)."""

    ids: tuple[str, ...]
    multiple: tuple[str, ...] = ()
    """Ids that claim engagement with a further registry of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasePerformance:
    """Base, performance and bonus scores of 2017 and 2018."""

    prefix: str
    """`ACI_` or `PI_`."""
    part_prefix: str
    """Of the names of the tree's groups (M-ACI-14)."""
    attestations: tuple[str, ...]
    """Required true (M-ACI-01)."""
    requirements: tuple[Requirement, ...]
    performance: tuple[Alternatives, ...]
    registries: tuple[Registry, ...]
    first_registry_points: int
    """Performance points of the first registry, whichever it is (M-ACI-09); 0 in 2017."""
    registries_for_bonus: int
    """Engagements that earn the registry bonus: 1 in 2017 (M-ACI-08), 2 in 2018 (M-ACI-09)."""
    edition_bonus: int
    """For 2015-edition technology alone (M-ACI-10); 0 in 2017."""
    activity_bonus: str
    """Id of the bonus for activities done with certified technology (M-ACI-11)."""


BASE_POINTS: Final = 50
PERFORMANCE_CAP: Final = 90
REGISTRY_BONUS: Final = 5
ACTIVITY_BONUS: Final = 10


def base_performance(prefix: str, *, part_prefix: str, later: bool) -> BasePerformance:
    """The tables of 6.1; `later` selects the registry and bonus rules of 2018."""

    def ids(*names: str) -> tuple[str, ...]:
        return tuple(prefix + name for name in names)

    def either(*ways: str, weight: int = 10) -> Alternatives:
        return Alternatives(tuple(((prefix + way, weight),) for way in ways))

    hie = Alternatives(
        (((prefix + "HIE_1", 10), (prefix + "HIE_2", 10)), ((prefix + "TRANS_HIE_1", 20),)), in_base=True
    )
    access = Alternatives((((prefix + "PEA_1", 10),), ((prefix + "TRANS_PEA_1", 20),)), in_base=True)
    optional = (
        either("PEA_2", "TRANS_PSE_1"),
        either("CCTPE_1", "TRANS_PEA_2"),
        either("CCTPE_2", "TRANS_SM_1"),
        either("CCTPE_3"),
        either("HIE_3", "TRANS_MR_1"),
    )
    registries = (
        Registry(ids("PHCDRR_1", "TRANS_PHCDRR_1"), ids("PHCDRR_1_MULTI", "TRANS_PHCDRR_1_MULTI")),
        Registry(ids("PHCDRR_2", "TRANS_PHCDRR_2"), ids("PHCDRR_2_MULTI", "TRANS_PHCDRR_2_MULTI")),
        Registry(ids("PHCDRR_3"), ids("PHCDRR_3_MULTI")),
        Registry(ids("PHCDRR_4"), ids("PHCDRR_4_MULTI")),
        Registry(ids("PHCDRR_5", "TRANS_PHCDRR_3"), ids("PHCDRR_5_MULTI", "TRANS_PHCDRR_3_MULTI")),
    )
    immunization = either("PHCDRR_1", "TRANS_PHCDRR_1")
    return BasePerformance(
        prefix=prefix,
        part_prefix=part_prefix,
        attestations=ids("INFBLO_1", "ONCDIR_1"),
        requirements=(
            Requirement("Security risk analysis", ids("PPHI_1", "TRANS_PPHI_1")),
            Requirement("e-Prescribing", ids("EP_1", "LVPP_1", "TRANS_EP_1", "TRANS_LVPP_1")),
            Requirement("Provide patient access", ids("PEA_1", "TRANS_PEA_1")),
            Requirement("HIE send", ids("HIE_1", "LVOTC_1", "TRANS_HIE_1", "TRANS_LVOTC_1")),
            Requirement("HIE receive", ids("HIE_2", "LVITC_1", "TRANS_HIE_1", "TRANS_LVOTC_1")),
        ),
        performance=(access, hie, *optional) if later else (access, hie, *optional, immunization),
        registries=registries if later else registries[1:],
        first_registry_points=10 if later else 0,
        registries_for_bonus=2 if later else 1,
        edition_bonus=10 if later else 0,
        activity_bonus=prefix + "IACEHRT_1",
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """A required proportion measure of 2019 (7.1)."""

    measure_id: str
    objective: str
    maximum: int
    exclusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicRegistry:
    """A public health measure of 2019 with the ids that belong to it."""

    measure_id: str
    multiple: str
    """Claims engagement with a further registry of its kind."""
    exclusions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectives:
    """Performance-based scoring of 2019."""

    attestations: tuple[str, ...]
    """Required true."""
    optional_attestation: str
    """Plays no part in conflicts (M-PI-09)."""
    risk_analysis: str
    prescribing: Scored
    sending: Scored
    receiving: Scored
    access: Scored
    registries: tuple[PublicRegistry, ...]
    """In the order in which they score."""
    registry_points: int
    bonus: tuple[tuple[str, int], ...]
    """(measure id, points): a true value or a numerator of at least 1 earns them (M-PI-07)."""

    @property
    def scored(self) -> tuple[Scored, ...]:
        """The required proportion measures in the order of the reallocation (M-PI-04)."""
        return self.prescribing, self.sending, self.receiving, self.access

    @property
    def excluding(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(measure id, ids of its exclusions) of every measure that has any."""
        measures = tuple((one.measure_id, one.exclusions) for one in self.scored if one.exclusions)
        return measures + tuple((one.measure_id, one.exclusions) for one in self.registries)


def _public_registry(measure_id: str) -> PublicRegistry:
    exclusions = tuple(f"{measure_id}_EX_{n}" for n in (1, 2, 3))
    return PublicRegistry(measure_id, f"{measure_id}_MULTI", exclusions)


PUBLIC_HEALTH: Final = "publicHealthAndClinicalDataExchange"
PRESCRIBING: Final = "electronicPrescribing"

OBJECTIVES_2019: Final = Objectives(
    attestations=("PI_INFBLO_1", "PI_ONCDIR_1"),
    optional_attestation="PI_ONCACB_1",
    risk_analysis="PI_PPHI_1",
    prescribing=Scored("PI_EP_1", PRESCRIBING, 10, ("PI_LVPP_1",)),
    sending=Scored("PI_HIE_1", "healthInformationExchangeSending", 20, ("PI_LVOTC_1",)),
    receiving=Scored("PI_HIE_4", "healthInformationExchangeReceiving", 20, ("PI_LVITC_2", "PI_CUITC_1")),
    access=Scored("PI_PEA_1", "providerToPatientExchange", 40),
    registries=tuple(_public_registry(f"PI_PHCDRR_{n}") for n in range(1, 6)),
    registry_points=10,
    bonus=(("PI_EP_2", 5), ("PI_EP_3", 5)),
)
