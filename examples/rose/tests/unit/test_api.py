from collections.abc import Sequence
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from rose.app import create_app
from rose.conversation import GREETING
from rose.counter import SessionCounter
from rose.memory import Message
from rose.providers import OfflineProvider, ProviderError
from rose.settings import Settings


class SilentProvider(OfflineProvider):
    """Has no words until it is told to have some."""

    silent = True

    def reply(self, history: Sequence[Message], message: str) -> str:
        if self.silent:
            reason = "Groq answered 503"
            raise ProviderError(reason)
        return super().reply(history, message)


class FakeStore:
    """Counts in this process."""

    total = 0

    def incr(self, name: str, amount: int = 1) -> object:
        assert name
        self.total += amount
        return self.total

    def get(self, name: str) -> object:
        assert name
        return str(self.total).encode()


@pytest.fixture
def session_id(client: TestClient) -> str:
    return str(client.post("/api/session/start").json()["session_id"])


def chat(client: TestClient, session_id: str, message: object) -> tuple[int, dict[str, object]]:
    response = client.post("/api/chat", json={"session_id": session_id, "message": message})
    return response.status_code, response.json()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_starts_sessions_of_their_own(client: TestClient, method: str) -> None:
    first, second = (client.request(method, "/api/session/start") for _ in range(2))
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-store"
    assert first.json()["greeting"] == GREETING
    assert first.json()["session_id"] != second.json()["session_id"]


def test_answers_and_counts_turns(client: TestClient, session_id: str) -> None:
    assert chat(client, session_id, "I feel sad")[1]["turns"] == 1
    status, answer = chat(client, session_id, "My sister moved away")
    assert status == 200
    assert answer["turns"] == 2
    assert "I feel sad" in str(answer["reply"])


def test_tells_the_history(client: TestClient, session_id: str) -> None:
    _, answer = chat(client, session_id, "  hello  ")
    history = client.get(f"/api/session/{session_id}/history")
    assert history.status_code == 200
    assert history.json() == {
        "session_id": session_id,
        "messages": [
            {"role": "assistant", "content": GREETING},
            {"role": "user", "content": "hello"},
            {"role": "assistant", "content": answer["reply"]},
        ],
    }


def test_an_unknown_session_is_not_found(client: TestClient) -> None:
    assert chat(client, "nobody", "hello") == (404, {"detail": "There is no such session."})
    assert client.get("/api/session/nobody/history").status_code == 404


@pytest.mark.parametrize("message", ["", "   ", "x" * 2001, None, 7])
def test_a_message_that_says_nothing_or_too_much_is_refused(
    client: TestClient, session_id: str, message: object
) -> None:
    assert chat(client, session_id, message)[0] == 422


def test_an_incomplete_or_unreadable_request_is_refused(client: TestClient) -> None:
    assert client.post("/api/chat", json={"message": "hello"}).status_code == 422
    assert client.post("/api/chat", content=b"{").status_code == 422


def test_other_paths_and_methods_are_refused(client: TestClient) -> None:
    assert client.get("/api/nothing").status_code == 404
    assert client.get("/api/chat").status_code == 405


def test_what_found_no_answer_can_be_said_again(settings: Settings) -> None:
    provider = SilentProvider()
    with TestClient(create_app(settings, provider=provider)) as client:
        session_id = client.post("/api/session/start").json()["session_id"]
        refused = chat(client, session_id, "hello")
        assert refused == (502, {"detail": "Rose has no words right now: Groq answered 503."})
        provider.silent = False
        assert chat(client, session_id, "hello")[1]["turns"] == 1


def test_counts_sessions(settings: Settings) -> None:
    with TestClient(create_app(settings, counter=SessionCounter(FakeStore()))) as client:
        client.post("/api/session/start")
        checks = client.get("/api/health").json()["checks"]
    assert checks["redis"] == {"status": "ok", "detail": "sessions counted: 1"}


def test_health_is_200_when_well(client: TestClient) -> None:
    response = client.get("/api/health")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["status"] == "ok"


def test_health_is_503_when_not(settings: Settings) -> None:
    with TestClient(create_app(replace(settings, require_frontend=True))) as client:
        response = client.get("/api/health")
    assert response.status_code == 503
    assert response.json()["checks"]["frontend"]["status"] == "failed"
