"""What went wrong before a server said a word: the sentence for each fault of a certificate or of TLS."""

from __future__ import annotations

import ssl

import pytest

from factuurbode.deliver.diagnose import tls_failure
from factuurbode.domain.states import State


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (9, "mail_certificate_date"),  # not yet valid
        (10, "mail_certificate_date"),  # expired
        (18, "mail_certificate_issuer"),  # self-signed
        (19, "mail_certificate_issuer"),
        (20, "mail_certificate_issuer"),
        (21, "mail_certificate_issuer"),
        (62, "mail_certificate_name"),
        (64, "mail_certificate_name"),  # of an address
        (23, "mail_certificate"),  # revoked: no sentence of its own
    ],
)
def test_a_certificate_that_cannot_be_trusted_is_told_with_its_reason(code: int, sentence: str) -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "what OpenSSL says"
    receipt = tls_failure(error)
    assert (receipt.state, receipt.code, receipt.detail) == (State.LATER, sentence, "what OpenSSL says")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("UNSUPPORTED_PROTOCOL", "mail_tls_version"),
        ("TLSV1_ALERT_PROTOCOL_VERSION", "mail_tls_version"),
        ("WRONG_VERSION_NUMBER", "mail_tls_refused"),
    ],
)
def test_a_server_with_too_old_a_tls_is_told_apart_from_one_without(reason: str, sentence: str) -> None:
    error = ssl.SSLError(1, f"[SSL: {reason}]")
    error.reason = reason
    assert tls_failure(error).code == sentence


def test_a_line_that_breaks_while_tls_is_set_up_is_told() -> None:
    assert tls_failure(ConnectionResetError("weg")).code == "mail_tls_refused"
