"""Puts Rose together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from rose import __version__
from rose.api import make_router
from rose.conversation import Conversations
from rose.counter import SessionCounter, make_counter
from rose.frontend import serve_frontend
from rose.health import HealthCheck
from rose.memory import Memory
from rose.providers import ChatProvider, make_provider
from rose.settings import Settings


def create_app(
    settings: Settings,
    *,
    provider: ChatProvider | None = None,
    counter: SessionCounter | None = None,
) -> FastAPI:
    """Makes the application; a provider or counter can be handed in instead of the configured.

    Raises:
        SettingsError: a setting cannot be used.
        MemoryUnavailableError: the memory cannot be opened.
    """
    provider = provider or make_provider(settings)
    counter = counter or make_counter(settings)
    memory = Memory(settings.memory_path)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        provider.close()
        memory.close()

    app = FastAPI(title="Rose", version=__version__, lifespan=lifespan, docs_url="/api/docs")
    app.include_router(
        make_router(
            Conversations(memory, provider, counter),
            HealthCheck(settings, memory, provider, counter),
        )
    )
    serve_frontend(app, settings.frontend_dir)
    return app
