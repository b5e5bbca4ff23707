"""The README says what the program does."""

from tools.readme_keys import README, with_table


def test_s_10_the_key_table_is_made_from_the_bindings() -> None:
    text = README.read_text()
    assert with_table(text) == text, "run: python -m tools.readme_keys"


def test_the_pictures_that_it_shows_exist_and_load_nothing() -> None:
    pictures = sorted((README.parent / "docs").glob("screenshot-*.svg"))
    assert f"docs/{pictures[-1].name}" in README.read_text()
    for picture in pictures:
        svg = picture.read_text()
        assert "@font-face" not in svg
        assert "<image" not in svg
        assert "@import" not in svg
