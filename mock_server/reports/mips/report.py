"""The MIPS performance feedback of one subject: sections planned lazily, built and explained alike.

Order: overview, one section per scored set of each category (the one that counts first), the list of the
clinicians, one section per clinician. Only sections that are asked for get their tables.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from client.messages.report import Explanation, Fact, Report
from mock_server.reports.document import SectionPlan, TablePlan
from mock_server.reports.explain import explain_cell as explain
from mock_server.reports.mips.activities import activity_tables, needed_table
from mock_server.reports.mips.clinicians import CLINICIANS, list_section, member_section
from mock_server.reports.mips.cost import cost_tables
from mock_server.reports.mips.feedback import Feedback
from mock_server.reports.mips.inputs import shown
from mock_server.reports.mips.interoperability import interoperability_tables, rolled_up_table
from mock_server.reports.mips.overview import overview_tables
from mock_server.reports.mips.quality import quality_tables
from mock_server.reports.mips.texts import SIMULATION_NOTICE, SYNTHETIC_NOTICE, category_notes, cautions
from mock_server.reports.mips.what_if import what_if_section
from mock_server.reports.mips.wording import WORDING
from mock_server.reports.mips.words import STATUSES, methods_of, name_of, source_of
from mock_server.scoring.mips.payment import payment_year
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rules import Slot

FIRST_SECTION: Final = "OVERVIEW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is known of a run of the report beside its figures."""

    id: str
    created_at: datetime | None = None
    facts: tuple[Fact, ...] = ()
    """Further header lines: run time, run by, purpose."""


def build_report(feedback: Feedback, run: Run, *, sections: Collection[str] | None = None) -> Report:
    """The report; `sections` names those that get their tables, None: all of them."""
    return Report(
        id=run.id,
        catalogue_id=feedback.catalogue_id,
        title=feedback.title,
        year=feedback.year,
        synthetic=True,
        facts=[*_facts(feedback), *run.facts],
        cautions=[*feedback.remarks, *cautions(final=feedback.is_final, pays=feedback.pays)],
        sections=[
            plan.build(with_tables=sections is None or plan.id in sections)
            for plan in section_plans(feedback)
        ],
        created_at=run.created_at,
    )


def explain_cell(
    feedback: Feedback, *, section: str, table: str, row: str, column: str
) -> Explanation | None:
    """Why a cell shows what it shows; None for a cell that is unknown or was not computed."""
    plan = section_plan(feedback, section)
    return None if plan is None else explain(plan, table, row, column, WORDING, shown)


def section_plans(feedback: Feedback) -> Iterator[SectionPlan]:
    """Every section of the report in order."""
    yield from _own_sections(feedback)
    if feedback.members:
        yield list_section(feedback)
        for member in feedback.members:
            yield member_section(feedback, member)


def section_plan(feedback: Feedback, section: str) -> SectionPlan | None:
    """One section, without planning the clinicians' others."""
    if section == CLINICIANS and feedback.members:
        return list_section(feedback)
    found = next((plan for plan in _own_sections(feedback) if plan.id == section), None)
    if found is not None:
        return found
    member = next((member for member in feedback.members if member.npi == section), None)
    return None if member is None else member_section(feedback, member)


def _own_sections(feedback: Feedback) -> Iterator[SectionPlan]:
    yield SectionPlan(id=FIRST_SECTION, title="Overview", tables=tuple(overview_tables(feedback)))
    if feedback.tree is None:
        return
    result = feedback.tree.result
    for made in (_quality, _interoperability, _activities, _cost):
        yield from made(result, feedback.about)
    what_if = what_if_section(result, feedback.about)
    if what_if is not None:
        yield what_if


def _facts(feedback: Feedback) -> Iterator[Fact]:
    yield Fact(label="Notice", value=SIMULATION_NOTICE)
    yield Fact(label="Synthetic", value=SYNTHETIC_NOTICE)
    yield from feedback.facts
    if feedback.tree is not None:
        profile = feedback.tree.result.case.profile
        held = ", ".join(words for flag, words in STATUSES.items() if getattr(profile, flag))
        yield Fact(label="Special status", value=held or "none")
    yield Fact(label="Performance year", value=str(feedback.year))
    yield Fact(label="Payment year", value=str(payment_year(feedback.year)))
    yield Fact(label="Stage", value="final" if feedback.is_final else "PRELIMINARY, not final")


def _section(id_: str, title: str, tables: Iterator[TablePlan[Any]]) -> SectionPlan:
    return SectionPlan(id=id_, title=title, tables=tuple(tables))


def _numbered(code: str, place: int) -> str:
    """Id of a set's section and beginning of its tables' ids: `QUALITY`, `QUALITY-2`."""
    return code if place == 1 else f"{code}-{place}"


def _title(result: Result, slot: Slot, methods: tuple[str, ...], place: int) -> str:
    title = f"{name_of(result, slot)}: {methods_of(methods)}" if methods else name_of(result, slot)
    return title if place == 1 else f"{title} (does not count)"


def _quality(result: Result, about: str) -> Iterator[SectionPlan]:
    rules = result.case.rules
    for place, scored in enumerate(result.quality.sets, 1):
        id_ = _numbered("QUALITY", place)
        tables = quality_tables(
            scored, rules, id_, about, source_of(rules.year), category_notes(result, "quality")
        )
        yield _section(id_, _title(result, "quality", scored.methods, place), tables)


def _interoperability(result: Result, about: str) -> Iterator[SectionPlan]:
    source = source_of(result.case.rules.year)
    name = name_of(result, "pi")
    rolled_up = rolled_up_table(result.pi, name, about, source)
    if rolled_up is not None:
        yield _section("PI", name, iter((rolled_up,)))
    for place, scored in enumerate(result.pi.sets, 1):
        id_ = _numbered("PI", place)
        methods = tuple(one.method for one in scored.sources)
        tables = interoperability_tables(
            scored, result.case.reference, id_, about, source, category_notes(result, "pi")
        )
        yield _section(id_, _title(result, "pi", methods, place), tables)


def _activities(result: Result, about: str) -> Iterator[SectionPlan]:
    if not result.is_shown("ia"):
        return
    source, score = source_of(result.case.rules.year), result.ia
    for place, scored in enumerate(score.sets or (None,), 1):
        id_ = _numbered("IA", place)
        methods = () if scored is None else tuple(one.method for one in scored.sources)
        tables = [*activity_tables(score, scored, id_, about, source, category_notes(result, "ia"))]
        if place == 1:
            needed = needed_table(
                score,
                special_status=result.case.profile.has_ia_special_status,
                final=result.case.is_final,
                about=about,
                source=source,
            )
            tables += [] if needed is None else [needed]
        yield _section(id_, _title(result, "ia", methods, place), iter(tables))


def _cost(result: Result, about: str) -> Iterator[SectionPlan]:
    if result.cost.measures:
        tables = cost_tables(result.cost, about, source_of(result.case.rules.year))
        yield _section("COST", name_of(result, "cost"), tables)
