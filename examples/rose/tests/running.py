"""Rose as a process of her own, for the tests."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

import pytest

START_SECONDS = 20


@dataclass(frozen=True)
class RunningApp:
    """Where it answers, and the process."""

    url: str
    process: subprocess.Popen[str]


StartApp = Callable[[Mapping[str, str]], RunningApp]


@contextmanager
def running(env: Mapping[str, str]) -> Iterator[RunningApp]:
    """Starts Rose on a free port and ends her afterwards."""
    # Port 0 lets the system choose: two tests can never ask for the same one.
    defaults = {"PATH": os.environ["PATH"], "PORT": "0", "SHORT_TERM_MEMORY_DB_PATH": ":memory:"}
    process = subprocess.Popen(
        [sys.executable, "-m", "rose"],
        env={**defaults, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield RunningApp(_wait_for_url(process), process)
    finally:
        process.kill()
        process.communicate()


def _wait_for_url(process: subprocess.Popen[str]) -> str:
    assert process.stderr
    # A process that hangs is killed, which ends its output and so the loop.
    killer = Timer(START_SECONDS, process.kill)
    killer.start()
    seen: list[str] = []
    try:
        for line in process.stderr:
            seen.append(line)
            if found := re.search(r"running on (http://\S+)", line):
                return found[1]
    finally:
        killer.cancel()
    pytest.fail(f"Rose did not start:\n{''.join(seen)}")
