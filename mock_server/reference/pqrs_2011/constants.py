"""Constants of the 2011 program (P-CFG-*) and the incentive years around it (pqrs-2011 5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

PROGRAM_YEAR = 2011
PQRS_RATE = Decimal("0.010")
"""P-CFG-6."""
MOC_RATE = Decimal("0.005")
"""P-CFG-7."""
MINIMUM_CONTRACTOR_PAYMENT = Decimal("20.00")
"""P-CFG-8."""
GPRO1_CASE_TARGET = 411
"""P-CFG-9 (unconfirmed)."""
MAV_MINIMUM: Mapping[int, int] = MappingProxyType({12: 30, 6: 15})
"""P-CFG-10 (unconfirmed): eligible instances from which a related measure counts, by months."""
ZERO_PERFORMANCE_DISCOUNT: Mapping[str, bool] = MappingProxyType(
    {"claims": False, "registry": True, "ehr": False, "gpro2_claims": False, "gpro2_registry": True}
)
"""P-CFG-11 (unconfirmed): whether a measure with zero performance is disregarded."""
CLAIMS_CUTOFF = date(2012, 2, 24)
"""P-CFG-12: 2011 services count if processed by then."""
SEQUESTRATION_START = date(2013, 4, 1)
SEQUESTRATION_SHARE = Decimal("0.98")
"""What is paid of an amount whose reporting period ends on or after the start (P-INC-20)."""


@dataclass(frozen=True, slots=True)
class IncentiveYear:
    """What a program year paid (pqrs-2011 5.2)."""

    year: int
    pqrs_rate: Decimal
    moc_rate: Decimal | None
    """`None`: no Maintenance of Certification incentive yet."""


INCENTIVE_YEARS: Mapping[int, IncentiveYear] = MappingProxyType(
    {
        year: IncentiveYear(year, Decimal(pqrs), Decimal(moc) if moc else None)
        for year, pqrs, moc in (
            (2007, "0.015", None),
            (2008, "0.015", None),
            (2009, "0.020", None),
            (2010, "0.020", None),
            (2011, "0.010", "0.005"),
            (2012, "0.005", "0.005"),
            (2013, "0.005", "0.005"),
            (2014, "0.005", "0.005"),
        )
    }
)
"""Program years with an incentive; 2014 was the last (P-INC-22)."""
