"""Where keys and values stand (DEMO-ERR-02): whatever the parser finds, the scanner has found as well."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.demo.positions import Path, Positions, scan
from tui.demo.script import Place

BARE = st.text("abcXYZ019_-", min_size=1, max_size=6)
ODD = st.text("ab .\"'#=[]{},é\\", min_size=1, max_size=6)
KEYS = st.one_of(BARE, ODD)
GAPS = st.sampled_from(["", " ", "\t", "  "])
BREAKS = st.sampled_from(["", " ", "\n", "\n  ", " # with = [a] comment, \"it\" 'is'\n", "\r\n"])


def basic(text: str) -> str:
    """A text as a basic string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else basic(name)


SCALARS = st.one_of(
    st.sampled_from(["true", "false", "1", "-1.5", "1e3", "0xfF", "inf", "1979-05-27", "07:32:00.5"]),
    st.sampled_from(["1979-05-27T07:32:00-08:00", "1979-05-27 07:32:00", "''", '""', "'a\\'", "'''a'b'''"]),
    st.sampled_from(['"""a""b"""', '"""a\\""" """', '"""\na = 1\n[b]\n"""', "'''\n[x]\n''''", '"""a"""""']),
    st.text("ab\"'#=[]{},\\\né", max_size=8).map(basic),
)


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(values, max_size=3))
    gap, trailing = draw(BREAKS), draw(st.booleans())
    end = f",{gap}" if items and trailing else gap
    return f"[{gap}{f'{gap},{gap}'.join(items)}{end}]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    names = draw(st.lists(KEYS, max_size=3, unique=True))
    gap = draw(GAPS)
    return (
        "{" + gap + f"{gap},{gap}".join(f"{key(name)}{gap}={gap}{draw(values)}" for name in names) + gap + "}"
    )


VALUES = st.recursive(SCALARS, lambda inner: st.one_of(arrays(inner), inline_tables(inner)), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A valid document: pairs, dotted keys, tables and arrays of tables, comments and blank lines between."""
    lines = [*draw(st.lists(pairs("top"), max_size=3, unique_by=first_name))]
    for number in range(draw(st.integers(0, 4))):
        name = f"t{number}"
        header = draw(
            st.sampled_from([f"[{name}]", f"[ {name} . 'x y' ]", f"[[{name}]]", f"[[ {name} ]] # c"])
        )
        for _ in range(draw(st.integers(1, 3)) if header.startswith("[[") else 1):
            lines += [header, *draw(st.lists(pairs(name), max_size=3, unique_by=first_name))]
            if header.startswith("[[") and draw(st.booleans()):
                lines += [f"[{name}.deep]", "in = 1"]
    end = draw(st.sampled_from(["\n", "\n\n", "\r\n", " # a = 1\n"]))
    return end.join(lines) + draw(st.sampled_from(["", "\n"]))


@st.composite
def pairs(draw: st.DrawFn, table: str) -> str:
    names = draw(st.lists(KEYS, min_size=1, max_size=3))
    gap = draw(GAPS)
    return f"{draw(GAPS)}{f'{gap}.{gap}'.join(map(key, names))}{gap}={gap}{draw(VALUES)}"


def first_name(pair: str) -> str:
    """The key that a pair begins with: two pairs with one name may not be valid together."""
    return next(iter(tomllib.loads(pair)))


def paths(value: object, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every key and element that the parser found."""
    children: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    for name, child in children:
        yield (*path, name), child
        yield from paths(child, (*path, name))


def written(text: str, place: Place) -> str:
    return text.split("\n")[place.line - 1][place.column - 1 :][: place.length]


@settings(max_examples=100, deadline=None)
@given(documents())
def test_t_demo_03_the_scanner_finds_what_the_parser_finds(text: str) -> None:
    text = text.replace("\r\n", "\n")
    parsed = dict(paths(tomllib.loads(text)))
    found = scan(text)
    assert found.whole
    assert found.twice == []
    assert found.entries.keys() == parsed.keys()
    for path, entry in found.entries.items():
        assert written(text, entry.key), path
        value = parsed[path]
        if isinstance(value, str) and "\n" not in written(text, entry.value) and "\n" not in value:
            source = written(text, entry.value)
            if not source.startswith(('"""', "'''")):
                assert tomllib.loads(f"x = {source}")["x"] == value, path


def at(found: Positions, *path: str | int) -> tuple[Place, Place]:
    entry = found.at(*path)
    return entry.key, entry.value


def test_places_count_lines_columns_and_characters_from_one() -> None:
    found = scan('format = 1\n\n[[step]]\nexpect = { state = "S-HOME", text = ["a", "bc"] }\n')
    assert at(found, "format") == (Place(1, 1, 6), Place(1, 10, 1))
    assert at(found, "step", 0)[0] == Place(3, 1, 8)
    assert at(found, "step", 0, "expect", "state") == (Place(4, 12, 5), Place(4, 20, 8))
    assert at(found, "step", 0, "expect", "text", 1)[1] == Place(4, 43, 4)


def test_what_is_not_in_the_document_is_where_its_table_is() -> None:
    found = scan("[run]\nseed = 1\n")
    assert at(found, "run", "size")[0] == Place(1, 1, 5)
    assert at(found, "nothing")[0] == Place(1, 1, 1)


def test_d106_both_places_of_a_key_that_is_given_twice_even_in_a_broken_document() -> None:
    found = scan('a = 1\n[run]\nsize = "1"\n"size" = "2"\n= broken\n')
    assert not found.whole
    assert [(twice.path, twice.first.line, twice.again.line) for twice in found.twice] == [
        (("run", "size"), 3, 4)
    ]
