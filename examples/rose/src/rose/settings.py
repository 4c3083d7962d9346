"""Settings, read from the environment and from nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, TypeVar, get_args

ProviderName = Literal["offline", "groq"]
LogLevel = Literal["critical", "error", "warning", "info", "debug", "trace"]
Choice = TypeVar("Choice", bound=str)

MAX_PORT = 65535


class SettingsError(ValueError):
    """A variable holds something that Rose cannot work with."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What can be set; every field has a default that works on a laptop."""

    environment: str = "development"
    log_level: LogLevel = "info"
    host: str = "127.0.0.1"
    port: int = 8080
    memory_path: str = "data/rose.db"
    provider: ProviderName = "offline"
    groq_api_key: str | None = None
    groq_base_url: str = "https://api.groq.com"
    groq_model: str = "llama-3.3-70b-versatile"
    redis_url: str | None = None
    frontend_dir: Path = Path("frontend/dist")
    require_frontend: bool = False
    commit: str | None = None
    deployment_id: str | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Reads the settings. An empty variable counts as one that is not set.

        Raises:
            SettingsError: a variable holds something that is not allowed.
        """
        env = {name: value.strip() for name, value in environ.items() if value.strip()}
        return cls(
            environment=env.get("ENVIRONMENT", cls.environment),
            log_level=_one_of("LOG_LEVEL", env.get("LOG_LEVEL", cls.log_level), get_args(LogLevel)),
            host=env.get("HOST", cls.host),
            port=_port(env.get("PORT", str(cls.port))),
            memory_path=env.get("SHORT_TERM_MEMORY_DB_PATH", cls.memory_path),
            provider=_one_of(
                "ROSE_PROVIDER", env.get("ROSE_PROVIDER", cls.provider), get_args(ProviderName)
            ),
            groq_api_key=env.get("GROQ_API_KEY"),
            groq_base_url=env.get("GROQ_BASE_URL", cls.groq_base_url).rstrip("/"),
            groq_model=env.get("GROQ_MODEL", cls.groq_model),
            redis_url=env.get("REDIS_URL"),
            frontend_dir=Path(env.get("ROSE_FRONTEND_DIR", str(cls.frontend_dir))),
            require_frontend=_flag("ROSE_REQUIRE_FRONTEND", env.get("ROSE_REQUIRE_FRONTEND", "0")),
            commit=env.get("GANTRY_COMMIT") or env.get("RAILWAY_GIT_COMMIT_SHA"),
            deployment_id=env.get("RAILWAY_DEPLOYMENT_ID") or env.get("GANTRY_DEPLOYMENT_ID"),
        )


def _port(text: str) -> int:
    # 0 asks the system for a free port, which the tests use.
    if text.isascii() and text.isdigit() and int(text) <= MAX_PORT:
        return int(text)
    message = f"PORT is {text!r}, but must be a number from 0 to {MAX_PORT}"
    raise SettingsError(message)


def _one_of(name: str, text: str, allowed: tuple[Choice, ...]) -> Choice:
    for choice in allowed:
        if text.lower() == choice:
            return choice
    message = f"{name} is {text!r}, but must be one of: {', '.join(allowed)}"
    raise SettingsError(message)


def _flag(name: str, text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    message = f"{name} is {text!r}, but must be 0 or 1"
    raise SettingsError(message)
