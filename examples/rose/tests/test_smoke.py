"""After a deploy: the shortest walk through the live instance at DEPLOYED_URL."""

from collections.abc import Iterator

import httpx2
import pytest


@pytest.fixture
def live(deployed_url: str) -> Iterator[httpx2.Client]:
    # A chat turn may wait for a language model.
    with httpx2.Client(base_url=deployed_url, timeout=30) as client:
        yield client


def test_health_says_who_it_is(live: httpx2.Client) -> None:
    health = live.get("/api/health")
    assert health.status_code == 200, health.text
    found = health.json()
    assert found["status"] == "ok"
    assert found["commit"] or found["deployment_id"], "nothing tells this version from another"


def test_a_session_starts_and_rose_answers(live: httpx2.Client) -> None:
    started = live.post("/api/session/start")
    assert started.status_code == 200, started.text
    session_id = started.json()["session_id"]
    answer = live.post("/api/chat", json={"session_id": session_id, "message": "Hello, Rose"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["reply"].strip()
    assert answer.json()["turns"] == 1


def test_the_front_page_is_there(live: httpx2.Client) -> None:
    page = live.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "<title>Rose</title>" in page.text
