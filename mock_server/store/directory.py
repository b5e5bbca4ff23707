"""The organization picker's list: order, search and pages over any number of rows (F-ORG-01 to F-ORG-15).

An inverted index maps each distinct word of the names to the set of rows that hold it. A search token has no
white space, so it can match inside one word only: its rows are the union over the words that contain it, and
a search is the intersection over its tokens. Nothing is cached and no row is visited but those of the page.

    directory = Directory(ListedRows([Listing(name="ALDER ...", suffix="4802", tin="000104802", ...)]))
    page = directory.page("alder 4802")
    page.pager          -> "1 - 1 of 1"
    page.rows[0].text   -> "ALDER CREEK DEMO CLINIC LLC:4802"
    directory.row(org_id)  -> the Row, or None when it is not in the list (E-ORG-03)

`Rows` is what a list has to offer: `ListedRows` holds a few in memory, `scenario.bulk.BulkRows` computes its
own, `merged_rows.MergedRows` puts a few among many.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from mock_server.scenario.identifiers import is_last4, parse_tin
from mock_server.store import bitsets

PAGE_ROWS = 1000
"""Rows of a page (X-22)."""

SearchKind = Literal["text", "last4", "tin"]
"""What A-ORG-SEARCH says about a search instead of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One organization as it goes into a list."""

    org_id: str
    name: str
    suffix: str
    """Last four digits of the TIN, or the ID of an organization without TIN."""
    tin: str | None = None
    """Nine digits; searched, never shown."""
    roles: str = ""
    """Role names for the second column (F-ORGT-04)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is shown."""

    org_id: str
    text: str
    """`NAME:4802`, with ` (2)` and so on where texts repeat (F-ORG-14)."""
    roles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a result."""

    rows: tuple[Row, ...]
    """Without those left out because they are selected (F-ORG-11)."""
    page: int
    pages: int
    """At least 1."""
    first: int
    """Number of the first row in the whole result, from 1; 0: nothing matches."""
    last: int
    total: int
    """Matches, selected rows included (F-ORG-07, F-ORG-11)."""

    @property
    def pager(self) -> str:
        """`1 - 1000 of 310184`."""
        return f"{self.first} - {self.last} of {self.total}"


class NoSuchPageError(LookupError):
    """A page outside 1 to `pages` was asked for (E-ORG-06)."""


class Rows(Protocol):
    """Rows in the order of F-ORG-01, addressed by position from 0, with the sets that a search needs."""

    def __len__(self) -> int:
        """How many rows there are."""

    def sort_key(self, position: int) -> tuple[str, str, str]:
        """What F-ORG-01 sorts by: name, suffix, org_id."""

    def rows(self, positions: Sequence[int]) -> list[Row]:
        """The rows at these positions."""

    def position(self, org_id: str) -> int | None:
        """Where an organization stands; None: not in the list."""

    def words(self) -> Mapping[str, int]:
        """Each distinct word of the names, as written, with the set of its rows."""

    def with_last4(self, digits: str) -> int:
        """The rows whose TIN ends in these four digits."""

    def with_tin(self, tin: str) -> int:
        """The rows with this TIN of nine digits."""


class ListedRows:
    """Rows held in memory; for the handful of organizations that an account has."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._listings = sorted(listings, key=_sort_key)
        self._rows = _numbered(self._listings)
        self._positions = {row.org_id: position for position, row in enumerate(self._rows)}
        self._words: defaultdict[str, int] = defaultdict(int)
        self._tins: defaultdict[str, int] = defaultdict(int)
        for position, listing in enumerate(self._listings):
            for word in set(listing.name.split()):
                self._words[word] |= 1 << position
            if listing.tin is not None:
                self._tins[listing.tin] |= 1 << position

    def __len__(self) -> int:
        return len(self._rows)

    def sort_key(self, position: int) -> tuple[str, str, str]:
        """See `Rows`."""
        return _sort_key(self._listings[position])

    def rows(self, positions: Sequence[int]) -> list[Row]:
        """See `Rows`."""
        return [self._rows[position] for position in positions]

    def position(self, org_id: str) -> int | None:
        """See `Rows`."""
        return self._positions.get(org_id)

    def words(self) -> Mapping[str, int]:
        """See `Rows`."""
        return self._words

    def with_last4(self, digits: str) -> int:
        """See `Rows`."""
        return _union(bits for tin, bits in self._tins.items() if tin.endswith(digits))

    def with_tin(self, tin: str) -> int:
        """See `Rows`."""
        return self._tins.get(tin, 0)


def _sort_key(listing: Listing) -> tuple[str, str, str]:
    return listing.name, listing.suffix, listing.org_id


def _numbered(listings: Iterable[Listing]) -> list[Row]:
    """The rows of sorted listings, texts that repeat told apart by a number (F-ORG-14)."""
    seen: Counter[str] = Counter()
    rows = []
    for listing in listings:
        text = f"{listing.name}:{listing.suffix}"
        seen[text] += 1
        shown = text if seen[text] == 1 else f"{text} ({seen[text]})"
        rows.append(Row(listing.org_id, shown, listing.roles))
    return rows


def _folded(words: Mapping[str, int]) -> dict[str, int]:
    """The same index by case-folded word; sets are shared, not copied, where no two words meet."""
    folded: dict[str, int] = {}
    for word, bits in words.items():
        key = word.casefold()
        folded[key] = folded[key] | bits if key in folded else bits
    return folded


def _union(sets: Iterable[int]) -> int:
    bits = 0
    for more in sets:
        bits |= more
    return bits


def search_kind(search: str) -> SearchKind:
    """How the audit names a search: by a full TIN, by last four digits, or by text."""
    tokens = search.split()
    if any(parse_tin(token) for token in tokens):
        return "tin"
    return "last4" if any(map(is_last4, tokens)) else "text"


class Directory:
    """One list of organizations, searched and paged."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._everything = bitsets.everything(len(rows))
        self._exact = rows.words()
        self._folded = _folded(self._exact)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, org_id: str) -> Row | None:
        """The row of an organization; None: it is not in this list (F-ORG-02)."""
        position = self._rows.position(org_id)
        return None if position is None else self._rows.rows([position])[0]

    def page(
        self,
        search: str = "",
        *,
        match_case: bool = False,
        page: int = 1,
        limit: int = PAGE_ROWS,
        leave_out: Collection[str] = (),
    ) -> Page:
        """One page of a search, `limit` rows (1 or more) each; empty search: all rows.

        `leave_out` names selected org_ids that stay out of the rows without changing any number. Raises
        NoSuchPageError outside 1 to `pages`.
        """
        leading, others = self._matches(search, match_case=match_case)
        head = leading.bit_count()
        total = head + others.bit_count()
        pages = max(1, -(-total // limit))
        if not 1 <= page <= pages:
            raise NoSuchPageError
        start = (page - 1) * limit
        positions = bitsets.members(leading, start, limit)
        positions += bitsets.members(others, max(0, start - head), limit - len(positions))
        rows = self._rows.rows(positions)
        return Page(
            rows=tuple(row for row in rows if row.org_id not in leave_out),
            page=page,
            pages=pages,
            first=start + 1 if total else 0,
            last=start + len(rows),
            total=total,
        )

    def _matches(self, search: str, *, match_case: bool) -> tuple[int, int]:
        """The rows that match: those where a token is the last four digits, and the others (F-ORG-06)."""
        matches = self._everything
        leading = 0
        for token in set(search.split()):
            by_last4 = self._rows.with_last4(token) if is_last4(token) else 0
            leading |= by_last4
            matches &= by_last4 | self._named(token, match_case=match_case) | self._with_tin(token)
        leading &= matches
        return leading, matches & ~leading

    def _named(self, token: str, *, match_case: bool) -> int:
        """The rows whose name contains the token (F-ORG-04)."""
        words = self._exact if match_case else self._folded
        wanted = token if match_case else token.casefold()
        return _union(bits for word, bits in words.items() if wanted in word)

    def _with_tin(self, token: str) -> int:
        tin = parse_tin(token)
        return self._rows.with_tin(tin) if tin else 0
