"""`qportal personas`: the demo accounts, as anybody may read them (portal-flow 13.5)."""

import asyncio

from client.messages.calls import Persona, Personas
from tui.commands.connection import Source, connected


def personas(chosen: Source) -> None:
    """Print password, authenticator secret and one paragraph per account."""
    print("\n".join(lines(asyncio.run(_read(chosen)))))  # noqa: T201


async def _read(chosen: Source) -> Personas:
    async with connected(chosen) as portal:
        return await portal.personas()


def lines(accounts: Personas) -> list[str]:
    """The list as text, without alignment: it is read aloud as well."""
    head = [
        "Demo accounts of the simulation. All persons are invented; these values are no secrets.",
        f"Password: {accounts.password}",
        f"Authenticator secret: {accounts.authenticator_secret}",
    ]
    return head + [line for persona in accounts.personas for line in _of(persona)]


def _of(persona: Persona) -> list[str]:
    return [
        "",
        f"{persona.user_id}: {persona.name or 'no such account'}",
        f"Purpose: {persona.purpose}",
        f"Roles: {'; '.join(persona.roles) or 'none'}",
        f"MFA devices: {'; '.join(persona.devices) or 'none'}",
    ]
