"""The words of the 2011 report that more than one table prints (pqrs-2011 6.3), and its header lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_server.scenario.identifiers import mask_tin
from mock_server.scoring.pqrs.record import Practice, Professional

CATALOGUE_ID: Final = "R-PQRS-2011"
REPORT_NAME: Final = "2011 Physician Quality Reporting System (PQRS) Feedback Report"
TITLE_LINE: Final = "2011 PHYSICIAN QUALITY REPORTING SYSTEM (PHYSICIAN QUALITY REPORTING) FEEDBACK REPORT"
SIMULATION_NOTICE: Final = (
    "Unofficial simulation with invented data. Do not enter real credentials or patient data."
)
"""N-SIM-01."""
SYNTHETIC_NOTICE: Final = "Counts, charges and national means in this report are synthetic."
"""P-DM-53."""

INTRO: Final = (
    "2011 offered five claims methods, five registry methods and one EHR method to individuals, over twelve "
    "or six months, and two group options: GPRO I (web interface) and GPRO II (claims or registry). All data "
    "received for 2011 services was reviewed. A submission is valid when age, gender, diagnosis and CPT fit "
    "the measure. Where several methods were satisfied, the method with the most advantageous period decides "
    "the incentive. The Maintenance of Certification incentive needs success over twelve months."
)
NAME_NOTE: Final = (
    "* Names come from the national PECOS file by identifier. 'Not Available' means the enrolment was not "
    "found there or at the contractor when this report was made; it has no influence on enrolment or on the "
    "incentive."
)
REGISTRY_NOTE: Final = "Registry figures were calculated and supplied by the 2011 registries."
OFFSET_NOTE: Final = (
    "Incentives can be offset. Payment goes to the first NPI of the Tax ID; an offset on that NPI applies to "
    "the lump sum."
)
CAUTION: Final = (
    "The Tax ID field may hold part of a Social Security Number. Handle, store and destroy this report so "
    "that nobody's identity is exposed."
)
CONFIDENTIALITY: Final = (
    "This report is confidential: share it inside the practice only with people who have a stake in the "
    "summary, and the data of another professional only with that person's authorisation."
)
"""P-ACC-9."""

NOT_AVAILABLE: Final = "Not Available"


@dataclass(frozen=True, slots=True)
class Names:
    """Who a section is about, as header lines say it; the TIN only masked (P-FMT-9)."""

    tin: str
    tin_name: str
    npi: str = ""
    npi_name: str = ""

    @property
    def person(self) -> str:
        """How an explanation names the professional."""
        return f"NPI {self.npi}" if self.npi_name == NOT_AVAILABLE else self.npi_name


def names_of(practice: Practice, professional: Professional | None = None) -> Names:
    """Names of the TIN, and of the professional if the section is theirs."""
    tin, tin_name = mask_tin(practice.tin), practice.tin_name or NOT_AVAILABLE
    if professional is None:
        return Names(tin, tin_name)
    return Names(tin, tin_name, professional.npi, professional.npi_name or NOT_AVAILABLE)


@dataclass(frozen=True, slots=True)
class Heading:
    """Header lines of one report table, the common title line and the table's own title excepted."""

    level: str
    """`(INDIVIDUAL NPI REPORT)`, ..."""
    content: str
    """The sentence that closes the intro: what is in the table at hand."""
    lines: tuple[str, ...]
    """Table name, sort order, then names as templates over `Names`."""

    def caption(self, names: Names, title: str) -> tuple[str, ...]:
        """The lines with the names filled in, without the one that is the title already."""
        values: Mapping[str, str] = {
            "tin": names.tin, "tin_name": names.tin_name, "npi": names.npi, "npi_name": names.npi_name
        }  # fmt: skip
        filled = (line.format_map(values) for line in self.lines)
        return (self.level, INTRO, self.content, *(line for line in filled if line != title))


TIN_LINES: Final = ("Tax ID Name*: {tin_name}", "Tax ID Number: {tin}")

GUIDE: Final = "2011 PQRS Feedback Report User Guide, Appendix A"


def source(table: int) -> str:
    """The part of the user guide that defines the columns of Table `table`."""
    return f"{GUIDE}, Table {table}"
