"""A few listed rows among the many of another list, still in the order of F-ORG-01.

An account may hold roles for single organizations besides the rule that covers the generated directory. The
few are woven in by position: every set of the many is moved apart where a row comes between.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from mock_server.store import bitsets
from mock_server.store.directory import ListedRows, Row, Rows


class MergedRows:
    """`many` and `few` as one list (`directory.Rows`); no organization may be in both."""

    def __init__(self, many: Rows, few: ListedRows) -> None:
        self._many = many
        self._few = few
        self._places = [
            bisect_left(range(len(many)), few.sort_key(number), key=many.sort_key) + number
            for number in range(len(few))
        ]
        """Where each of the few stands in the whole, ascending."""

    def __len__(self) -> int:
        return len(self._many) + len(self._few)

    def sort_key(self, position: int) -> tuple[str, str, str]:
        """See `Rows`."""
        number, of_few = self._source(position)
        return self._few.sort_key(number) if of_few else self._many.sort_key(number)

    def rows(self, positions: Sequence[int]) -> list[Row]:
        """See `Rows`."""
        sources = [self._source(position) for position in positions]
        many: Iterator[Row] = iter(self._many.rows([number for number, of_few in sources if not of_few]))
        few: Iterator[Row] = iter(self._few.rows([number for number, of_few in sources if of_few]))
        return [next(few if of_few else many) for _, of_few in sources]

    def position(self, org_id: str) -> int | None:
        """See `Rows`."""
        number = self._few.position(org_id)
        if number is not None:
            return self._places[number]
        position = self._many.position(org_id)
        return None if position is None else self._moved(1 << position).bit_length() - 1

    def words(self) -> Mapping[str, int]:
        """See `Rows`."""
        words = {word: self._moved(bits) for word, bits in self._many.words().items()}
        for word, bits in self._few.words().items():
            words[word] = words.get(word, 0) | self._placed(bits)
        return words

    def with_last4(self, digits: str) -> int:
        """See `Rows`."""
        return self._moved(self._many.with_last4(digits)) | self._placed(self._few.with_last4(digits))

    def with_tin(self, tin: str) -> int:
        """See `Rows`."""
        return self._moved(self._many.with_tin(tin)) | self._placed(self._few.with_tin(tin))

    def _source(self, position: int) -> tuple[int, bool]:
        """Position in its own list, and whether that is the few."""
        before = bisect_left(self._places, position)
        of_few = before < len(self._places) and self._places[before] == position
        return (before, True) if of_few else (position - before, False)

    def _moved(self, bits: int) -> int:
        for place in self._places:
            bits = bitsets.insert_gap(bits, place)
        return bits

    def _placed(self, bits: int) -> int:
        return bitsets.of(self._places[number] for number in bitsets.members(bits, 0, len(self._few)))
