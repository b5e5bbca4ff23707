"""Hand-made reports: the worked example of accessibility 5.3, and one with groups, totals and sections."""

from decimal import Decimal

from client.messages.report import (
    Blank,
    Cell,
    Count,
    Fact,
    Footnote,
    MeasureNumber,
    Money,
    NotApplicable,
    Percent,
    Report,
    ReportColumn,
    ReportRow,
    ReportTable,
    Section,
    TableOutline,
    Text,
)

_STROKE = "Stroke and Stroke Rehabilitation: "
_EXAMPLE_ROWS = [
    (
        "31",
        f"{_STROKE}Deep Vein Thrombosis Prophylaxis (DVT) for Ischemic Stroke or Intracranial Hemorrhage",
        520,
        451,
        87,
    ),
    ("32", f"{_STROKE}Discharged on Antiplatelet Therapy", 500, 400, 80),
    ("33", f"{_STROKE}Anticoagulant Therapy Prescribed for Atrial Fibrillation at Discharge", 300, 243, 81),
    ("34", f"{_STROKE}Tissue Plasminogen Activator (t-PA) Considered", 250, 185, 74),
    ("35", f"{_STROKE}Screening for Dysphagia", 200, 170, 85),
    ("36", f"{_STROKE}Consideration of Rehabilitation Services", 150, 123, 82),
    ("47", "Advance Care Plan", 100, 73, 73),
    (
        "124",
        "Health Information Technology (HIT): Adoption/Use of Electronic Health Records (EHR)",
        100,
        63,
        63,
    ),
]

STROKE_TABLE = ReportTable(
    id="T2-IND-REG-12",
    title="Reporting Detail of Information Submitted by Registries for Individual Measures - 12 Months",
    columns=[
        ReportColumn(id="number", heading="Measure #", short="Measure", kind="measure"),
        ReportColumn(id="title", heading="Measure Title", short="Title", kind="text"),
        ReportColumn(
            id="den", heading="Reporting Denominator: Eligible Instances", short="Eligible", kind="count"
        ),
        ReportColumn(
            id="num",
            heading="Reporting Numerator: Required Quality Data Reported",
            short="Reported",
            kind="count",
            note="d",
        ),
        ReportColumn(id="rate", heading="Reporting Rate", short="Rate", kind="percent", note="11"),
    ],
    rows=[
        ReportRow(
            id=number,
            cells=[MeasureNumber(number), Text(title), Count(den), Count(num), Percent(Decimal(rate))],
        )
        for number, title, den, num, rate in _EXAMPLE_ROWS
    ],
    footnotes=[Footnote(mark="11", text="Numerator divided by denominator.")],
)


def outline(*tables: ReportTable) -> list[TableOutline]:
    """The outline of some tables."""
    return [TableOutline(id=t.id, title=t.title, short=t.title[:30], rows=len(t.rows)) for t in tables]


def report(*sections: Section) -> Report:
    """A report of sections."""
    return Report(
        id="r1",
        catalogue_id="R-PQRS-2011",
        title="2011 PQRS Feedback Report",
        year=2011,
        synthetic=True,
        facts=[Fact(label="Program year", value="2011")],
        cautions=["This report is confidential."],
        sections=list(sections),
    )


def section(name: str, title: str, *tables: ReportTable, npi: str | None = None) -> Section:
    """A section with its tables."""
    return Section(id=name, title=title, npi=npi, outline=outline(*tables), tables=list(tables))


EXAMPLE = report(section("TIN", "Tax ID XXXXX4802", STROKE_TABLE))


def row(name: str, *cells: Cell, kind: str = "data") -> ReportRow:
    """A row."""
    return ReportRow(id=name, kind=kind, cells=list(cells))  # type: ignore[arg-type]


GROUPED = ReportTable(
    id="T1",
    title="Incentive",
    caption=["Sorted by NPI Number", "Tax ID Number: XXXXX4802"],
    columns=[
        ReportColumn(id="npi", heading="NPI", short="NPI", kind="text"),
        ReportColumn(id="amount", heading="Amount", short="Amount", kind="money", note="3"),
    ],
    rows=[
        row("g1", Text("Diabetes"), Blank(), kind="group"),
        row("1", Text("0999010016"), Money(Decimal("50000"))),
        row("2", Text("0999010024"), NotApplicable()),
        row("s1", Text("Total:"), Money(Decimal("50000")), kind="total"),
    ],
    notes=["Amounts are synthetic."],
    footnotes=[Footnote(mark="3", text="Paid once.")],
)
PLAIN_TOTAL = ReportTable(
    id="T3",
    title="Amounts",
    columns=GROUPED.columns,
    rows=[
        row("1", Text("0999010016"), Money(Decimal("-1.5"))),
        row("t", Text("Total:"), Money(Decimal("-1.5")), kind="total"),
    ],
)
EMPTY = ReportTable(id="T9", title="Nothing here", columns=GROUPED.columns, rows=[])


def long_table(rows: int) -> ReportTable:
    """A table with so many rows, each with its number."""
    return ReportTable(
        id="LONG",
        title="Long",
        columns=[
            ReportColumn(id="n", heading="Number", short="No", kind="count"),
            ReportColumn(id="w", heading="Reporting Rate", short="Rate", kind="percent"),
        ],
        rows=[row(str(n), Count(n), Percent(Decimal(n % 100))) for n in range(1, rows + 1)],
    )


SECTIONS = report(
    section("TIN", "Tax ID XXXXX4802", GROUPED, PLAIN_TOTAL),
    section("0999010016", "NPI 0999010016, Rowan Alder", GROUPED, npi="0999010016"),
    section("0999010024", "NPI 0999010024, Maya Fennel", PLAIN_TOTAL, npi="0999010024"),
)
