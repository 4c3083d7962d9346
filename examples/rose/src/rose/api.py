"""The HTTP interface under /api."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, StringConstraints

from rose.conversation import Conversations, UnknownSessionError
from rose.health import Health, HealthCheck
from rose.memory import Role
from rose.providers import ProviderError

MAX_MESSAGE_LENGTH = 2000


class Started(BaseModel):
    """A session that has begun."""

    session_id: str
    greeting: str


class ChatRequest(BaseModel):
    """What somebody says to Rose."""

    session_id: str
    message: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_MESSAGE_LENGTH),
    ]


class ChatReply(BaseModel):
    """What Rose answers; `turns` counts what the person has said so far."""

    reply: str
    turns: int


class HistoryMessage(BaseModel):
    """One thing that was said."""

    role: Role
    content: str


class History(BaseModel):
    """What was said in a session, oldest first."""

    session_id: str
    messages: list[HistoryMessage]


def make_router(conversations: Conversations, health: HealthCheck) -> APIRouter:
    """Makes the routes. They are plain functions, since SQLite and the providers block."""
    router = APIRouter(prefix="/api")

    @router.get("/health", responses={503: {"model": Health}})
    def get_health(response: Response) -> Health:
        found = health.run()
        response.status_code = 200 if found.status == "ok" else 503
        response.headers["Cache-Control"] = "no-store"
        return found

    @router.post("/session/start")
    # Also by GET, so that a plain `curl` can tell whether sessions can be started.
    @router.get("/session/start")
    def start_session(response: Response) -> Started:
        session = conversations.start()
        response.headers["Cache-Control"] = "no-store"
        return Started(session_id=session.id, greeting=session.greeting)

    @router.post("/chat")
    def chat(request: ChatRequest) -> ChatReply:
        try:
            answer = conversations.say(request.session_id, request.message)
        except UnknownSessionError as error:
            raise HTTPException(404, "There is no such session.") from error
        except ProviderError as error:
            raise HTTPException(502, f"Rose has no words right now: {error}.") from error
        return ChatReply(reply=answer.reply, turns=answer.turns)

    @router.get("/session/{session_id}/history")
    def get_history(session_id: str) -> History:
        try:
            said = conversations.history(session_id)
        except UnknownSessionError as error:
            raise HTTPException(404, "There is no such session.") from error
        messages = [HistoryMessage(role=each.role, content=each.content) for each in said]
        return History(session_id=session_id, messages=messages)

    return router
