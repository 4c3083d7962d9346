"""Counts sessions over all instances, in Redis."""

import logging
from typing import Protocol

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from rose.settings import Settings, SettingsError

KEY = "rose:sessions"
# A health check asks each time, so a Redis that hangs must not hang Rose.
TIMEOUT_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Store(Protocol):
    """The part of a Redis client that counting needs."""

    def incr(self, name: str, amount: int = 1) -> object:
        """Adds to the number at `name`."""

    def get(self, name: str) -> object:
        """Returns the bytes at `name`, or None."""


class CounterUnavailableError(Exception):
    """Redis did not answer as it should."""


class SessionCounter:
    """How many sessions were started, by all instances that share the store."""

    def __init__(self, store: Store) -> None:
        """Counts in this store."""
        self._store = store

    def count(self) -> None:
        """Counts one session; one that cannot be counted is logged and goes on all the same."""
        try:
            self._store.incr(KEY)
        except redis.RedisError as error:
            logger.warning("a session was not counted: %s", error)

    def describe(self) -> str:
        """Says what was counted, for people.

        Raises:
            CounterUnavailableError: Redis did not answer, or with something else.
        """
        return f"sessions counted: {self.total()}"

    def total(self) -> int:
        """Returns the number of sessions.

        Raises:
            CounterUnavailableError: Redis did not answer, or with something else.
        """
        try:
            found = self._store.get(KEY)
        except redis.RedisError as error:
            message = f"Redis did not answer ({type(error).__name__})"
            raise CounterUnavailableError(message) from error
        if found is None:
            return 0
        if isinstance(found, bytes) and found.isdigit():
            return int(found)
        message = f"{KEY} in Redis holds something that is no number"
        raise CounterUnavailableError(message)


def make_counter(settings: Settings) -> SessionCounter | None:
    """Makes the counter if a Redis is configured; nothing is sent yet.

    Raises:
        SettingsError: REDIS_URL is no address of a Redis.
    """
    if settings.redis_url is None:
        return None
    try:
        client = redis.Redis.from_url(
            settings.redis_url,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), retries=0),
        )
    except ValueError as error:
        message = f"REDIS_URL is not usable: {error}"
        raise SettingsError(message) from error
    return SessionCounter(client)
