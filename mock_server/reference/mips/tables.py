"""The file format of the bundled tables: one JSON document per performance year, one row per line.

Rows are sorted by id and leave out what equals the default: the same source always gives the same bytes, and
a change shows as changed lines.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.reference.mips.clusters import ClusterRow
from mock_server.reference.mips.measures import CostMeasure, ImprovementActivity, PiMeasure, QualityMeasure
from mock_server.reference.mips.rows import Row

FOLDER: Final = Path(__file__).parent


class YearTables(Row, frozen=True, kw_only=True):
    """Everything that is bundled for one performance year."""

    performance_year: int
    quality: tuple[QualityMeasure, ...]
    pi: tuple[PiMeasure, ...]
    """In 2017 the Advancing Care Information measures."""
    ia: tuple[ImprovementActivity, ...]
    cost: tuple[CostMeasure, ...]
    benchmarks: tuple[Benchmark, ...]
    clinical_clusters: tuple[ClusterRow, ...]


_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(YearTables)


def file_of(year: int, folder: Path = FOLDER) -> Path:
    """Where the tables of a year lie."""
    return folder / f"{year}.json"


def decode(document: bytes) -> YearTables:
    """Read a document; `msgspec.ValidationError` when it is not one."""
    return _decoder.decode(document)


def encode(tables: YearTables) -> bytes:
    """Write a document, one row per line."""
    lists: dict[str, Sequence[Row]] = {
        "quality": tables.quality,
        "pi": tables.pi,
        "ia": tables.ia,
        "cost": tables.cost,
        "benchmarks": tables.benchmarks,
        "clinicalClusters": tables.clinical_clusters,
    }
    parts = [b'"performanceYear":%d' % tables.performance_year]
    parts += [b'"%s":[\n%s\n]' % (name.encode(), _lines(rows)) for name, rows in lists.items()]
    return b"{" + b",\n".join(parts) + b"}\n"


def _lines(rows: Sequence[Row]) -> bytes:
    return b",\n".join(_encoder.encode(row) for row in rows)
