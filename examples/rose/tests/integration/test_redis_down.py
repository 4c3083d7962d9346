"""A Redis that is configured and down is told by health and stops no conversation."""

import socket
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from rose.app import create_app
from rose.settings import Settings


@pytest.mark.smoke
def test_a_redis_that_is_down_costs_the_count_only(settings: Settings) -> None:
    # Bound and never listening: the port is refused, and nobody else can take it.
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{reserved.getsockname()[1]}/0"
        with TestClient(create_app(replace(settings, redis_url=url))) as client:
            assert client.post("/api/session/start").status_code == 200
            health = client.get("/api/health")
    assert health.status_code == 503
    assert health.json()["checks"]["redis"] == {
        "status": "failed",
        "detail": "Redis did not answer (ConnectionError)",
    }
