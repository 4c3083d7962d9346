from contextlib import closing
from dataclasses import replace

import redis

from rose import __version__
from rose.counter import SessionCounter
from rose.health import Check, Health, HealthCheck
from rose.memory import Memory
from rose.providers import GroqProvider, OfflineProvider
from rose.settings import Settings


class DeadStore:
    """A Redis that is down."""

    def incr(self, name: str, amount: int = 1) -> object:
        raise redis.TimeoutError(name, amount)

    def get(self, name: str) -> object:
        raise redis.TimeoutError(name)


def examine(settings: Settings, counter: SessionCounter | None = None) -> Health:
    provider = GroqProvider(settings) if settings.provider == "groq" else OfflineProvider()
    with closing(Memory(settings.memory_path)) as memory, closing(provider):
        return HealthCheck(settings, memory, provider, counter).run()


def test_is_well_and_says_who_it_is(settings: Settings) -> None:
    health = examine(replace(settings, commit="abc", deployment_id="d-1", environment="staging"))
    assert health == Health(
        status="ok",
        version=__version__,
        commit="abc",
        deployment_id="d-1",
        environment="staging",
        checks={
            "memory": Check(status="ok", detail="written and read back"),
            "provider": Check(status="ok", detail="offline is ready"),
            "frontend": Check(status="absent", detail="not built"),
        },
    )


def test_an_unknown_identity_is_null(settings: Settings) -> None:
    health = examine(settings)
    assert (health.commit, health.deployment_id) == (None, None)


def test_fails_with_a_provider_that_is_not_ready(settings: Settings) -> None:
    health = examine(replace(settings, provider="groq"))
    assert health.status == "failed"
    assert health.checks["provider"] == Check(status="failed", detail="GROQ_API_KEY is not set")


def test_fails_without_memory_and_still_checks_the_rest(settings: Settings) -> None:
    memory = Memory(settings.memory_path)
    memory.close()
    health = HealthCheck(settings, memory, OfflineProvider(), None).run()
    assert health.status == "failed"
    assert health.checks["memory"].status == "failed"
    assert health.checks["provider"].status == "ok"


def test_fails_without_a_required_front_end(settings: Settings) -> None:
    required = replace(settings, require_frontend=True)
    assert examine(required).checks["frontend"] == Check(status="failed", detail="not built")
    required.frontend_dir.mkdir()
    (required.frontend_dir / "index.html").write_text("<h1>Rose</h1>")
    assert examine(required).checks["frontend"] == Check(status="ok", detail="built")


def test_fails_with_a_redis_that_is_configured_and_down(settings: Settings) -> None:
    health = examine(settings, SessionCounter(DeadStore()))
    assert health.status == "failed"
    assert health.checks["redis"].detail == "Redis did not answer (TimeoutError)"
