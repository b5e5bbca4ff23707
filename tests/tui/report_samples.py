"""Hand-made report values for the tests of the viewer: small, wide, foreign and hostile."""

from collections.abc import Sequence
from decimal import Decimal

from client.messages.report import (
    Blank,
    Cell,
    Count,
    Fact,
    Footnote,
    Identifier,
    MeasureNumber,
    Money,
    NotApplicable,
    Null,
    Percent,
    Report,
    ReportColumn,
    ReportRow,
    ReportTable,
    Section,
    TableOutline,
    Text,
)

LONG_TITLE = (
    "Stroke and Stroke Rehabilitation: Deep Vein Thrombosis Prophylaxis (DVT) for Ischemic Stroke or "
    "Intracranial Hemorrhage"
)
MARKUP = "[@click=app.quit]x[/] [/nope] [bold"
NAMES = (
    "Rowan Alder",
    "Maya Fennel",
    "王小明 診所",
    "محمد الدمو",
    "דנה דמו",
    "Zoë A\u0301\u0302 Demo",
    MARKUP,
    "An Extraordinarily Long Invented Name of a Demo Clinician",
)


def column(id: str, heading: str, kind: str = "text", short: str = "", **more: str) -> ReportColumn:  # noqa: A002
    return ReportColumn(id=id, heading=heading, short=short or heading[:12], kind=kind, **more)  # type: ignore[arg-type]


def earned_incentive(rows: int = 14) -> ReportTable:
    """Table 1: an identifier, a name, words, money with `N/A`, a total row."""
    body = [
        ReportRow(
            id=f"r{number}",
            cells=[
                Identifier(f"09990100{number:02d}"),
                Text(NAMES[number % len(NAMES)]),
                Text(
                    "Individual measure(s) reporting via registry" if number % 2 else "Measures Groups - 30"
                ),
                Text("12 months" if number % 3 else "6 months"),
                Text("Insufficient # of beneficiaries reported" if number % 2 else "Satisfactory"),
                Money(Decimal(133_333) * (number + 1) / 100),
                NotApplicable() if number % 2 else Money(Decimal("1333.33") * number),
            ],
        )
        for number in range(rows)
    ]
    total: list[Cell] = [Text("Total:"), *[Blank()] * 5, Money(Decimal("12345.60"))]
    return ReportTable(
        id="T1",
        title="Table 1: Earned Incentive Summary for Taxpayer Identification Number (Tax ID)",
        caption=[
            "(TIN-LEVEL REPORT WITH INDIVIDUAL NPIS)",
            "Sorted by NPI Number",
            "Tax ID Number: XXXXX4802",
        ],
        columns=[
            column("npi", "NPI", "identifier"),
            column("name", "NPI Name*"),
            column("method", "Method of Reporting", short="Method"),
            column("period", "Reporting Period", short="Period"),
            column("rationale", "Incentive Eligibility Rationale", short="Rationale"),
            column(
                "charges",
                "Total Estimated Allowed Medicare Part B PFS Charges for the Reporting Period",
                "money",
                "Charges",
                note="2",
            ),
            column(
                "earned",
                "Physician Quality Reporting NPI Total Earned Incentive Amount",
                "money",
                "Earned",
                note="3",
            ),
        ],
        rows=[*body, ReportRow(id="total", kind="total", cells=total)],
        notes=["Registry figures were calculated and supplied by the 2011 registries."],
        footnotes=[
            Footnote(mark="2", text="Estimated allowed charges of the period of the row."),
            Footnote(mark="3", text="1.0% of [2]; N/A where the NPI is not eligible."),
        ],
    )


def performance(rows: int = 96, id: str = "T4-IND-CLM-12") -> ReportTable:  # noqa: A002
    """Table 4: group rows, counts, rates with one decimal beside whole ones, `NULL`."""
    measures = [
        ReportRow(
            id=f"m{number}",
            cells=[
                MeasureNumber(str(number + 1)),
                Text(LONG_TITLE if number % 2 else "Advance Care Plan"),
                Count(number * 37),
                Count(number),
                Null() if number % 5 == 4 else Percent(Decimal(number % 101)),
                Percent(Decimal(number * 7 % 1000) / 10, 1),
            ],
        )
        for number in range(rows)
    ]
    group = ReportRow(id="g", kind="group", cells=[Blank(), Text("Diabetes Mellitus"), *[Blank()] * 4])
    error = "QDC Submission Error Detail"
    return ReportTable(
        id=id,
        title="Claims Performance Information for Individual Measures - 12 Months",
        columns=[
            column("measure", "Measure #", "measure"),
            column("title", "Measure Title"),
            column(
                "numerator", "Reporting Numerator: Valid QDCs Reported (A)", "count", "Reported", note="1"
            ),
            column("exclusions", "Total # of Valid Exclusions (B)", "count", "Exclusions", span=error),
            column("rate", "Performance Rate", "percent", "Rate", note="6", span=error),
            column("mean", "National Mean Performance Rate", "percent", "Mean", span=error),
        ],
        rows=[group, *measures],
        footnotes=[Footnote(mark="6", text="Met divided by the denominator; NULL = only exclusions.")],
    )


def outline(table: ReportTable) -> TableOutline:
    return TableOutline(id=table.id, title=table.title, short=table.title[:30], rows=len(table.rows))


def section(id: str, title: str, tables: Sequence[ReportTable], *, loaded: bool = True) -> Section:  # noqa: A002
    npi = id if id.isdigit() else None
    return Section(
        id=id,
        title=title,
        npi=npi,
        name=title if npi else None,
        outline=[outline(table) for table in tables],
        tables=list(tables) if loaded else [],
    )


def report(*loaded: str, professionals: int = 3) -> Report:
    """A TIN section and some professionals; only the sections named in `loaded` bring their tables."""
    sections = [section("TIN", "Practice", [earned_incentive()], loaded="TIN" in loaded)]
    for number in range(professionals):
        npi = f"09990100{number:02d}"
        tables = [performance(12, "T4-IND-CLM-6"), performance(96)]
        sections.append(section(npi, NAMES[number % len(NAMES)], tables, loaded=npi in loaded))
    return Report(
        id="run-1",
        catalogue_id="R-PQRS-2011",
        title="2011 PQRS Feedback Report",
        year=2011,
        synthetic=True,
        facts=[
            Fact(label="Notice", value="Unofficial simulation with invented data."),
            Fact(label="Organization", value="ALDER CREEK DEMO CLINIC LLC:4802"),
            Fact(label="Tax ID Number", value="XXXXX4802"),
        ],
        cautions=["The Tax ID field may hold part of a Social Security Number."],
        sections=sections,
    )
