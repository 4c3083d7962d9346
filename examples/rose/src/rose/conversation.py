"""What Rose does: begin a session, answer, remember."""

from dataclasses import dataclass

from rose.counter import SessionCounter
from rose.memory import Memory, Message
from rose.providers import ChatProvider

GREETING = "Hello, I'm Rose. There is no hurry here. What is on your mind?"


class UnknownSessionError(Exception):
    """Nobody started a session with this id."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has just begun."""

    id: str
    greeting: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Rose's answer, and how often the person has spoken by now."""

    reply: str
    turns: int


class Conversations:
    """All conversations of this instance."""

    def __init__(
        self, memory: Memory, provider: ChatProvider, counter: SessionCounter | None
    ) -> None:
        """Talks through the provider and remembers in the memory."""
        self._memory = memory
        self._provider = provider
        self._counter = counter

    def start(self) -> Session:
        """Begins a session."""
        session_id = self._memory.start(GREETING)
        if self._counter:
            self._counter.count()
        return Session(session_id, GREETING)

    def say(self, session_id: str, message: str) -> Answer:
        """Answers a message. What found no answer is not remembered, so it can be said again.

        Raises:
            UnknownSessionError: there is no such session.
            ProviderError: there is no answer.
        """
        history = self.history(session_id)
        reply = self._provider.reply(history, message)
        self._memory.append(session_id, Message("user", message), Message("assistant", reply))
        turns = 1 + sum(said.role == "user" for said in history)
        return Answer(reply, turns)

    def history(self, session_id: str) -> list[Message]:
        """Returns what was said, oldest first.

        Raises:
            UnknownSessionError: there is no such session.
        """
        history = self._memory.history(session_id)
        if history is None:
            raise UnknownSessionError(session_id)
        return history
