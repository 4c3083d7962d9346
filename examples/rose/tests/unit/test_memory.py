from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rose.memory import Memory, MemoryUnavailableError, Message


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(":memory:")) as memory:
        yield memory


def test_remembers_what_was_said_in_order(memory: Memory) -> None:
    session = memory.start("Hello")
    memory.append(session, Message("user", "one"), Message("assistant", "two"))
    assert memory.history(session) == [
        Message("assistant", "Hello"),
        Message("user", "one"),
        Message("assistant", "two"),
    ]


def test_sessions_do_not_hear_each_other(memory: Memory) -> None:
    mine, yours = memory.start("Hello"), memory.start("Hello")
    memory.append(mine, Message("user", "a secret"))
    assert memory.history(yours) == [Message("assistant", "Hello")]


def test_an_unknown_session_has_no_history(memory: Memory) -> None:
    assert memory.history("nobody") is None


def test_survives_a_restart_and_makes_its_folder(tmp_path: Path) -> None:
    path = str(tmp_path / "data" / "rose.db")
    with closing(Memory(path)) as before:
        session = before.start("Hello")
    with closing(Memory(path)) as after:
        assert after.history(session) == [Message("assistant", "Hello")]


def test_keeps_every_message_of_many_threads(memory: Memory) -> None:
    session = memory.start("Hello")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: memory.append(session, Message("user", str(n))), range(100)))
    history = memory.history(session)
    assert history
    assert {said.content for said in history[1:]} == {str(n) for n in range(100)}


def test_takes_all_messages_or_none(memory: Memory) -> None:
    session = memory.start("Hello")
    wrong = Message("nobody", "x")  # type: ignore[arg-type]
    with pytest.raises(MemoryUnavailableError):
        memory.append(session, Message("user", "one"), wrong)
    assert memory.history(session) == [Message("assistant", "Hello")]


def test_probe_writes_and_reads(memory: Memory) -> None:
    memory.probe()
    memory.probe()


def test_probe_fails_when_nothing_can_be_written(tmp_path: Path) -> None:
    with closing(Memory(str(tmp_path / "rose.db"))) as memory:
        memory._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(MemoryUnavailableError, match="the memory failed: attempt to write"):
            memory.probe()


def test_probe_fails_when_what_comes_back_differs(memory: Memory) -> None:
    memory._connection.executescript(
        "CREATE TRIGGER forget AFTER INSERT ON probe BEGIN UPDATE probe SET token = ''; END"
    )
    with pytest.raises(MemoryUnavailableError, match="something else than was written"):
        memory.probe()


def test_a_place_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(MemoryUnavailableError, match=f"cannot open the memory at {tmp_path}"):
        Memory(str(tmp_path))
