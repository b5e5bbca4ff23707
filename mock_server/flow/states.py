"""All states of the portal by id (portal-flow 3.1)."""

from mock_server.flow import (
    attestation,
    home,
    landing,
    lock,
    organizations,
    password_expired,
    report_choice,
    running,
    security_code,
    sign_in,
)
from mock_server.flow.view import StateDefinition

STATES: dict[str, StateDefinition] = {
    state.id: state
    for group in (
        landing,
        sign_in,
        security_code,
        password_expired,
        lock,
        home,
        organizations,
        report_choice,
        attestation,
        running,
    )
    for state in group.STATES
}
