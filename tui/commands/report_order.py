"""What one run of `qportal report` is asked for, declared once for parsing and help.

Imported with every command line, so it imports next to nothing; what an order must fulfil is the business of
`report_checks`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

Format = Literal["table", "csv", "xlsx", "pdf", "json"]
OrgType = Literal["practice", "apm_entity", "virtual_group", "registry"]
Device = Literal["totp", "sms", "ivr", "email", "otsc"]
Purpose = Literal["ce", "ba"]

VIEW: Final = "view"
TABLE: Final = "table"
"""The command line's word for a report that is viewed."""


def _help(text: str, variable: str | None = None) -> Parameter:
    return Parameter(help=text, env_var=None if variable is None else f"QPORTAL_{variable}")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Order:
    """The options, checked as far as their types go.

    What binds the person (terms, purpose, replacing a file) has no variable: each run says it anew.
    """

    user: Annotated[str, _help("User ID.", "USER")]
    year: Annotated[int, _help("Program year of the report.", "YEAR")]
    report: Annotated[str, _help("Report, for example R-PQRS-2011 or R-MIPS-2019.", "REPORT")]
    practice: Annotated[
        str, _help("Words of the name, or the last four digits of the TIN: one row must match.", "PRACTICE")
    ] = field(repr=False)
    level: Annotated[
        str | None,
        _help("Level of a MIPS report: group, individual, apm_entity or virtual_group.", "LEVEL"),
    ] = None
    clinician: Annotated[
        str | None,
        _help(
            "Clinician of level individual: words of the name, or the last four digits of the NPI.",
            "CLINICIAN",
        ),
    ] = field(default=None, repr=False)
    org_type: Annotated[OrgType, _help("Organization type.", "ORG_TYPE")] = "practice"
    purpose: Annotated[
        Purpose, _help("Purpose of use: ce, HIPAA covered entity, or ba, its business associate.")
    ]
    device: Annotated[Device, _help("MFA device type that is registered for the account.", "DEVICE")]
    format: Annotated[Format, _help("What to write; csv is a zip of one file for each table.", "FORMAT")] = (
        "table"
    )
    output: Annotated[Path | None, _help("File to write instead of standard output.", "OUTPUT")] = None
    force: Annotated[bool, Parameter(negative="", help="Replace the output file if it exists.")] = False

    @property
    def action(self) -> str:
        """The portal's name of the format: a table is the report viewed, the rest are files."""
        return VIEW if self.format == TABLE else self.format
