import logging

import pytest
import redis

from rose.counter import KEY, CounterUnavailableError, SessionCounter, make_counter
from rose.settings import Settings, SettingsError


class FakeStore:
    """Redis, as far as counting goes."""

    def __init__(self, values: dict[str, bytes] | None = None, *, down: bool = False) -> None:
        self.values = values or {}
        self.down = down

    def incr(self, name: str, amount: int = 1) -> int:
        self._answer()
        total = int(self.values.get(name, b"0")) + amount
        self.values[name] = str(total).encode()
        return total

    def get(self, name: str) -> bytes | None:
        self._answer()
        return self.values.get(name)

    def _answer(self) -> None:
        if self.down:
            message = "connection refused"
            raise redis.ConnectionError(message)


def test_counts_from_nothing() -> None:
    counter = SessionCounter(FakeStore())
    assert counter.total() == 0
    counter.count()
    counter.count()
    assert counter.total() == 2
    assert counter.describe() == "sessions counted: 2"


def test_a_store_that_is_down_stops_no_session(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        SessionCounter(FakeStore(down=True)).count()
    assert "a session was not counted: connection refused" in caplog.text


def test_a_store_that_is_down_has_no_total() -> None:
    with pytest.raises(CounterUnavailableError, match=r"did not answer \(ConnectionError\)"):
        SessionCounter(FakeStore(down=True)).total()


def test_a_foreign_value_is_no_total() -> None:
    with pytest.raises(CounterUnavailableError, match="no number"):
        SessionCounter(FakeStore({KEY: b"many"})).total()


def test_there_is_no_counter_without_a_redis() -> None:
    assert make_counter(Settings()) is None


def test_an_address_is_enough_for_a_counter() -> None:
    assert make_counter(Settings(redis_url="redis://localhost:6379/0"))


def test_a_wrong_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="REDIS_URL is not usable"):
        make_counter(Settings(redis_url="localhost"))
