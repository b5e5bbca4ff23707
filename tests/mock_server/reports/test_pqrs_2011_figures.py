"""Titles and headings of Figures 1.1 to 1.18, exactly as pqrs-2011 6.4 to 6.7 lay them down."""

import pytest

from client.messages.report import Report
from mock_server.reports.pqrs_2011 import build_report
from tests.mock_server.reports.samples import every_method, headings, table

NPI = "1200000010"
DENOMINATOR = "Reporting Denominator: Eligible Instances"
QDCS, DATA = (
    "Reporting Numerator: QDCs Correctly Reported",
    "Reporting Numerator: Required Quality Data Reported",
)
CLAIMS_ONLY = ["No QDC Reported", "Number of Instances of QDC Reporting Errors"]
TITLE, GROUPS = "Measure Title", "Measures Groups (with Measures Titles)"
BY_REGISTRIES = "Reporting Detail of Information Submitted by Registries for"
EIGHTY = "the 80% Eligible Instances Measures Groups Method"
FIFTY = "Claims Reporting Detail for Measures Groups 50% Method"
PERFORMANCE = [
    "Total # of Valid Exclusions (B)",
    "Performance Denominator (A-B)",
    "Performance Met",
    "Performance Not Met",
    "Performance Rate",
]
VALID_QDCS, VALID_DATA = (
    "Reporting Numerator: Valid QDCs Reported (A)",
    "Reporting Numerator: Valid Quality Data Reported (A)",
)
MEAN = ["Physician Quality Reporting National Mean Performance Rate"]

CLAIMS_COLUMNS = [DENOMINATOR, QDCS, *CLAIMS_ONLY, "Reporting Rate"]
REPORTING = {
    "IND-CLM-12": ("Claims Reporting Detail for Individual Measures - 12 Months", [TITLE, *CLAIMS_COLUMNS]),
    "IND-CLM-6": ("Claims Reporting Detail for Individual Measures - 6 Months", [TITLE, *CLAIMS_COLUMNS]),
    "IND-EHR-12": (
        "EHR Data Submission Reporting Detail - 12 Months",
        [TITLE, DENOMINATOR, DATA, "Reporting Rate"],
    ),
    "IND-REG-12": (
        f"{BY_REGISTRIES} Individual Measures - 12 Months",
        [TITLE, DENOMINATOR, DATA, "Reporting Rate"],
    ),
    "IND-REG-6": (
        f"{BY_REGISTRIES} Individual Measures - 6 Months",
        [TITLE, DENOMINATOR, DATA, "Reporting Rate"],
    ),
    "MG30-CLM-12": (
        "Claims Reporting Detail for Measures Groups 30 Beneficiary Method - 12 Months",
        [GROUPS, DENOMINATOR, QDCS, *CLAIMS_ONLY],
    ),
    "MG30-REG-12": (
        f"{BY_REGISTRIES} the 30 Beneficiaries Measures Groups Method - 12 months",
        [GROUPS, DENOMINATOR, DATA],
    ),
    "MG50-CLM-12": (f"{FIFTY} - 12 Months, 15 Eligible Instances Required", [GROUPS, *CLAIMS_COLUMNS]),
    "MG50-CLM-6": (f"{FIFTY} - 6 Months, 8 Eligible Instances Required", [GROUPS, *CLAIMS_COLUMNS]),
    "MG80-REG-12": (
        f"{BY_REGISTRIES} {EIGHTY} - 12 months (15 Eligible Instances Required)",
        [GROUPS, DENOMINATOR, DATA, "Reporting Rate"],
    ),
    "MG80-REG-6": (
        f"{BY_REGISTRIES} {EIGHTY} - 6 months (8 Eligible Instances Required)",
        [GROUPS, DENOMINATOR, DATA, "Reporting Rate"],
    ),
}
"""Method -> title and headings after `Measure #` of Figures 1.4 to 1.10."""

FIGURES_4 = {
    "IND-CLM-12": (
        "Claims Performance Information for Individual Measures - 12 Months",
        [TITLE, VALID_QDCS, *PERFORMANCE, *MEAN],
    ),
    "IND-CLM-6": (
        "Claims Performance Information for Individual Measures - 6 Months",
        [TITLE, VALID_QDCS, *PERFORMANCE, *MEAN],
    ),
    "IND-EHR-12": (
        "EHR Data Submission Performance Information – 12 months (Based on Data Submitted by EHR)",
        ["Measures Titles", VALID_DATA, *PERFORMANCE, *MEAN],
    ),
    "IND-REG-12": (
        "Registry Performance Information for Individual Measures - 12 Months",
        [TITLE, VALID_DATA, *PERFORMANCE],
    ),
    "IND-REG-6": (
        "Registry Performance Information for Individual Measures - 6 Months",
        [TITLE, VALID_DATA, *PERFORMANCE],
    ),
    "MG30-CLM-12": (
        "Claims Performance Information for Measures Groups 30 Beneficiary Method - 12 months",
        [GROUPS, VALID_QDCS, *PERFORMANCE, *MEAN],
    ),
    "MG30-REG-12": (
        "Registry Performance Information for the 30 Beneficiaries Measures Groups Method - 12 months",
        [GROUPS, VALID_DATA, *PERFORMANCE],
    ),
    "MG50-CLM-12": (
        "Claims Performance Information for Measures Groups 50% Method (12 months)",
        [GROUPS, VALID_QDCS, *PERFORMANCE, *MEAN],
    ),
    "MG50-CLM-6": (
        "Claims Performance Information for Measures Groups 50% Method (6 months)",
        [GROUPS, VALID_QDCS, *PERFORMANCE, *MEAN],
    ),
    "MG80-REG-12": (
        f"Registry Performance Information for {EIGHTY} - 12 months",
        [GROUPS, VALID_DATA, *PERFORMANCE],
    ),
    "MG80-REG-6": (
        f"Registry Performance Information for {EIGHTY} - 6 months",
        [GROUPS, VALID_DATA, *PERFORMANCE],
    ),
}
"""Method -> title and headings after `Measure #` of Figures 1.12 to 1.18."""

INSTANCE = "Measure Reported on an Instance with"
TABLE_3 = [
    "Measure #",
    "Measure Title",
    "Number of Times Quality Data Was Reported",
    "Number of Times Quality Data Was Reported Correctly",
    "% of Correctly Reported Quality Data",
    f"{INSTANCE} an Incorrect Gender",
    f"{INSTANCE} an Incorrect Age",
    f"{INSTANCE} an Incorrect CPT Code",
    f"{INSTANCE} an Incorrect DX Code",
    f"{INSTANCE} an Incorrect CPT Code and an Incorrect DX Code",
    f"{INSTANCE} a Missing CPT Code",
    f"{INSTANCE} a Missing CPT Code and an Incorrect DX Code",
]


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(every_method())


def test_p_json_tables_of_all_eleven_methods_in_order(report: Report) -> None:
    tin, professional = report.sections
    assert [table.id for table in tin.tables] == ["T1-HEAD", "T1-SPLIT", "T1", "MOC-T1"]
    assert [table.id for table in professional.tables] == [
        *("T2-A", "T2-B", "T2-C", "T2-D"),
        *(f"T2-E-{method}" for method in REPORTING),
        *("T3-12", "T3-6"),
        *(f"T4-{method}" for method in FIGURES_4),
    ]


@pytest.mark.parametrize("method", REPORTING)
def test_p_t2_10_figures_1_4_to_1_10(report: Report, method: str) -> None:
    shown = table(report, f"T2-E-{method}", NPI)
    title, columns = REPORTING[method]
    assert (shown.title, headings(shown)) == (title, ["Measure #", *columns])


@pytest.mark.parametrize("method", FIGURES_4)
def test_figures_1_12_to_1_18(report: Report, method: str) -> None:
    shown = table(report, f"T4-{method}", NPI)
    title, columns = FIGURES_4[method]
    assert (shown.title, headings(shown)) == (title, ["Measure #", *columns])


@pytest.mark.parametrize(("table_id", "months"), [("T3-12", 12), ("T3-6", 6)])
def test_figure_1_11_submission_errors(report: Report, table_id: str, months: int) -> None:
    shown = table(report, table_id, NPI)
    assert (shown.title, headings(shown)) == ("Table 3: NPI QDC Submission Error Detail", TABLE_3)
    assert [column.note for column in shown.columns[2:]] == [str(note) for note in range(1, 11)]
    assert {column.span for column in shown.columns[2:]} == {"QDC Submission Error Detail"}
    assert shown.caption[0] == (f"(INDIVIDUAL NPI SUBMISSION ERROR REPORT - {months} MONTH REPORTING PERIOD)")
    assert shown.caption[-1] == (
        f"Method of Reporting: Individual measure(s) reporting via claims for {months} months"
    )


def test_figure_1_1_headings_and_header_lines(report: Report) -> None:
    head, split, summary, moc = report.sections[0].tables
    title = "Table 1: Earned Incentive Summary for Taxpayer Identification Number (Tax ID)"
    assert (head.title, summary.title) == (title, title)
    assert headings(head) == ["Total Tax ID Earned Incentive Amount for NPIs (listed below)"]
    assert split.title == (
        "Distribution of Total Incentive Earned Among A/B MACs and Carriers That Processed Payments"
    )
    assert headings(split) == [
        "A/B MAC and Carrier Identification #",
        "Tax ID Earned Incentive Amount Under A/B MAC and Carrier",
    ]
    assert headings(summary) == [
        "NPI",
        "NPI Name*",
        "Method of Reporting",
        "Reporting Period",
        "Incentive Eligibility Rationale",
        "Total Estimated Allowed Medicare Part B PFS Charges for the Reporting Period",
        "Physician Quality Reporting NPI Total Earned Incentive Amount",
    ]
    assert head.caption[0] == "(TIN-LEVEL REPORT WITH INDIVIDUAL NPIS)"
    assert head.caption[-3:] == [
        "Sorted by NPI Number and Sub-Sorted by Total Earned Incentive Amount and Method of Reporting",
        "Tax ID Name*: Not Available",
        "Tax ID Number: XXXXX4321",
    ]
    assert moc.title == "Table 1: Maintenance of Certification Program Incentive Summary"
    assert headings(moc)[2:] == [
        "Total Estimated Allowed Medicare Part B PFS Charges",
        "Maintenance of Certification Program Satisfactorily Reporting Participant (Yes/No)",
        "Maintenance of Certification Total Earned Incentive Amount (0.5%)",
    ]


def test_figures_1_2_and_1_3_blocks_a_to_d(report: Report) -> None:
    blocks = [table(report, f"T2-{block}", NPI) for block in "ABCD"]
    assert [block.title for block in blocks] == [
        "Incentive Summary",
        "Participation Summary",
        "Maintenance of Certification Program Summary",
        "Reporting Detail Summary",
    ]
    assert [headings(block) for block in blocks] == [
        [
            "Total NPI Incentive Amount Earned for the Reporting Period",
            "Total Estimated Allowed Medicare Part B PFS Charges for the Reporting Period",
            "Physician Quality Reporting Incentive Amount",
            "Maintenance of Certification Total Earned Incentive Amount (0.5%)",
        ],
        [
            "Method Reported",
            "Reporting Period",
            "Registry/EHR Name (If Applicable)",
            "Incentive Eligible for Method Reported",
            "Reporting Method/Period Selected for Incentive Payment",
        ],
        [
            "Maintenance of Certification Program Requirements Satisfactorily Reported",
            "Maintenance of Certification Program Incentive Eligible",
        ],
        [
            "Method of Reporting",
            "Reporting Period",
            "Incentive Eligible (Yes/No)",
            "Incentive Eligibility Rationale",
            "Total # Measures Groups Reported",
            "Total # Measures Reported",
            "Total # Measures Reported on Denominator Eligible Instances",
            "Total # Measures Satisfactorily Reported",
        ],
    ]


def test_every_footnote_mark_of_a_column_has_its_text(report: Report) -> None:
    for section in report.sections:
        for shown in section.tables:
            marks = {note.mark for note in shown.footnotes}
            assert {column.note for column in shown.columns if column.note} <= marks, shown.id


def test_short_names_fit_narrow_views(report: Report) -> None:
    for section in report.sections:
        for shown, outline in zip(section.tables, section.outline, strict=True):
            assert (outline.id, outline.title, outline.rows) == (shown.id, shown.title, len(shown.rows))
            assert len(outline.short) <= 30, outline.short
            assert all(0 < len(column.short) <= 12 for column in shown.columns), shown.id


def test_rows_and_columns_have_unique_ids(report: Report) -> None:
    for section in report.sections:
        for shown in section.tables:
            assert len({row.id for row in shown.rows}) == len(shown.rows), shown.id
            assert len({column.id for column in shown.columns}) == len(shown.columns), shown.id
            assert all(len(row.cells) == len(shown.columns) for row in shown.rows), shown.id


def test_p_fmt_9_no_table_shows_the_full_tin(report: Report) -> None:
    assert "987654321" not in repr(report)


def test_n_sim_01_and_cautions_stand_in_every_header(report: Report) -> None:
    facts = {fact.label: fact.value for fact in report.facts}
    assert facts["Notice"].startswith("Unofficial simulation")
    assert facts["Organization"] == "Not Available:4321"
    assert facts["Report"] == (
        "2011 PHYSICIAN QUALITY REPORTING SYSTEM (PHYSICIAN QUALITY REPORTING) FEEDBACK REPORT"
    )
    assert [caution.split(":")[0] for caution in report.cautions] == [
        "The Tax ID field may hold part of a Social Security Number. Handle, store and destroy this report "
        "so that nobody's identity is exposed.",
        "This report is confidential",
    ]
