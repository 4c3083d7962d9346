"""Health: Rose checks her own parts and says which version she is."""

from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import BaseModel

from rose import __version__
from rose.counter import CounterUnavailableError, SessionCounter
from rose.frontend import is_built
from rose.memory import Memory, MemoryUnavailableError
from rose.providers import ChatProvider, ProviderError
from rose.settings import Settings


class Check(BaseModel):
    """What one part said; `absent` is a part that is missing and not required."""

    status: Literal["ok", "absent", "failed"]
    detail: str


class Health(BaseModel):
    """The whole answer; `commit` and `deployment_id` tell a new version from an old one."""

    status: Literal["ok", "failed"]
    version: str
    commit: str | None
    deployment_id: str | None
    environment: str
    checks: dict[str, Check]


class HealthCheck:
    """Examines the parts each time it is asked."""

    def __init__(
        self,
        settings: Settings,
        memory: Memory,
        provider: ChatProvider,
        counter: SessionCounter | None,
    ) -> None:
        """Examines these parts."""
        self._settings = settings
        self._memory = memory
        self._provider = provider
        self._counter = counter

    def run(self) -> Health:
        """Examines every part, also when an earlier one failed."""
        checks = dict(self._checks())
        failed = any(check.status == "failed" for check in checks.values())
        return Health(
            status="failed" if failed else "ok",
            version=__version__,
            commit=self._settings.commit,
            deployment_id=self._settings.deployment_id,
            environment=self._settings.environment,
            checks=checks,
        )

    def _checks(self) -> Iterator[tuple[str, Check]]:
        yield "memory", _attempt(self._check_memory)
        yield "provider", _attempt(self._check_provider)
        yield "frontend", self._check_frontend()
        if self._counter:
            yield "redis", _attempt(self._counter.describe)

    def _check_memory(self) -> str:
        self._memory.probe()
        return "written and read back"

    def _check_provider(self) -> str:
        self._provider.check()
        return f"{self._provider.name} is ready"

    def _check_frontend(self) -> Check:
        if is_built(self._settings.frontend_dir):
            return Check(status="ok", detail="built")
        status: Literal["failed", "absent"] = (
            "failed" if self._settings.require_frontend else "absent"
        )
        return Check(status=status, detail="not built")


def _attempt(check: Callable[[], str]) -> Check:
    try:
        return Check(status="ok", detail=check())
    except (MemoryUnavailableError, ProviderError, CounterUnavailableError) as error:
        return Check(status="failed", detail=str(error))
