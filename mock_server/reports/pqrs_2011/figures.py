"""What tells the measure tables of the eleven methods apart: titles, second heading, columns (6.5, 6.7).

Everything else about Figures 1.4 to 1.10 and 1.12 to 1.18 is common and stands in `measure_tables`. The exact
titles differ from method to method in ways that no rule covers, so they are written out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mock_server.reference.pqrs_2011.methods import METHODS, Method, MethodCode

_INDIVIDUAL: Final = "Measure Title"
_GROUPS: Final = "Measures Groups (with Measures Titles)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The Table 2 detail and the Table 4 of one method."""

    method: Method
    reporting_title: str
    performance_title: str
    second_heading: str
    """Of the title column in Table 2."""
    second_performance_heading: str
    national_mean: bool
    """Whether Table 4 has the column."""
    short: str
    """For the list of tables, with the period at most 27 cells."""

    @property
    def claims(self) -> bool:
        """Whether quality-data codes came on claims: their columns and wording differ."""
        return self.method.mechanism == "claims"

    @property
    def reporting_rate(self) -> bool:
        """Whether Table 2 shows rates; by 30 beneficiaries its rows count different things (P-T2-12)."""
        return self.method.kind != "beneficiaries"


def _figure(code: MethodCode, short: str, reporting: str, performance: str, second: str = "") -> Figure:
    method = METHODS[code]
    heading = _GROUPS if method.groups else _INDIVIDUAL
    return Figure(
        method=method,
        reporting_title=reporting,
        performance_title=performance,
        second_heading=heading,
        second_performance_heading=second or heading,
        national_mean=method.mechanism != "registry",
        short=f"{short}, {method.period}",
    )


_BY_REGISTRIES: Final = "Reporting Detail of Information Submitted by Registries for"
_CLAIMS: Final = "Claims Reporting Detail for"
_PERFORMANCE: Final = "Registry Performance Information for"

FIGURES: Final[Mapping[MethodCode, Figure]] = MappingProxyType(
    {
        figure.method.code: figure
        for figure in (
            _figure(
                "IND-CLM-12",
                "Claims",
                f"{_CLAIMS} Individual Measures - 12 Months",
                "Claims Performance Information for Individual Measures - 12 Months",
            ),
            _figure(
                "IND-CLM-6",
                "Claims",
                f"{_CLAIMS} Individual Measures - 6 Months",
                "Claims Performance Information for Individual Measures - 6 Months",
            ),
            _figure(
                "IND-EHR-12",
                "EHR",
                "EHR Data Submission Reporting Detail - 12 Months",
                "EHR Data Submission Performance Information – 12 months (Based on Data Submitted by EHR)",
                "Measures Titles",
            ),
            _figure(
                "IND-REG-12",
                "Registry",
                f"{_BY_REGISTRIES} Individual Measures - 12 Months",
                "Registry Performance Information for Individual Measures - 12 Months",
            ),
            _figure(
                "IND-REG-6",
                "Registry",
                f"{_BY_REGISTRIES} Individual Measures - 6 Months",
                "Registry Performance Information for Individual Measures - 6 Months",
            ),
            _figure(
                "MG30-CLM-12",
                "30 via claims",
                f"{_CLAIMS} Measures Groups 30 Beneficiary Method - 12 Months",
                "Claims Performance Information for Measures Groups 30 Beneficiary Method - 12 months",
            ),
            _figure(
                "MG30-REG-12",
                "30 via registry",
                f"{_BY_REGISTRIES} the 30 Beneficiaries Measures Groups Method - 12 months",
                f"{_PERFORMANCE} the 30 Beneficiaries Measures Groups Method - 12 months",
            ),
            _figure(
                "MG50-CLM-12",
                "50% via claims",
                f"{_CLAIMS} Measures Groups 50% Method - 12 Months, 15 Eligible Instances Required",
                "Claims Performance Information for Measures Groups 50% Method (12 months)",
            ),
            _figure(
                "MG50-CLM-6",
                "50% via claims",
                f"{_CLAIMS} Measures Groups 50% Method - 6 Months, 8 Eligible Instances Required",
                "Claims Performance Information for Measures Groups 50% Method (6 months)",
            ),
            _figure(
                "MG80-REG-12",
                "80% via registry",
                f"{_BY_REGISTRIES} the 80% Eligible Instances Measures Groups Method - 12 months "
                "(15 Eligible Instances Required)",
                f"{_PERFORMANCE} the 80% Eligible Instances Measures Groups Method - 12 months",
            ),
            _figure(
                "MG80-REG-6",
                "80% via registry",
                f"{_BY_REGISTRIES} the 80% Eligible Instances Measures Groups Method - 6 months "
                "(8 Eligible Instances Required)",
                f"{_PERFORMANCE} the 80% Eligible Instances Measures Groups Method - 6 months",
            ),
        )
    }
)
"""Figure by method code, in canonical order."""
