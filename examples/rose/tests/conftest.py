"""What several tests share: an application in this process, one as its own, one that is live."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rose.app import create_app
from rose.settings import Settings
from tests.running import StartApp, running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that touch nothing outside the test."""
    return Settings(memory_path=":memory:", frontend_dir=tmp_path / "dist")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """The application in this process."""
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture
def start_app() -> Iterator[StartApp]:
    """Starts Rose as a process on a free port; what was started ends with the test."""
    with ExitStack() as stack:
        yield lambda env: stack.enter_context(running(env))


@pytest.fixture(scope="session")
def deployed_url() -> str:
    """The address of the live instance. Not knowing it is a failure: nothing was verified."""
    url = os.environ.get("DEPLOYED_URL", "")
    if not url:
        pytest.fail("DEPLOYED_URL is not set: there is no live instance to test")
    return url.rstrip("/")
