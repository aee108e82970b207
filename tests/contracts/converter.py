"""What every Converter promises (see `factuurbode.ports.Converter`). An adapter's test class inherits this one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factuurbode.convert.verify import verify
from factuurbode.errors import ConversionRefused
from factuurbode.ports import Converter, Document
from support.documents import an_invoice_docx


class ConverterContract:
    """Give it a fixture `converter`."""

    @pytest.fixture
    def converter(self) -> Converter:
        """A converter that is ready to work."""
        raise NotImplementedError

    def test_each_document_becomes_its_own_pdf_in_the_order_given(self, converter: Converter) -> None:
        numbers = [f"2026-{index:04}" for index in (7, 3, 5, 1)]

        conversions = list(converter.convert(Document(number, an_invoice_docx(number)) for number in numbers))

        assert [conversion.name for conversion in conversions] == numbers
        assert [verify(conversion.pdf, conversion.name) for conversion in conversions] == [1, 1, 1, 1]

    def test_an_empty_batch_gives_nothing(self, converter: Converter) -> None:
        assert list(converter.convert([])) == []

    @pytest.mark.parametrize("content", [b"", b"plain text", b"PK\x03\x04 not a zip"], ids=["empty", "text", "torn"])
    def test_what_is_not_a_word_document_is_refused_and_the_batch_goes_on(
        self, converter: Converter, content: bytes
    ) -> None:
        batch = [Document("1", an_invoice_docx("1")), Document("2", content), Document("3", an_invoice_docx("3"))]

        first, second, third = converter.convert(batch)

        assert verify(first.pdf, "1") == verify(third.pdf, "3") == 1
        assert second.name == "2"
        assert second.pdf == b""
        assert isinstance(second.error, ConversionRefused)

    def test_the_batch_is_read_only_a_little_ahead(self, converter: Converter) -> None:
        read: list[int] = []

        def batch() -> Iterator[Document]:
            for index in range(80):
                read.append(index)
                yield Document(str(index), an_invoice_docx(str(index)))

        conversions = converter.convert(batch())
        next(conversions)
        conversions.close()  # type: ignore[attr-defined]  # what leaving a loop early does

        assert 1 <= len(read) <= 40

    def test_a_second_batch_is_welcome(self, converter: Converter) -> None:
        for number in ("1", "2"):
            [conversion] = converter.convert([Document(number, an_invoice_docx(number))])
            assert verify(conversion.pdf, number) == 1

    def test_a_batch_after_one_that_was_left_half_read_gets_its_own_answers(self, converter: Converter) -> None:
        for _ in converter.convert(Document(str(index), an_invoice_docx(str(index))) for index in range(4)):
            break

        [conversion] = converter.convert([Document("88", an_invoice_docx("88"))])

        assert verify(conversion.pdf, "88") == 1

    def test_a_batch_that_was_left_half_read_cannot_be_read_on_after_another(self, converter: Converter) -> None:
        left = converter.convert(Document(str(index), an_invoice_docx(str(index))) for index in range(6))
        next(left)

        [conversion] = converter.convert([Document("88", an_invoice_docx("88"))])

        assert verify(conversion.pdf, "88") == 1
        with pytest.raises(RuntimeError):
            next(left)

    def test_it_may_be_closed_twice_and_used_again(self, converter: Converter) -> None:
        converter.close()
        converter.close()

        [conversion] = converter.convert([Document("1", an_invoice_docx("1"))])

        assert verify(conversion.pdf, "1") == 1
