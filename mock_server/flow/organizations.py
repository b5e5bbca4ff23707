"""Choosing the organization: type, then one row of a list of up to 310,184 (portal-flow 5.2, 5.3).

The selection is kept by the server, so it survives searching and paging (F-ORG-10); two rows may look alike,
so only ids travel (F-ORG-14). What is looked for is `organization_search`.
"""

from typing import Any

from client.messages.screen import Action, Field, FieldValue, Option
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.context import Context, Goto
from mock_server.flow.current_request import audit_ref, end_request, granted
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.model import Request, Search
from mock_server.flow.notices import notice
from mock_server.flow.organization_search import (
    at_page,
    audit_search,
    kept_page,
    page_table,
    prompt_of,
    search_input,
    searched,
)
from mock_server.flow.problems import refuse
from mock_server.flow.view import Listed, StateDefinition, View
from mock_server.reference.roles import OrgType


def view_org_type(ctx: Context) -> View:
    """S-ORGTYPE; one type alone is preselected, the step is the same for everyone (F-ORGT-01)."""
    types = ctx.organizations.types()
    options = [Option(value=kind, label=f"{kind.label} ({count})") for kind, count in types.items()]
    chosen = ctx.data.org_type if ctx.data.org_type in types else None
    field = Field(
        id="org_type",
        label="Organization Type",
        kind="radio",
        required=True,
        options=options,
        value=chosen or (options[0].value if len(options) == 1 else None),
    )
    return View(
        inputs=(Input(field),),
        actions=(Action(id="next", label="Next", primary=True), Action(id="back", label="Back")),
    )


def choose_org_type(ctx: Context, values: Values) -> Goto:
    """TR-14. A type that exists but was not offered is E-ORG-07."""
    org_type = text_value(values, "org_type")
    if org_type not in ctx.organizations.types():
        raise refuse("E-ORG-07", "org_type")
    ctx.audit("A-ORGTYPE", org_type=org_type, state_to="S-ORGPICK")
    if org_type == ctx.data.org_type:
        return Goto("S-ORGPICK")
    changes: dict[str, Any] = {"org_type": org_type, "org_id": None, "search": Search(), "request": Request()}
    return Goto("S-ORGPICK", changes=changes | end_request(ctx))


def org_type_is_offered(ctx: Context, values: Values) -> None:
    """Checks before the form: a registered type without a grant is E-ORG-07, not E-VAL-04 (P-ORG-03)."""
    value = values.get("org_type")
    if value in list(OrgType) and value not in ctx.organizations.types():
        raise refuse("E-ORG-07", "org_type")


def view_picker(ctx: Context) -> View:
    """S-ORGPICK."""
    prompt, data = prompt_of(ctx), ctx.data
    selected = ctx.organizations.by_id(data.org_id) if data.org_id else None
    return View(
        intro=(f"{prompt} (Required)", f"Select a {prompt}", "This prompt allows only one selection."),
        inputs=tuple(_picker_inputs(ctx, prompt, data.search, selected)),
        listed=lambda: _listed(ctx),
        actions=(
            Action(id="next", label="Next", primary=True),
            Action(id="search", label="Search"),
            Action(id="select", label="Select"),
            Action(
                id="clear",
                label="Clear selection",
                enabled=selected is not None,
                reason="Nothing is selected.",
            ),
            Action(id="first_page", label="First page"),
            Action(id="prev_page", label="Previous page"),
            Action(id="next_page", label="Next page"),
            Action(id="last_page", label="Last page"),
            Action(id="back", label="Back"),
        ),
    )


def _listed(ctx: Context) -> Listed:
    """The page of the list, or that nothing was found."""
    text, page = ctx.data.search.text, kept_page(ctx, ctx.data.search)
    nothing = (notice("N-ORG-01", text=text),) if text and page.total == 0 else ()
    return Listed(page_table(prompt_of(ctx), page), nothing)


def _picker_inputs(ctx: Context, prompt: str, search: Search, selected: Chosen | None) -> list[Input]:
    options = [Option(value=selected.organization.org_id, label=selected.text)] if selected else []
    return [
        search_input(ctx, search.text),
        Input(Field(id="match_case", label="Match case", kind="checkbox", value=search.match_case)),
        Input(
            Field(
                id="org_ids",
                label=prompt,
                kind="picker",
                required=True,
                options=options,
                value=[option.value for option in options],
            )
        ),
    ]


def search(ctx: Context, values: Values) -> Goto:
    """W-6: search, from page 1."""
    wanted = searched(ctx, values)
    audit_search(ctx, values, wanted)
    return Goto("S-ORGPICK", changes={"search": at_page(wanted, 1)})


def turn_page(ctx: Context, values: Values, to: str) -> Goto:
    """First, previous, next, last page; outside is E-ORG-06."""
    wanted = searched(ctx, values)
    audit_search(ctx, values, wanted)
    now = kept_page(ctx, wanted)
    page = {"first": 1, "prev": now.page - 1, "next": now.page + 1, "last": now.pages}[to]
    if not 1 <= page <= now.pages:
        raise refuse("E-ORG-06")
    return Goto("S-ORGPICK", changes={"search": at_page(wanted, page)})


def _one_id(value: FieldValue) -> str | None:
    """The one id of a request; None: none given. Two are E-ORG-02."""
    ids = value if isinstance(value, list) else []
    if len(ids) > 1:
        raise refuse("E-ORG-02", "org_ids")
    return ids[0] if ids else None


def select(ctx: Context, values: Values) -> Goto:
    """Move a row to Selected; it replaces the one before, which is said (F-ORG-09)."""
    org_id = _one_id(values.get("org_ids"))
    if org_id is None:
        raise refuse("E-ORG-01", "org_ids", name=prompt_of(ctx))
    wanted = searched(ctx, values)
    audit_search(ctx, values, wanted)
    chosen = granted(ctx, org_id)
    before = ctx.organizations.by_id(ctx.data.org_id) if ctx.data.org_id else None
    said = []
    if before is not None and before.organization.key != chosen.organization.key:
        said.append(notice("N-ORG-02", new=chosen.text, old=before.text))
    return Goto("S-ORGPICK", notices=tuple(said), changes={"search": wanted} | _taken(ctx, org_id))


def _taken(ctx: Context, org_id: str | None) -> dict[str, Any]:
    """Changes that set the organization; a different one clears the request and its attestation (TR-15)."""
    if org_id == ctx.data.org_id:
        return {}
    return {"org_id": org_id, "request": Request()} | end_request(ctx)


def clear(ctx: Context, values: Values) -> Goto:
    """Move the selected row back to Available."""
    return Goto("S-ORGPICK", changes={"search": searched(ctx, values)} | _taken(ctx, None))


def next_step(ctx: Context, values: Values) -> Goto:
    """TR-15: exactly one, granted now."""
    org_id = _one_id(values.get("org_ids")) or ctx.data.org_id
    if org_id is None:
        raise refuse("E-ORG-01", "org_ids", name=prompt_of(ctx))
    audit_search(ctx, values, searched(ctx, values))
    organization = granted(ctx, org_id).organization
    ctx.audit("A-ORG-SELECT", org_ref=audit_ref(organization), state_to="S-RPTSEL")
    return Goto("S-RPTSEL", changes=_taken(ctx, org_id))


STATES = (
    StateDefinition(
        id="S-ORGTYPE",
        title="Organization Type",
        trail="Organization",
        help=(
            "Choose the type of organization you work for. The number behind a type says how many of them "
            "your roles cover.",
        ),
        view=view_org_type,
    ),
    StateDefinition(
        id="S-ORGPICK",
        title="Select an organization",
        trail="Practice",
        help=(
            "Search for words of the name or for the last four digits of the TIN, select one row, "
            "then choose Next.",
            "Every word has to occur in the name. Only one organization can be selected; "
            "another one replaces it.",
        ),
        view=view_picker,
    ),
)
