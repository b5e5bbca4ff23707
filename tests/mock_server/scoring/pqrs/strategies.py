"""Valid practice records of every kind, as JSON documents (pqrs-2011 1.5)."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mock_server.reference.pqrs_2011.measures import GROUPS, MEASURES
from mock_server.reference.pqrs_2011.methods import INDIVIDUAL_METHODS, METHODS, Method

Document = dict[str, Any]

few = st.integers(0, 40)
money = st.decimals("0", "999999.99", places=2).map(lambda amount: f"{amount:.2f}")
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)


def examples(count: int = 60) -> Callable[[Any], Any]:
    """The same examples in every run, whatever the machine's pace."""
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@st.composite
def submissions(draw: st.DrawFn, reported: int) -> Document:
    """Submissions that fit `reported` valid ones (P-DM-45)."""
    columns = {
        name: draw(st.integers(0, 5)) for name in ("cpt", "dx", "cpt_dx", "missing_cpt", "missing_cpt_dx")
    }
    invalid = sum(columns.values()) + draw(st.integers(0, 3))
    age = draw(st.integers(invalid - sum(columns.values()), invalid))
    gender = draw(st.integers(0, invalid))
    return {"reported": reported + invalid, "age": age, "gender": gender, **columns}


@st.composite
def measures(draw: st.DrawFn, number: str, method: Method | None, *, certain: bool = False) -> Document:
    """Counts that keep P-DM-30 to 36; with `certain` something was reported."""
    claims = method is None or method.mechanism == "claims"
    reported = draw(st.integers(1, 40)) if certain else draw(few)
    without, errors = (draw(few), draw(few)) if claims else (0, 0)
    excluded = draw(st.integers(0, reported))
    medical = draw(st.integers(0, excluded))
    met = draw(st.integers(0, reported - excluded))
    document: Document = {
        "measure": number,
        "eligible_instances": reported + without + errors if claims else reported + draw(few),
        "reported": reported,
        "excl_1p": medical,
        "excl_other": excluded - medical,
        "met": met,
    }
    if claims:
        document |= {"no_qdc": without, "qdc_errors": errors}
    if draw(st.booleans()):
        document["not_met"] = reported - excluded - met
    if method is not None and method.code.startswith("IND-CLM") and draw(st.booleans()):
        document["submissions"] = draw(submissions(reported))
    return document


@st.composite
def groups(draw: st.DrawFn, title: str, method: Method) -> Document:
    """A measures group with some members and at least one complete."""
    complete = draw(st.integers(1, 40))
    numbers = draw(st.lists(st.sampled_from(GROUPS[title].members), unique=True))
    return {
        "group": title,
        "eligible": complete + draw(few),
        "complete": complete,
        "members": [
            draw(
                measures(
                    number,
                    METHODS["MG30-REG-12"] if method.mechanism == "registry" else METHODS["MG30-CLM-12"],
                )
            )
            for number in numbers
        ],
    }


@st.composite
def attempts(draw: st.DrawFn, method: Method) -> Document:
    """An attempt by one method."""
    document: Document = {"method": method.code}
    if method.groups:
        titles = draw(st.lists(st.sampled_from(sorted(GROUPS)), min_size=1, max_size=3, unique=True))
        document["groups"] = [draw(groups(title, method)) for title in titles]
    else:
        numbers = draw(st.lists(st.sampled_from(sorted(MEASURES)), min_size=1, max_size=5, unique=True))
        document["measures"] = [
            draw(measures(number, method, certain=i == 0)) for i, number in enumerate(numbers)
        ]
    if method.mechanism != "claims":
        document["registry_or_ehr_name"] = draw(st.none() | texts)
    return document


@st.composite
def professionals(draw: st.DrawFn, npi: str) -> Document:
    """A professional with up to four methods."""
    methods = draw(st.lists(st.sampled_from(INDIVIDUAL_METHODS), max_size=4, unique=True))
    charges = sorted((draw(money), draw(money)), key=float)
    eligible = st.dictionaries(st.sampled_from(sorted(MEASURES)), few, max_size=3)
    return {
        "npi": npi,
        "npi_name": draw(st.none() | texts),
        "charges_6": charges[0],
        "charges_12": charges[1],
        "moc_requirements_met": draw(st.sampled_from([True, False, None])),
        "eligible_by_measure": {"12": draw(eligible), "6": draw(eligible)},
        "attempts": [draw(attempts(method)) for method in methods],
    }


@st.composite
def practices(draw: st.DrawFn) -> Document:
    """A whole record of individuals."""
    npis = draw(st.lists(st.from_regex(r"[12][0-9]{9}", fullmatch=True), max_size=4, unique=True))
    ids = draw(st.lists(st.from_regex(r"[0-9A-Z]{5}", fullmatch=True), max_size=4, unique=True))
    switches = st.fixed_dictionaries({}, optional={k: st.booleans() for k in ("claims", "registry", "ehr")})
    return {
        "program": "pqrs",
        "year": 2011,
        "tin": draw(st.from_regex(r"[0-9]{9}", fullmatch=True)),
        "tin_name": draw(st.none() | texts),
        "participation": "individual",
        "contractors": [{"id": name, "charges_12": draw(money)} for name in ids],
        "npis": [draw(professionals(npi)) for npi in npis],
        "zero_performance_discount": draw(st.none() | switches),
    }
