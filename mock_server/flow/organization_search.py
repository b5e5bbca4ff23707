"""Searching the organizations of an account: what is looked for, shown again and audited (5.3, W-6).

A full TIN may be searched for but is never kept or shown again: a flow keeps its mask and the id of its
practice (SR-PII-02). Order, matching and pages are the Directory's.
"""

from msgspec import structs

from client.messages.calls import ListOrganizations
from client.messages.screen import Field, Table, TableColumn, TableRow
from mock_server.flow.context import Context, ListRead
from mock_server.flow.forms import Input, Values, text_value, validate
from mock_server.flow.model import Search
from mock_server.flow.problems import refuse
from mock_server.reference.roles import OrgType
from mock_server.scenario import nation
from mock_server.scenario.identifiers import mask_tins, parse_tin
from mock_server.store.directory import NoSuchPageError, Page, search_kind


def prompt_of(ctx: Context) -> str:
    """What one is asked to select: `TIN`, `APM Entity`, ..."""
    return OrgType(ctx.data.org_type or OrgType.PRACTICE).prompt


def kept_search(text: str, *, match_case: bool, page: int = 1) -> Search:
    """A search as the flow keeps and shows it: a full TIN as its mask and the id of its practice."""
    tin = next((found for token in text.split() if (found := parse_tin(token))), None)
    practice = nation.practice_with_tin(tin) if tin else None
    return Search(
        text=mask_tins(text),
        match_case=match_case,
        page=page,
        practice=practice.org_id if practice else None,
    )


def _looked_for(search: Search) -> str:
    """The text that a kept search looks for."""
    practice = nation.organization_with_id(search.practice) if search.practice else None
    if practice is None or practice.tin is None or practice.masked_tin is None:
        return search.text
    return search.text.replace(practice.masked_tin, practice.tin)


def page_of(ctx: Context, search: Search, limit: int | None = None) -> Page:
    """One page of the list for a search; NoSuchPageError outside."""
    org_type = OrgType(ctx.data.org_type or OrgType.PRACTICE)
    return ctx.organizations.directory(org_type).page(
        _looked_for(search),
        match_case=search.match_case,
        page=search.page,
        limit=limit or ctx.services.figures.portal.picker_page,
        leave_out=[ctx.data.org_id] if ctx.data.org_id else [],
    )


def kept_page(ctx: Context, search: Search) -> Page:
    """The page the flow keeps; the first one if the list has become shorter meanwhile."""
    try:
        return page_of(ctx, search)
    except NoSuchPageError:
        return page_of(ctx, at_page(search, 1))


def at_page(search: Search, page: int) -> Search:
    """The same search on another page."""
    return structs.replace(search, page=page)


def page_table(prompt: str, page: Page) -> Table:
    """The page as it travels."""
    return Table(
        columns=[TableColumn(id="name", label=prompt), TableColumn(id="roles", label="Role")],
        rows=[TableRow(id=row.org_id, cells=[row.text, row.roles]) for row in page.rows],
        page=page.page,
        pages=page.pages,
        first=page.first,
        last=page.last,
        total=page.total,
        pager=page.pager,
    )


def search_input(ctx: Context, shown: str = "") -> Input:
    """The search field with its limit (X-23)."""
    field = Field(
        id="search",
        label="Search for",
        kind="text",
        hint="Words of the name, or the last four digits",
        max_len=ctx.services.figures.portal.search_max,
        value=shown or None,
    )
    return Input(field)


def searched(ctx: Context, values: Values) -> Search:
    """The search the person sees: what the request says, else what the flow keeps; a new one is on page 1."""
    before = ctx.data.search
    match_case = values.get("match_case", before.match_case) is True
    text = text_value(values, "search") if "search" in values else before.text
    if (text, match_case) == (before.text, before.match_case):
        return before
    wanted = kept_search(text, match_case=match_case)
    if text == before.text:  # it may be the mask of a TIN that is shown
        wanted = structs.replace(wanted, practice=before.practice)
    return before if wanted == at_page(before, 1) else wanted


def audit_search(ctx: Context, values: Values, search: Search) -> None:
    """A-ORG-SEARCH, once: for a new search, else for the last list read before this action (W-6)."""
    told = ctx.listed
    if search.text and search.text != ctx.data.search.text:
        total = page_of(ctx, at_page(search, 1), limit=1).total
        told = list_read(text_value(values, "search"), total)
    if told is not None:
        ctx.audit("A-ORG-SEARCH", length=told.length, kind=told.kind, hits=told.hits)


def list_read(text: str, hits: int) -> ListRead:
    """What the audit may tell of a search: never its text (portal-flow section 8)."""
    return ListRead(len(text), search_kind(text), hits)


def list_page(ctx: Context, wanted: ListOrganizations) -> Table:
    """`POST /api/flow/list`: no change of state (W-6). Refusal: E-VAL-*, E-ORG-06, E-FLOW-02."""
    if ctx.flow.state != "S-ORGPICK":
        raise refuse("E-FLOW-02")
    validate([search_input(ctx)], {"search": wanted.search})
    search = kept_search(wanted.search, match_case=wanted.match_case, page=wanted.page)
    try:
        return page_table(prompt_of(ctx), page_of(ctx, search, wanted.limit))
    except NoSuchPageError:
        raise refuse("E-ORG-06") from None
