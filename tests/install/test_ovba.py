"""Compression and compound files, against the readers of others."""

from __future__ import annotations

import io
import random

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factuurbode.install.compound_file import compound_file
from factuurbode.install.ovba_compression import compressed
from support.olevba import decompress_stream

CHANCE = random.Random(4)  # noqa: S311 - made-up data


def read_back(data: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(compressed(data))))


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.text(alphabet="ab\r\n", max_size=6000).map(str.encode))
def test_whatever_is_compressed_is_read_back(data: bytes) -> None:
    assert read_back(data) == data


@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 8192, 50_000])
def test_sources_of_every_size_are_read_back(size: int) -> None:
    text = (b"Public Sub Press(ByVal control As Object)\r\n    Call Something\r\nEnd Sub\r\n" * 800)[:size]

    assert read_back(text) == text
    assert len(compressed(text)) < max(size, 8)


@pytest.mark.parametrize("size", [4096, 9000])
def test_a_piece_that_does_not_get_smaller_stays_as_it_is(size: int) -> None:
    noise = CHANCE.randbytes(size)

    assert read_back(noise) == noise
    assert len(compressed(noise)) <= size + size // 8 + 16


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 20])
def test_every_stream_of_a_compound_file_is_found_and_whole(count: int) -> None:
    streams = {f"Stream {'x' * (number % 5)}{number}": CHANCE.randbytes(number * 977) for number in range(count)}

    with olefile.OleFileIO(io.BytesIO(compound_file({"VBA": streams, "PROJECT": b"text"}))) as file:
        assert not file.parsing_issues
        assert {path[1]: file.openstream(path).read() for path in file.listdir() if path[0] == "VBA"} == streams
        assert file.openstream("project").read() == b"text"


def test_more_than_the_header_can_name_is_refused() -> None:
    with pytest.raises(ValueError, match="7 MB"):
        compound_file({"big": bytes(8_000_000)})
