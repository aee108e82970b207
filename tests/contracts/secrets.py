"""What every `ports.Secrets` promises. A test module inherits `SecretsContract` and gives the fixture it names."""

from __future__ import annotations

from factuurbode.errors import StorageError
from factuurbode.ports import Secrets

SECRET = "géheim-123 %s {0}"


class SecretsContract:
    """Fixtures: `secrets`, which holds SECRET for bakker at smtp.bakkerij.test, and `empty`, which holds nothing."""

    def test_a_password_is_found(self, secrets: Secrets) -> None:
        assert secrets.password("smtp.bakkerij.test", "bakker") == SECRET

    def test_without_one_there_is_none(self, empty: Secrets) -> None:
        assert empty.password("smtp.bakkerij.test", "bakker") is None

    def test_what_is_remembered_is_found_or_refused_aloud(self, empty: Secrets) -> None:
        refused = _remember(empty)
        assert empty.password("smtp.bakkerij.test", "bakker") == (None if refused else SECRET)
        assert SECRET not in f"{refused!r} {refused and (refused.facts, refused.__cause__)}"

    def test_what_is_forgotten_is_gone_or_refused_aloud(self, secrets: Secrets) -> None:
        try:
            secrets.forget("smtp.bakkerij.test", "bakker")
        except StorageError:
            assert secrets.password("smtp.bakkerij.test", "bakker") == SECRET
        else:
            assert secrets.password("smtp.bakkerij.test", "bakker") is None

    def test_forgetting_what_was_never_kept_is_nothing(self, empty: Secrets) -> None:
        empty.forget("smtp.bakkerij.test", "bakker")

    def test_a_secret_is_never_shown(self, secrets: Secrets) -> None:
        assert SECRET not in repr(secrets) + str(secrets)


def _remember(secrets: Secrets) -> StorageError | None:
    try:
        secrets.remember("smtp.bakkerij.test", "bakker", SECRET)
    except StorageError as error:
        return error
    return None
