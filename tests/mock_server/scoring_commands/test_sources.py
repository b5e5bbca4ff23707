"""Where documents come from: a file, the lines of a stream, a folder, pieces as they arrive."""

import io
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.scoring_commands import sources
from mock_server.scoring_commands.sources import Document, batches, is_many
from tests.mock_server.intake.qpp_json.documents import encoded
from tests.mock_server.scoring_commands.samples import SUBMISSION, line

ONE = encoded(SUBMISSION)
PRETTY = json.dumps(SUBMISSION, indent=2).encode()


class Pieces:
    """A stream that gives its bytes in the pieces it was made of."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = [piece for piece in pieces if piece]

    def read(self, size: int) -> bytes:
        piece = self._pieces.pop(0) if self._pieces else b""
        if len(piece) > size:
            self._pieces.insert(0, piece[size:])
        return piece[:size]


def from_stdin(*pieces: bytes) -> list[Document]:
    return [document for batch in batches(["-"], Pieces(pieces)) for document in batch]


def from_paths(*paths: Path) -> list[Document]:
    found = batches([str(path) for path in paths], io.BytesIO())
    return [document for batch in found for document in batch]


@pytest.mark.parametrize(
    "data", [ONE, ONE + b"\n", PRETTY, PRETTY + b"\n\n", b"", b"\n", b"not JSON\nat all"]
)
def test_one_document_may_have_any_shape(data: bytes) -> None:
    (document,) = from_stdin(data)
    assert (document.source, document.data, document.is_line) == ("standard input", data, False)


def test_several_documents_stand_on_lines_of_their_own() -> None:
    documents = from_stdin(b"\n" + ONE + b"\n\n" + ONE)
    assert [(document.source, document.data) for document in documents] == [("line 2", ONE), ("line 4", ONE)]
    assert is_many(["-"], documents[0])


def test_a_broken_line_among_others_is_a_line() -> None:
    documents = from_stdin(b'{"entityType": }\n' + ONE + b"\n{\n")
    assert [document.source for document in documents] == ["line 1", "line 2", "line 3"]


def test_lines_of_windows_are_lines() -> None:
    documents = from_stdin(ONE + b"\r\n" + ONE + b"\r\n")
    assert [document.data.strip() for document in documents] == [ONE, ONE]


@given(st.lists(st.integers(1, 4000), max_size=12), st.booleans())
def test_the_pieces_that_lines_arrive_in_make_no_difference(cuts: list[int], last: bool) -> None:
    data = b"\n".join([ONE, b"", ONE, b'{"a": 1}']) + b"\n" * last
    pieces, rest = [], data
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    found = from_stdin(*pieces, rest)
    assert [(document.source, document.data) for document in found] == [
        ("line 1", ONE),
        ("line 3", ONE),
        ("line 4", b'{"a": 1}'),
    ]


def test_what_arrives_is_handed_on_before_the_next_is_awaited() -> None:
    """A producer that waits for an answer gets it."""
    given: list[str] = []

    class Slow:
        def read(self, size: int) -> bytes:
            given.append("read")
            return line(SUBMISSION) if len(given) < 5 else b""

    stream = batches(["-"], Slow())
    next(stream)
    before = len(given)
    next(stream)
    assert len(given) == before + 1


def test_a_line_beyond_the_limit_is_refused_and_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_LINE", len(ONE))
    long = ONE[:-1] + b" " * 200_000 + b"}"
    documents = from_stdin(line(SUBMISSION), long, b"\n", ONE)
    assert [document.refusal is None for document in documents] == [True, False, True]
    assert documents[1].refusal is not None
    assert documents[1].refusal.refusal.type == "FileTooLarge"
    assert [document.source for document in documents] == ["line 1", "line 2", "line 3"]


def test_a_file_beyond_the_limit_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_FILE", 100)
    endless = Pieces([b" " * 60_000] * 1000)
    (batch,) = batches(["-"], endless)
    assert batch[0].refusal is not None
    assert endless.read(1) == b" "


def test_a_folder_is_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(ONE)
    (tmp_path / "a.ndjson").write_bytes(line(SUBMISSION) * 2)
    (tmp_path / "notes.txt").write_bytes(b"no")
    (tmp_path / ".hidden.json").write_bytes(b"no")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.JSON").write_bytes(PRETTY)
    documents = from_paths(tmp_path)
    assert [document.source for document in documents] == [
        f"{tmp_path}/a.ndjson:1",
        f"{tmp_path}/a.ndjson:2",
        f"{tmp_path}/b.json",
        f"{tmp_path}/more/c.JSON",
    ]
    assert is_many([str(tmp_path)], documents[2])


def test_a_folder_without_documents_is_a_refusal(tmp_path: Path) -> None:
    (document,) = from_paths(tmp_path)
    assert document.refusal is not None
    assert document.refusal.refusal.type == "FolderEmpty"


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(ONE)
    missing, found = from_paths(tmp_path / "none.json", tmp_path / "b.json")
    assert missing.refusal is not None
    assert missing.refusal.refusal.type == "FileNotRead"
    assert found.data == ONE


def test_a_name_on_disk_may_be_any_bytes(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    odd.write_bytes(ONE)
    (document,) = from_paths(tmp_path)
    assert document.source == f"{tmp_path}/\ufffd.json"
    assert document.data == ONE
