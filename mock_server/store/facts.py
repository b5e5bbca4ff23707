"""Single named values of the database: clocks, scenario, code seed, counters."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from mock_server.store.tables import facts

_FACT = select(facts.c.value).where(facts.c.name == bindparam("fact"))
_INSERT = insert(facts)
_UPDATE = update(facts).where(facts.c.name == bindparam("fact"))
_DELETE = delete(facts).where(facts.c.name == bindparam("fact"))


def fact(conn: Connection, name: str) -> str | None:
    """The value of that name, or None."""
    return conn.execute(_FACT, {"fact": name}).scalar_one_or_none()


def set_fact(conn: Connection, name: str, value: str | None) -> None:
    """Store a value; None removes it."""
    if value is None:
        conn.execute(_DELETE, {"fact": name})
        return
    if conn.execute(_UPDATE, {"fact": name, "value": value}).rowcount == 0:
        conn.execute(_INSERT, {"name": name, "value": value})


def next_number(conn: Connection, name: str) -> int:
    """Count up a named counter and return its new value, from 1."""
    number = int(fact(conn, name) or 0) + 1
    set_fact(conn, name, str(number))
    return number
