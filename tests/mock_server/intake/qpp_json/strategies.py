"""Valid submissions of any year as JSON documents, drawn from the measures of the year."""

from typing import Any

from hypothesis import strategies as st

from mock_server.reference.mips import QualityMeasure, mips_year

Documents = st.SearchStrategy[dict[str, Any]]

_METHODS = ("registry", "electronicHealthRecord", "claims", "cmsWebInterface")
_counts = st.integers(0, 400)
_optional_counts = st.one_of(st.none(), st.integers(0, 40))


@st.composite
def _rates(draw: st.DrawFn) -> dict[str, Any]:
    parts = {
        "performanceMet": draw(_counts),
        "performanceNotMet": draw(_optional_counts),
        "eligiblePopulationExclusion": draw(_optional_counts),
        "eligiblePopulationException": draw(_optional_counts),
    }
    total = sum(count or 0 for count in parts.values())
    return {**parts, "eligiblePopulation": total + draw(st.integers(0, 50))}


@st.composite
def _quality_value(draw: st.DrawFn, measure: QualityMeasure, year: int) -> dict[str, Any]:
    value: dict[str, Any] = {"isEndToEndReported": draw(st.booleans())}
    if measure.metric_type == "nonProportion":
        number = st.decimals(0, 1000, places=3).map(float)
        value |= {"numerator": draw(number), "denominator": draw(number)}
        key = "observationInstances" if year == 2019 else "reportingRate"
        return value | {key: draw(st.integers(0, 100))}
    if measure.metric_type.startswith("registry"):
        value["performanceRate"] = draw(st.decimals(0, 100, places=4).map(float))
    if measure.is_multi_rate:
        value["strata"] = [{"stratum": name, **draw(_rates())} for name in measure.stratum_names]
        return value
    return value | draw(_rates())


@st.composite
def _quality_set(draw: st.DrawFn, year: int) -> dict[str, Any]:
    method = draw(st.sampled_from(_METHODS))
    measures = [
        measure
        for measure in mips_year(year).quality.values()
        if method in measure.submission_methods and measure.metric_type not in ("cahps", "costScore")
    ]
    chosen = draw(st.lists(st.sampled_from(measures), max_size=8, unique_by=lambda m: m.measure_id))
    return _set(year, "quality", method, [
        {"measureId": measure.measure_id, "value": draw(_quality_value(measure, year))} for measure in chosen
    ])  # fmt: skip


@st.composite
def _pi_set(draw: st.DrawFn, year: int) -> dict[str, Any]:
    measures = list(mips_year(year).pi.values())
    chosen = draw(st.lists(st.sampled_from(measures), max_size=12, unique_by=lambda m: m.measure_id))
    rows = []
    for measure in chosen:
        if measure.metric_type == "boolean":
            rows.append({"measureId": measure.measure_id, "value": draw(st.booleans())})
        else:
            denominator = draw(_counts)
            value = {"numerator": draw(st.integers(0, denominator)), "denominator": denominator}
            rows.append({"measureId": measure.measure_id, "value": value})
    made = _set(year, "aci" if year == 2017 else "pi", "registry", rows)
    return made | {"cehrtId": draw(st.sampled_from((None, "0015EABCDEFGHIJ")))}


@st.composite
def _activities(draw: st.DrawFn, year: int) -> dict[str, Any]:
    ids = draw(st.lists(st.sampled_from(sorted(mips_year(year).ia)), max_size=5, unique=True))
    rows = [{"measureId": id_, "value": draw(st.booleans())} for id_ in ids]
    return _set(year, "ia", "webAttestation", rows)


def _set(year: int, category: str, method: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "category": category,
        "submissionMethod": method,
        "performanceStart": f"{year}-01-01",
        "performanceEnd": f"{year}-12-31",
        "measurements": rows,
    }


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A valid submission."""
    year = draw(st.sampled_from((2017, 2018, 2019)))
    sets = [
        *draw(st.lists(_quality_set(year), max_size=2, unique_by=lambda s: str(s["submissionMethod"]))),
        *draw(st.lists(_pi_set(year), max_size=1)),
        *draw(st.lists(_activities(year), max_size=1)),
    ]
    document: dict[str, Any] = {"performanceYear": year, "measurementSets": sets}
    entity_type = draw(st.sampled_from(("individual", "group", "virtualGroup", "apm")))
    document["entityType"] = entity_type
    if entity_type in ("individual", "group"):
        document["taxpayerIdentificationNumber"] = "000456789"
    else:
        document["entityId"] = "x12345"
    if entity_type == "individual":
        document["nationalProviderIdentifier"] = "0876543210"
    return document
