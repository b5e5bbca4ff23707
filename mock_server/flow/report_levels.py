"""The selects of a MIPS report beside year, report and action: level and clinician (F-RPT-06).

What can be chosen follows from the engine (who is there) and from the permission table (who may ask). A level
that another role could ask for is listed with its reason; what nobody may see is not listed at all (10.2).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from client.messages.screen import Field, Option
from mock_server.access import permissions
from mock_server.access.permissions import Denied
from mock_server.access.report_levels import Asked, decide_level, own_npis
from mock_server.clocks import eastern
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.context import Context
from mock_server.flow.current_request import audit_ref
from mock_server.flow.engines import WHOLE, Choices, Subject
from mock_server.flow.forms import Input, text_value
from mock_server.flow.levels import (
    asks_for_entity,
    clinician_text,
    level_label,
    level_value,
    parse_level,
    subject_of,
)
from mock_server.flow.model import Request
from mock_server.flow.problems import refuse
from mock_server.reference.catalogue import Level, ReportType
from mock_server.reference.roles import OrgType, Role
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.organizations import Organization

LEVEL_LABEL: Final = "Select a Level"
CLINICIAN_LABEL: Final = "Select a Clinician"
_NOT_FOR_ROLE: Final = "Not for your role."
_ENTITY_ONLY: Final = "Only the entity's own representatives run it; ask them."


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One entry of *Select a Level for one report."""

    value: str
    label: str
    reason: str | None
    """Why it cannot be chosen; None: it can."""


def level_inputs(ctx: Context, chosen: Chosen, reports: Iterable[ReportType]) -> tuple[Input, ...]:
    """The two selects for the reports that have levels; none where no report has."""
    levels: dict[LevelChoice, list[str]] = {}
    people: dict[tuple[str, str], list[str]] = {}
    for report in reports:
        offered = _choices(ctx, chosen.organization, report)
        if offered is not None:
            for level in level_choices(chosen, report, offered):
                levels.setdefault(level, []).append(report.id)
            for person in clinicians_for(chosen, report, offered):
                people.setdefault((person.npi, clinician_text(person)), []).append(report.id)
    if not levels:
        return ()
    return (_level_input(ctx, levels), *([_clinician_input(ctx, people)] if people else []))


def _level_input(ctx: Context, levels: dict[LevelChoice, list[str]]) -> Input:
    options = [
        Option(
            value=level.value,
            label=level.label,
            enabled=level.reason is None,
            reason=level.reason,
            when={"report": reports},
        )
        for level, reports in levels.items()
    ]
    reports = list(dict.fromkeys(report for asked in levels.values() for report in asked))
    return Input(
        Field(
            id="level",
            label=LEVEL_LABEL,
            kind="select",
            required=True,
            options=options,
            value=_present(ctx, "level", ctx.data.request.level, {option.value for option in options}),
            when={"report": reports},
        )
    )


def _clinician_input(ctx: Context, people: dict[tuple[str, str], list[str]]) -> Input:
    options = [
        Option(value=npi, label=label, when={"report": reports}) for (npi, label), reports in people.items()
    ]
    return Input(
        Field(
            id="clinician",
            label=CLINICIAN_LABEL,
            kind="select",
            required=True,
            options=options,
            value=_present(
                ctx, "clinician", ctx.data.request.clinician, {option.value for option in options}
            ),
            when={"level": ["individual"]},
        )
    )


def _present(ctx: Context, field_id: str, requested: str | None, values: set[str]) -> str | None:
    """The value shown: as typed, as asked for before, or the only one there is."""
    only = next(iter(values)) if len(values) == 1 else None
    return text_value(ctx.data.typed, field_id) or requested or only


def level_choices(chosen: Chosen, report: ReportType, offered: Choices) -> Iterator[LevelChoice]:
    """The levels of one report for one account, in the engine's order, entities of a practice last."""
    organization = chosen.organization
    is_practice = organization.org_type is OrgType.PRACTICE
    for level in offered.levels:
        if is_practice and level == "apm_entity":
            continue
        if level == "individual":
            if clinicians_for(chosen, report, offered):
                yield LevelChoice(level_value(level), level_label(level), None)
        elif not isinstance(decide_level(report, chosen.grants, organization, Asked(level=level)), Denied):
            named = None if is_practice else organization
            yield LevelChoice(level_value(level), level_label(level, named), None)
    for entity in offered.entities if is_practice else ():
        yield from _entity_choice(chosen, report, entity)


def _entity_choice(chosen: Chosen, report: ReportType, entity: Organization) -> Iterator[LevelChoice]:
    asked = Asked(level="apm_entity", model=entity.model)
    decision = decide_level(report, chosen.grants, chosen.organization, asked)
    hidden = isinstance(decision, Denied) and decision.code == "E-AUTHZ-02"
    if hidden or permissions.active_roles(chosen.grants) <= {Role.PR_CL}:
        return
    reason = None if not isinstance(decision, Denied) else _ENTITY_ONLY
    yield LevelChoice(level_value("apm_entity", entity), level_label("apm_entity", entity), reason)


def clinicians_for(chosen: Chosen, report: ReportType, offered: Choices) -> tuple[Clinician, ...]:
    """The clinicians whose report the account may ask for: all, or its own NPI (PERM-P-04)."""
    if "individual" not in offered.levels:
        return ()
    organization, grants = chosen.organization, chosen.grants
    if not isinstance(decide_level(report, grants, organization, Asked(level="individual")), Denied):
        return offered.clinicians
    own = own_npis(grants, organization)
    return tuple(
        person
        for person in offered.clinicians
        if person.npi in own
        and not isinstance(
            decide_level(report, grants, organization, Asked(level="individual", npi=person.npi)), Denied
        )
    )


def check_level(ctx: Context, chosen: Chosen, report: ReportType, request: Request) -> Subject:
    """What the engine is asked for, if the account may ask for it (AZ-3, AZ-5). Raises the refusal."""
    offered = _choices(ctx, chosen.organization, report)
    on = eastern(ctx.business).date()
    if offered is None:
        return WHOLE
    if not request.level:
        raise refuse("E-VAL-01", "level", label=LEVEL_LABEL)
    parsed = parse_level(request.level)
    if parsed is None:
        if asks_for_entity(request.level):
            raise _not_found(ctx, chosen, report, "level")
        raise refuse("E-VAL-04", "level", label=LEVEL_LABEL)
    level, entity = parsed
    if entity is not None and entity.key not in {each.key for each in offered.entities}:
        raise _not_found(ctx, chosen, report, "level")
    person = _person(ctx, chosen, report, offered, request) if level in offered.levels else None
    _check_right(ctx, chosen, report, level, entity, person)
    return subject_of(request.level, request.clinician, on)


def _person(
    ctx: Context, chosen: Chosen, report: ReportType, offered: Choices, request: Request
) -> Clinician | None:
    """The clinician asked for; None: another level is."""
    if request.level != "individual":
        return None
    if not request.clinician:
        raise refuse("E-VAL-01", "clinician", label=CLINICIAN_LABEL)
    person = next((each for each in offered.clinicians if each.npi == request.clinician), None)
    if person is None:
        raise _not_found(ctx, chosen, report, "clinician")
    return person


def _check_right(
    ctx: Context,
    chosen: Chosen,
    report: ReportType,
    level: Level,
    entity: Organization | None,
    person: Clinician | None,
) -> None:
    asked = Asked(
        level=level, npi=person.npi if person else None, model=entity.model if entity is not None else None
    )
    decision = decide_level(report, chosen.grants, chosen.organization, asked)
    if not isinstance(decision, Denied):
        return
    where = audit_ref(chosen.organization)
    ctx.audit("A-AUTHZ-DENY", outcome="refused", row=decision.row, cell=decision.cell, org_ref=where)
    field = "level" if person is None else "clinician"
    if decision.code != "E-RPT-04":
        raise refuse(decision.code, field)
    advice = f" Ask the representatives of {entity.legal_name}." if entity is not None else ""
    roles = role_names(chosen)
    raise refuse(
        "E-RPT-04", field, role=roles, report=report.label, whom=_whom(entity, person), advice=advice
    )


def _whom(entity: Organization | None, person: Clinician | None) -> str:
    if entity is not None:
        return "this APM entity"
    return "this clinician" if person is not None else "the whole group"


def _not_found(ctx: Context, chosen: Chosen, report: ReportType, field: str) -> Exception:
    """AZ-3: somebody who does not belong to the organization; it is not said who exists elsewhere."""
    where = audit_ref(chosen.organization)
    ctx.audit("A-AUTHZ-DENY", outcome="refused", row=report.permission, cell="none", org_ref=where)
    return refuse("E-AUTHZ-02", field)


def role_names(chosen: Chosen) -> str:
    """The account's roles for the organization, as refusals name them."""
    held = permissions.active_roles(chosen.grants)
    return "; ".join(role.label for role in Role if role in held)


def level_text(ctx: Context, organization: Organization, request: Request) -> str:
    """The level in words: `Group`, `Rowan Alder, NPI 0999010016`; empty where the report has none."""
    parsed = parse_level(request.level) if request.level else None
    if parsed is None:
        return ""
    level, entity = parsed
    if level == "individual":
        return f"Individual clinician {_named(ctx, organization, request)}"
    is_practice = organization.org_type is OrgType.PRACTICE
    return level_label(level, entity if is_practice else organization)


def _named(ctx: Context, organization: Organization, request: Request) -> str:
    engine = ctx.services.engines.get(request.report or "")
    offered = engine.choices(organization, eastern(ctx.business).date()) if engine else None
    people = offered.clinicians if offered else ()
    found = next((person for person in people if person.npi == request.clinician), None)
    return clinician_text(found) if found else f"NPI {request.clinician}"


def _choices(ctx: Context, organization: Organization, report: ReportType) -> Choices | None:
    engine = ctx.services.engines.get(report.id)
    return engine.choices(organization, eastern(ctx.business).date()) if engine is not None else None
