"""A few rows among many behave as one list."""

from hypothesis import given
from hypothesis import strategies as st

from mock_server.store.directory import Directory, ListedRows, Listing
from mock_server.store.merged_rows import MergedRows

_names = st.lists(st.sampled_from(["ALDER", "BIRCH", "CEDAR", "DEMO"]), min_size=1, max_size=3).map(" ".join)
_tins = st.integers(0, 99).map(lambda number: f"0000{number // 10}{number % 10:04d}")
_rows = st.lists(st.tuples(_names, _tins), max_size=15, unique_by=lambda row: (row[0], row[1][-4:]))


@given(_rows, st.data(), st.sampled_from(["", "alder", "demo 0003", "0003", "000000003"]))
def test_few_and_many_together_equal_one_list(
    rows: list[tuple[str, str]], data: st.DataObject, search: str
) -> None:
    listings = [
        Listing(org_id=f"id{number}", name=name, suffix=tin[-4:], tin=tin)
        for number, (name, tin) in enumerate(rows)
    ]
    few = data.draw(st.sets(st.sampled_from(listings)) if listings else st.just(set()))
    many = [each for each in listings if each not in few]
    merged = Directory(MergedRows(ListedRows(many), ListedRows(few)))
    whole = Directory(ListedRows(listings))
    assert len(merged) == len(whole)
    assert merged.page(search) == whole.page(search)
    assert all(merged.row(each.org_id) == whole.row(each.org_id) for each in listings)
