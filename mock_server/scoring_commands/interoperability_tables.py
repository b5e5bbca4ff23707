"""Promoting Interoperability in tables: the measures, and what the category lacks."""

from typing import Final

from client.messages.report import Blank, Cell, Count, ReportTable
from mock_server.reference.mips.measures import PiMeasure
from mock_server.reference.mips.years import MipsYear
from mock_server.scoring.mips.interoperability.record import PiMeasureScore, PiSet
from mock_server.scoring.mips.submission import Proportion
from mock_server.scoring_commands.cells import column, name, table, words

_MEASURES: Final = [
    column("measure", "Measure", "identifier"),
    column("title", "Title", "text"),
    column("value", "Reported", "text"),
    column("points", "Points", "count"),
    column("of", "Of", "count"),
    column("status", "Status", "text"),
]
_PARTS: Final = [column("part", "Part", "text"), column("points", "Points", "count")]
_PART_NAMES: Final = {
    "attestation": "Attestations",
    "protectPatientHealthInformation": "Protect patient health information",
    "electronicPrescribing": "e-Prescribing",
    "healthInformationExchangeSending": "Health information exchange, sending",
    "healthInformationExchangeReceiving": "Health information exchange, receiving",
    "providerToPatientExchange": "Provider to patient exchange",
    "publicHealthAndClinicalDataExchange": "Public health and clinical data exchange",
    "base": "Base score and the performance of its measures",
    "performance": "Performance of the other measures",
    "bonus": "Bonus",
    "cehrt_bonus": "Bonus for activities with certified technology",
}
"""Groups of 2017 and 2018 by the end of their name, objectives of 2019."""
_LACKS: Final = [column("missing", "Missing", "text")]


def interoperability_tables(scored: PiSet, reference: MipsYear) -> list[ReportTable]:
    """The tables of one set."""
    measures = [_row(one, reference.pi.get(one.measure_id)) for one in scored.measures]
    parts: list[list[Cell]] = [
        [words(part_name(part.name)), Count(part.points.value)] for part in scored.parts
    ]
    parts.append([words("Percent"), Count(scored.percent.value)])
    lacks: list[list[Cell]] = [[words(missing)] for missing in scored.missing]
    note = "The category counts 0 until nothing is missing."
    return [
        *([table("PI-MISSING", "What is missing", _LACKS, lacks, [note])] if lacks else []),
        *([table("PI-MEASURES", "Measures", _MEASURES, measures)] if measures else []),
        table("PI-SUM", "From points to percent", _PARTS, parts),
    ]


def _row(one: PiMeasureScore, reference: PiMeasure | None) -> list[Cell]:
    return [
        name(one.measure_id),
        words("" if reference is None else reference.title),
        words(reported(one)),
        Blank() if one.points is None else Count(one.points.value),
        Blank() if one.points is None else Count(one.maximum),
        words(one.message or ("counts" if one.status == "PICKED" else "no points")),
    ]


def reported(one: PiMeasureScore) -> str:
    """The value as submitted: `60/100`, `Yes`."""
    if isinstance(one.value, Proportion):
        return f"{one.value.numerator}/{one.value.denominator}"
    return "Yes" if one.value is True else "No"


def part_name(name: str) -> str:
    """A group or objective in words."""
    return _PART_NAMES.get(name) or _PART_NAMES.get(name.partition("_")[2], name)
