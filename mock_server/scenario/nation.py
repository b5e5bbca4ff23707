"""The demo nation as a whole: named organizations and the generated directory behind one set of look-ups.

    organization("O-01"), organization("B-17")      by scenario key
    organization_with_id(org_id)                    by the id that clients use; None: no such organization
    organization_with_ext_id("A9901")               by the ID of the types without a TIN
    practice_with_tin("000104802")                  by TIN
    roster(practice, 2011)                          its clinicians with claims in a year
    directory({"O-01": {Role.GR}, "O-BULK": ...})   the picker's list for the roles of an account

None of them asks who is asking: rights are decided in `access.permissions`.
"""

from collections.abc import Collection, Mapping

from mock_server.reference.roles import Role, role_text
from mock_server.scenario import bulk, clinicians
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.identifiers import key_of
from mock_server.scenario.organizations import BULK_KEY, ORGANIZATIONS, Organization
from mock_server.store.directory import Directory, ListedRows, Listing
from mock_server.store.merged_rows import MergedRows

_KEY_BY_TIN = {each.tin: each.key for each in ORGANIZATIONS.values() if each.tin}
_BY_EXT_ID = {each.ext_id: each for each in ORGANIZATIONS.values() if each.ext_id}


def organization(org_key: str) -> Organization | None:
    """The organization with that scenario key; None for unknown keys and for `O-BULK`, which is a rule."""
    index = bulk.index_of(org_key)
    return ORGANIZATIONS.get(org_key) if index is None else bulk.practice(index)


def organization_with_id(org_id: str) -> Organization | None:
    """The organization that clients know under that id; None: there is none."""
    org_key = key_of(org_id)
    return organization(org_key) if org_key else None


def organization_with_ext_id(ext_id: str) -> Organization | None:
    """The APM entity, virtual group or registry of that ID; None: there is none."""
    return _BY_EXT_ID.get(ext_id)


def practice_with_tin(tin: str) -> Organization | None:
    """The practice with that TIN of nine digits; None: there is none."""
    org_key = _KEY_BY_TIN.get(tin)
    if org_key is not None:
        return ORGANIZATIONS[org_key]
    index = bulk.index_with_tin(tin)
    return None if index is None else bulk.practice(index)


def roster(practice: Organization, year: int) -> tuple[Clinician, ...]:
    """The clinicians of a practice with claims under its TIN in that year, by running number."""
    index = bulk.index_of(practice.key)
    return clinicians.roster(practice.key, year) if index is None else bulk.clinicians(index)


def directory(roles: Mapping[str, Collection[Role]]) -> Directory:
    """The picker's list for the active roles of an account, by scenario key (`O-BULK`: the whole directory).

    Raises KeyError for a key that names nothing.
    """
    few = ListedRows(_listing(org_key, held) for org_key, held in roles.items() if org_key != BULK_KEY)
    if BULK_KEY not in roles:
        return Directory(few)
    many = bulk.BulkRows(role_text(roles[BULK_KEY]))
    return Directory(MergedRows(many, few) if len(few) else many)


def _listing(org_key: str, roles: Collection[Role]) -> Listing:
    found = organization(org_key)
    if found is None:
        raise KeyError(org_key)
    return Listing(
        org_id=found.org_id,
        name=found.legal_name,
        suffix=found.suffix,
        tin=found.tin,
        roles=role_text(roles),
    )
