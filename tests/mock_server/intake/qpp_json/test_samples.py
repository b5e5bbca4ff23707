"""The agency's sample files (../shared/samples), where they are at hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from client.messages.submission import MeasureValue
from mock_server.intake.qpp_json import read_submission
from mock_server.intake.qpp_json.normal_form import normal_form
from tests.mock_server.intake.qpp_json.documents import places

SAMPLES = Path(__file__).parents[5] / "shared" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not at hand")


def test_the_valid_sample_of_2017_says_what_its_description_says() -> None:
    submission = normal_form(read_submission((SAMPLES / "qpp-json-2017-group-valid.json").read_bytes()))
    assert (submission.performance_year, submission.entity_type) == (2017, "group")
    assert submission.taxpayer_identification_number == "000123456"
    sets = {one.category: one for one in submission.measurement_sets}
    assert len(sets["ia"].measurements) == 4
    rates = {}
    for one in sets["quality"].measurements:
        assert isinstance(one.value, MeasureValue)
        assert one.value.reporting_rate == 100
        rates[one.measure_id] = one.value.performance_rate
    assert rates == {
        id_: Decimal(0 if id_ == "192" else 100) for id_ in ("005", "110", "128", "191", "192", "310")
    }


def test_the_sample_with_three_errors_has_exactly_three_problems() -> None:
    assert places((SAMPLES / "qpp-json-2019-three-errors.json").read_bytes()) == [
        ("API-VAL-4", "$.taxpayerIdentificationNumber"),
        ("API-VAL-36", "$.measurementSets[0].measurements[0].value.eligiblePopulation"),
        ("API-VAL-30", "$.measurementSets[1].measurements[0].measureId"),
    ]
