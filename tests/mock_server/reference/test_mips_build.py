"""`tools/build_reference.py`: from the agency's files to the bundled tables."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from mock_server.reference.mips import YEARS
from mock_server.reference.mips.tables import decode
from tools.build_reference import main

QUALITY = {
    "category": "quality",
    "measureId": "236",
    "title": "  Controlling\r\nHigh\xa0Blood  Pressure ",
    "description": "Share of patients ...",
    "measureType": "intermediateOutcome",
    "metricType": "singlePerformanceRate",
    "submissionMethods": ["claims", "registry"],
    "isHighPriority": True,
    "isInverse": False,
    "eMeasureId": None,
    "strata": [{"name": "overall", "description": "All of them"}],
    "measureSpecification": {"registry": "https://example.invalid/236.pdf"},
    "eligibilityOptions": [{"minAge": 18}],
}
ACTIVITY = {
    "category": "ia",
    "measureId": "IA_PCMH",
    "title": "Medical home",
    "weight": None,
    "subcategoryId": None,
}
BENCHMARK = {
    "measureId": "236",
    "submissionMethod": "registry",
    "performanceYear": 2019,
    "benchmarkYear": 2017,
    "deciles": [0, 10.25, 20, 30, 40, 50, 60, 70, 100],
}
CLUSTER = {
    "measureId": "236",
    "submissionMethod": "registry",
    "firstPerformanceYear": 2017,
    "lastPerformanceYear": None,
    "clinicalClusters": [{"name": "preventiveCare", "measureIds": ["236"]}],
}


def put(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), "utf-8")


def package(folder: Path, version: str = "5.5.4", quality: Mapping[str, object] = QUALITY) -> Path:
    put(folder / "package.json", {"name": "qpp-measures-data", "version": version, "license": "MIT"})
    for year in YEARS:
        put(folder / "measures" / str(year) / "measures-data.json", [ACTIVITY, quality])
        put(folder / "benchmarks" / f"{year}.json", [BENCHMARK])
        put(folder / "clinical-clusters" / str(year) / "clinical-clusters.json", [CLUSTER])
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def build(source: Path, target: Path, *options: str) -> int:
    return main([str(source), "--target", str(target), *options])


def test_keeps_facts_and_drops_prose(tmp_path: Path, target: Path) -> None:
    assert build(package(tmp_path / "package"), target) == 0
    document = (target / "2019.json").read_bytes()
    assert b"escription" not in document
    assert b"example.invalid" not in document
    measure = decode(document).quality[0]
    assert measure.title == "Controlling High Blood Pressure"
    assert measure.is_high_priority
    assert measure.stratum_names == ("overall",)
    assert b'"deciles":[0,10.25,20,' in document


def test_same_package_gives_the_same_bytes(tmp_path: Path, target: Path) -> None:
    source = package(tmp_path / "package")
    build(source, target)
    first = {file.name: file.read_bytes() for file in target.iterdir()}
    build(source, target)
    assert {file.name: file.read_bytes() for file in target.iterdir()} == first
    assert set(first) == {"2017.json", "2018.json", "2019.json", "SHA256SUMS"}


def test_prints_the_checksums_it_writes(
    tmp_path: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(package(tmp_path / "package"), target)
    assert capsys.readouterr().out == (target / "SHA256SUMS").read_text()


def test_check_writes_nothing_and_names_what_differs(
    tmp_path: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = package(tmp_path / "package")
    build(source, target)
    assert build(source, target, "--check") == 0
    (target / "2018.json").write_text("{}")
    assert build(source, target, "--check") == 1
    assert "differs: 2018.json" in capsys.readouterr().err
    assert (target / "2018.json").read_text() == "{}"


@pytest.mark.parametrize("problem", ["other version", "unknown measure type", "no such folder"])
def test_refuses_what_it_does_not_know(
    problem: str, tmp_path: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = {
        "other version": lambda: package(tmp_path / "package", version="6.0.0"),
        "unknown measure type": lambda: package(
            tmp_path / "package", quality={**QUALITY, "measureType": "astrology"}
        ),
        "no such folder": lambda: tmp_path / "nowhere",
    }[problem]()
    assert build(source, target) == 2
    assert capsys.readouterr().err
    assert list(target.iterdir()) == []
