"""The whole conversation over HTTP, as a person has it."""

import pytest
from fastapi.testclient import TestClient

pytestmark = pytest.mark.smoke


def test_a_conversation_from_hello_to_goodbye(client: TestClient) -> None:
    assert client.get("/api/health").json()["status"] == "ok"

    started = client.post("/api/session/start").json()
    session_id = started["session_id"]
    said = ["Hi, my name is Ann", "I feel tired after this week", "Do you remember?", "Good night"]
    replies = []
    for turn, message in enumerate(said, start=1):
        answer = client.post("/api/chat", json={"session_id": session_id, "message": message})
        assert answer.status_code == 200
        assert answer.json()["turns"] == turn
        replies.append(answer.json()["reply"])

    assert "Resting isn't giving up" in replies[1]
    assert "“I feel tired after this week”" in replies[2]
    assert replies[3].startswith("Ann, ")

    history = client.get(f"/api/session/{session_id}/history").json()["messages"]
    assert history[0] == {"role": "assistant", "content": started["greeting"]}
    assert [each["content"] for each in history if each["role"] == "user"] == said
    assert [each["content"] for each in history if each["role"] == "assistant"][1:] == replies


def test_two_people_do_not_hear_each_other(client: TestClient) -> None:
    ann, ben = (client.post("/api/session/start").json()["session_id"] for _ in range(2))
    client.post("/api/chat", json={"session_id": ann, "message": "I lost my keys"})
    reply = client.post("/api/chat", json={"session_id": ben, "message": "Do you remember?"})
    assert "keys" not in reply.json()["reply"]
    assert reply.json()["turns"] == 1
