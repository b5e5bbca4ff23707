"""Write `mock_server/reference/mips/<year>.json` from an unpacked copy of the npm package qpp-measures-data.

    npm pack qpp-measures-data@5.5.4 && tar xzf qpp-measures-data-5.5.4.tgz
    python -m tools.build_reference package [--check]

The types of `mock_server.reference.mips` are the schema: what has no field there (descriptions, billing
codes, links) is dropped, and a value they do not know is an error. Same package, same bytes. Prints the
checksums and writes them to `SHA256SUMS` beside the tables; `--check` compares instead of writing.
"""

import argparse
import sys
from collections.abc import Iterable
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.reference.mips.clusters import ClusterRow
from mock_server.reference.mips.measures import (
    CostMeasure,
    ImprovementActivity,
    Measure,
    PiMeasure,
    QualityMeasure,
)
from mock_server.reference.mips.tables import FOLDER, YearTables, encode, file_of
from mock_server.reference.mips.years import YEARS

PACKAGE, VERSION = "qpp-measures-data", "5.5.4"
CHECKSUMS = "SHA256SUMS"

AnyMeasure = TypeVar("AnyMeasure", bound=Measure)
MEASURE_TYPES: dict[str, type[Measure]] = {
    "quality": QualityMeasure,
    "aci": PiMeasure,
    "pi": PiMeasure,
    "ia": ImprovementActivity,
    "cost": CostMeasure,
}


class Manifest(msgspec.Struct):
    """What `package.json` says the copy is."""

    name: str
    version: str


class WithCategory(msgspec.Struct):
    """The one property that tells which type a row of the measures file has."""

    category: Literal["quality", "aci", "pi", "ia", "cost"]


class WrongPackageError(Exception):
    """The folder does not hold the expected version of the package."""


def main(arguments: list[str] | None = None) -> int:
    """Build or check; 1 if a check fails, 2 if the folder holds something else."""
    options = parsed(arguments)
    try:
        files = built(options.package)
    except (OSError, msgspec.MsgspecError, WrongPackageError) as error:
        print(f"{options.package}: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(files[CHECKSUMS].decode())
    return compare(files, options.target) if options.check else write(files, options.target)


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Build the MIPS reference tables.")
    parser.add_argument("package", type=Path, help=f"unpacked copy of {PACKAGE} {VERSION}")
    parser.add_argument("--target", type=Path, default=FOLDER, help="folder of the tables")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    return parser.parse_args(arguments)


def built(package: Path) -> dict[str, bytes]:
    """Every file by name: the tables and their checksums."""
    require_version(package)
    files = {file_of(year).name: encode(year_tables(package, year)) for year in YEARS}
    sums = "".join(f"{sha256(document).hexdigest()}  {name}\n" for name, document in files.items())
    return {**files, CHECKSUMS: sums.encode()}


def require_version(package: Path) -> None:
    """Raise `WrongPackageError` unless the copy is the one that the tables are defined by."""
    found = msgspec.json.decode((package / "package.json").read_bytes(), type=Manifest)
    if (found.name, found.version) != (PACKAGE, VERSION):
        raise WrongPackageError(f"expected {PACKAGE} {VERSION}, found {found.name} {found.version}")


def year_tables(package: Path, year: int) -> YearTables:
    """The tables of one year, rows sorted by id and method."""
    measures = read_measures(package / "measures" / str(year) / "measures-data.json")
    clusters = package / "clinical-clusters" / str(year) / "clinical-clusters.json"
    benchmarks = package / "benchmarks" / f"{year}.json"
    return YearTables(
        performance_year=year,
        quality=of_type(measures, QualityMeasure),
        pi=of_type(measures, PiMeasure),
        ia=of_type(measures, ImprovementActivity),
        cost=of_type(measures, CostMeasure),
        benchmarks=by_key(msgspec.json.decode(benchmarks.read_bytes(), type=list[Benchmark])),
        clinical_clusters=by_key(msgspec.json.decode(clusters.read_bytes(), type=list[ClusterRow])),
    )


def read_measures(file: Path) -> list[Measure]:
    """Measures of all categories, titles on one line."""
    rows = msgspec.json.decode(file.read_bytes(), type=list[msgspec.Raw])
    return [on_one_line(read_measure(row)) for row in rows]


def read_measure(row: msgspec.Raw) -> Measure:
    """One measure, as the type of its category."""
    category = msgspec.json.decode(row, type=WithCategory).category
    return msgspec.json.decode(row, type=MEASURE_TYPES[category])


def on_one_line(measure: AnyMeasure) -> AnyMeasure:
    """Titles come with line breaks, hard and doubled spaces; a terminal line wants single spaces."""
    return msgspec.structs.replace(measure, title=" ".join(measure.title.split()))


def of_type(measures: Iterable[Measure], kind: type[AnyMeasure]) -> tuple[AnyMeasure, ...]:
    """The measures of one type by id."""
    return tuple(sorted((m for m in measures if isinstance(m, kind)), key=attrgetter("measure_id")))


Keyed = TypeVar("Keyed", Benchmark, ClusterRow)


def by_key(rows: Iterable[Keyed]) -> tuple[Keyed, ...]:
    """Rows by measure id and method."""
    return tuple(sorted(rows, key=attrgetter("key")))


def write(files: dict[str, bytes], target: Path) -> int:
    """Put every file in its place."""
    for name, content in files.items():
        (target / name).write_bytes(content)
    return 0


def compare(files: dict[str, bytes], target: Path) -> int:
    """Name the files that differ; 1 if there are any."""
    stale = [
        n for n, content in files.items() if not (p := target / n).is_file() or p.read_bytes() != content
    ]
    for name in stale:
        print(f"differs: {name}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
