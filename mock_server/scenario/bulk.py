"""The generated directory of 310,184 invented practices (portal-flow 13.4): a closed form, no stored rows.

Row i is named `{A} {N} DEMO PRACTICE {k}` with a = i div 9696, n = (i mod 9696) div 303, k = i mod 303 (303
divides 9696). So the rows of each word are a run that repeats with a period, and the whole search index is
made by doubling such runs: 369 sets, 14 MB, in 20 milliseconds.

    practice(310183).row_text -> "YELLOW WREN DEMO PRACTICE 214:0183"
    clinicians(0)             -> two clinicians without names
    index_of("B-310183")      -> 310183
    Directory(BulkRows(roles="Group Representative")).page("harbor").total -> 9696
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from mock_server.reference.roles import OrgType
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.identifiers import invented_npi, key_of, last4, opaque_ids
from mock_server.scenario.organizations import BULK_ROW_PREFIX, Organization
from mock_server.store import bitsets
from mock_server.store.directory import Row

SIZE = 310_184
"""Number of practices."""

_COLOUR_WORDS = """
    AMBER APRICOT AUBURN AZURE BEIGE BLUE BRONZE BROWN CERULEAN COBALT COPPER CORAL CRIMSON CYAN EMERALD
    FUCHSIA GOLDEN GREEN INDIGO IVORY JADE LAVENDER MAGENTA MAROON OLIVE ORANGE PURPLE SCARLET SILVER TEAL
    VIOLET YELLOW
"""
_PLACE_WORDS = """
    ANCHOR BADGER BEACON BISON BRIDGE CANYON CEDAR COMPASS DELTA FALCON FERRY GARDEN HARBOR HERON ISLAND
    LANTERN LEDGE MEADOW MESA OTTER PEBBLE PINE PRAIRIE QUARRY RIVER SPRUCE SUMMIT THISTLE TIMBER VALLEY
    WILLOW WREN
"""
_COLOURS = _COLOUR_WORDS.split()
_PLACES = _PLACE_WORDS.split()

_PER_PLACE = 303
_PER_COLOUR = _PER_PLACE * len(_PLACES)
_FIRST_TIN = 500_000
_KEY = re.compile(rf"{BULK_ROW_PREFIX}(0|[1-9][0-9]{{0,5}})")


def name(index: int) -> str:
    """Legal name of row `index` (0 to 310183)."""
    colour, rest = divmod(index, _PER_COLOUR)
    place, number = divmod(rest, _PER_PLACE)
    return f"{_COLOURS[colour]} {_PLACES[place]} DEMO PRACTICE {number:03d}"


def tin(index: int) -> str:
    """TIN of row `index`."""
    return f"000{_FIRST_TIN + index:06d}"


def key(index: int) -> str:
    """Scenario key of row `index`."""
    return f"{BULK_ROW_PREFIX}{index}"


def index_of(org_key: str) -> int | None:
    """The row with this scenario key; None: no row of the directory."""
    found = _KEY.fullmatch(org_key)
    return _in_directory(int(found[1])) if found else None


def index_with_tin(nine_digits: str) -> int | None:
    """The row with this TIN; None: no row of the directory."""
    return _in_directory(int(nine_digits) - _FIRST_TIN)


def _in_directory(index: int) -> int | None:
    return index if 0 <= index < SIZE else None


def practice(index: int) -> Organization:
    """Row `index` as an organization: two clinicians who took part in PQRS 2011 one by one."""
    return Organization(
        key=key(index),
        org_type=OrgType.PRACTICE,
        legal_name=name(index),
        tin=tin(index),
        clinician_count=2,
        pqrs_2011="individual",
    )


def clinicians(index: int) -> tuple[Clinician, Clinician]:
    """The two clinicians of row `index`."""
    first, second = (invented_npi(f"08{2 * index + place:07d}") for place in (0, 1))
    return Clinician(npi=first), Clinician(npi=second)


class BulkRows:
    """The directory as `store.directory.Rows`; one role text for all rows, since one rule grants them all."""

    def __init__(self, roles: str) -> None:
        self._roles = roles

    def __len__(self) -> int:
        return SIZE

    def sort_key(self, position: int) -> tuple[str, str, str]:
        """See `Rows`; generation order equals sort order."""
        [row] = self.rows([position])
        return name(position), last4(tin(position)), row.org_id

    def rows(self, positions: Sequence[int]) -> list[Row]:
        """See `Rows`; names are unique, so no text needs a number."""
        ids = opaque_ids([key(index) for index in positions])
        return [
            Row(org_id, f"{name(index)}:{last4(tin(index))}", self._roles)
            for org_id, index in zip(ids, positions, strict=True)
        ]

    def position(self, org_id: str) -> int | None:
        """See `Rows`."""
        org_key = key_of(org_id)
        return index_of(org_key) if org_key else None

    def words(self) -> Mapping[str, int]:
        """See `Rows`; made once per process."""
        return _words()

    def with_last4(self, digits: str) -> int:
        """See `Rows`; the first TIN ends in 0000, so row i ends in i mod 10000."""
        return bitsets.of(range(int(digits), SIZE, 10_000))

    def with_tin(self, tin: str) -> int:
        """See `Rows`."""
        index = index_with_tin(tin)
        return 0 if index is None else 1 << index


@cache
def _words() -> dict[str, int]:
    every_row = bitsets.everything(SIZE)
    words = {"DEMO": every_row, "PRACTICE": every_row}
    for colour, word in enumerate(_COLOURS):
        words[word] = _repeated(colour * _PER_COLOUR, _PER_COLOUR, SIZE)
    for place, word in enumerate(_PLACES):
        words[word] = _repeated(place * _PER_PLACE, _PER_PLACE, _PER_COLOUR)
    for number in range(_PER_PLACE):
        words[f"{number:03d}"] = _repeated(number, 1, _PER_PLACE)
    return words


def _repeated(first: int, length: int, period: int) -> int:
    """The rows `first` to `first + length - 1` and the same again every `period` rows."""
    bits = bitsets.everything(length) << first
    while period < SIZE:
        bits |= bits << period
        period *= 2
    return bits & bitsets.everything(SIZE)
