import runpy
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

import rose.__main__
from rose.__main__ import main


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOST", "PORT", "LOG_LEVEL", "ROSE_PROVIDER", "REDIS_URL", "GROQ_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHORT_TERM_MEMORY_DB_PATH", ":memory:")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What uvicorn was asked to serve; the application starts and stops at once."""
    seen: dict[str, Any] = {}

    def run(app: FastAPI, **options: object) -> None:
        with TestClient(app) as client:
            seen.update(options, health=client.get("/api/health").json())

    monkeypatch.setattr(uvicorn, "run", run)
    return seen


def test_serves_where_it_is_told(monkeypatch: pytest.MonkeyPatch, served: dict[str, Any]) -> None:
    monkeypatch.setenv("PORT", "9123")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    main()
    assert served["health"]["status"] == "ok"
    assert (served["host"], served["port"]) == ("127.0.0.1", 9123)
    assert served["log_level"] == "warning"
    assert served["timeout_graceful_shutdown"] == 5


def test_starts_as_a_module(served: dict[str, Any]) -> None:
    runpy.run_path(rose.__main__.__file__, run_name="__main__")
    assert served["port"] == 8080


def test_a_wrong_setting_ends_with_a_message(
    monkeypatch: pytest.MonkeyPatch, served: dict[str, Any]
) -> None:
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(SystemExit, match="rose: PORT is 'http'"):
        main()
    assert not served
