"""Counts in a real Redis. Needs REDIS_URL."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from rose.app import create_app
from rose.settings import Settings

REDIS_URL = os.environ.get("REDIS_URL")
pytestmark = pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set")


@pytest.fixture
def redis_client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(replace(settings, redis_url=REDIS_URL))) as client:
        yield client


def counted(client: TestClient) -> int:
    check = client.get("/api/health").json()["checks"]["redis"]
    assert check["status"] == "ok"
    return int(check["detail"].split()[-1])


def test_counts_each_session_that_starts(redis_client: TestClient) -> None:
    before = counted(redis_client)
    for _ in range(3):
        redis_client.post("/api/session/start")
    # Another test may count in the same Redis at the same time.
    assert counted(redis_client) >= before + 3


def test_instances_share_the_count(redis_client: TestClient, settings: Settings) -> None:
    redis_client.post("/api/session/start")
    before = counted(redis_client)
    other = replace(settings, redis_url=REDIS_URL)
    with TestClient(create_app(other)) as other_client:
        assert counted(other_client) >= before
