"""Short-term memory: what was said in each session, kept in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal
from uuid import uuid4

Role = Literal["user", "assistant"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    content TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS message_by_session ON message (session_id, id);
CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), token TEXT NOT NULL);
"""


class MemoryUnavailableError(Exception):
    """The memory cannot be opened, written or read."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that somebody said."""

    role: Role
    content: str


class Memory:
    """Sessions and their messages. Safe to use from several threads."""

    def __init__(self, path: str) -> None:
        """Opens the database at `path` and creates it if needed; `:memory:` keeps it in RAM.

        Raises:
            MemoryUnavailableError: the database cannot be opened.
        """
        try:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            # One connection under a lock: `:memory:` exists once per connection.
            self._connection = sqlite3.connect(path, check_same_thread=False)
            self._connection.executescript(SCHEMA)
        except (sqlite3.Error, OSError) as error:
            message = f"cannot open the memory at {path}: {error}"
            raise MemoryUnavailableError(message) from error
        self._lock = Lock()

    def start(self, greeting: str) -> str:
        """Begins a session with Rose's greeting and returns its id."""
        session_id = uuid4().hex
        with self._transaction() as connection:
            connection.execute("INSERT INTO session (id) VALUES (?)", (session_id,))
            _insert(connection, session_id, Message("assistant", greeting))
        return session_id

    def append(self, session_id: str, *messages: Message) -> None:
        """Adds messages to a session, all of them or none."""
        with self._transaction() as connection:
            for message in messages:
                _insert(connection, session_id, message)

    def history(self, session_id: str) -> list[Message] | None:
        """Returns what was said, oldest first, or None if there is no such session."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT role, content FROM message WHERE session_id = ? ORDER BY id", (session_id,)
            ).fetchall()
        # Every session holds at least its greeting.
        return [Message(role, content) for role, content in rows] or None

    def probe(self) -> None:
        """Writes something and reads it back.

        Raises:
            MemoryUnavailableError: it could not, or something else came back.
        """
        token = uuid4().hex
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO probe (id, token) VALUES (1, ?)", (token,))
            (found,) = connection.execute("SELECT token FROM probe WHERE id = 1").fetchone()
        if found != token:
            message = "the memory returned something else than was written"
            raise MemoryUnavailableError(message)

    def close(self) -> None:
        """Closes the database; `:memory:` forgets everything."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock, self._connection:
                yield self._connection
        except sqlite3.Error as error:
            message = f"the memory failed: {error}"
            raise MemoryUnavailableError(message) from error


def _insert(connection: sqlite3.Connection, session_id: str, message: Message) -> None:
    connection.execute(
        "INSERT INTO message (session_id, role, content) VALUES (?, ?, ?)",
        (session_id, message.role, message.content),
    )
