"""Deployment validation: what is shipped fits together, and the live instance is the right one."""

import os
import re
import signal
from pathlib import Path

import httpx2
import pytest

from rose import __version__
from rose.settings import Settings
from tests.running import StartApp

ROOT = Path(__file__).parents[1]
STOP_SECONDS = 10


class TestDockerfile:
    """What the image says about itself."""

    @pytest.fixture
    def dockerfile(self) -> str:
        return (ROOT / "Dockerfile").read_text()

    def test_exposes_the_port_that_it_listens_on(self, dockerfile: str) -> None:
        assert re.search(r"^EXPOSE 8080$", dockerfile, re.MULTILINE)
        assert re.search(r"\bPORT=8080\b", dockerfile)
        assert re.search(r"\bHOST=0\.0\.0\.0\b", dockerfile)

    def test_starts_the_application_and_not_as_root(self, dockerfile: str) -> None:
        assert 'CMD ["python", "-m", "rose"]' in dockerfile
        assert re.findall(r"^USER (\S+)$", dockerfile, re.MULTILINE)[-1] not in {"root", "0"}

    def test_checks_health_and_requires_the_page(self, dockerfile: str) -> None:
        assert "HEALTHCHECK" in dockerfile
        assert "/api/health" in dockerfile
        assert "ROSE_REQUIRE_FRONTEND=1" in dockerfile


class TestSettings:
    """What people are told to set is what the application reads."""

    def test_the_example_holds_defaults_that_work(self) -> None:
        assert Settings.from_env(_example()) == Settings()

    def test_the_example_names_every_variable(self) -> None:
        read = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "src/rose/settings.py").read_text()))
        # Identity is given by the pipeline or the platform, never by hand.
        by_hand = {name for name in read if not name.startswith(("GANTRY_", "RAILWAY_"))}
        assert set(_example()) == by_hand


class TestProcess:
    """The application as a process of its own."""

    def test_starts_and_says_who_it_is(self, start_app: StartApp) -> None:
        app = start_app({"GANTRY_COMMIT": "abc123", "GANTRY_DEPLOYMENT_ID": "d-1"})
        health = httpx2.get(f"{app.url}/api/health", timeout=5)
        assert health.status_code == 200
        found = health.json()
        assert (found["status"], found["version"]) == ("ok", __version__)
        assert (found["commit"], found["deployment_id"]) == ("abc123", "d-1")

    def test_ends_promptly_when_asked(self, start_app: StartApp) -> None:
        app = start_app({})
        with httpx2.Client(base_url=app.url) as idle:
            assert idle.get("/api/health").status_code == 200
            app.process.send_signal(signal.SIGTERM)
            app.process.wait(timeout=STOP_SECONDS)
        assert app.process.returncode in {0, -signal.SIGTERM}

    def test_keeps_what_was_said_over_a_restart(self, start_app: StartApp, tmp_path: Path) -> None:
        env = {"SHORT_TERM_MEMORY_DB_PATH": str(tmp_path / "rose.db")}
        before = start_app(env)
        started = httpx2.post(f"{before.url}/api/session/start", timeout=5).json()
        before.process.terminate()
        before.process.wait(timeout=STOP_SECONDS)
        path = f"/api/session/{started['session_id']}/history"
        history = httpx2.get(f"{start_app(env).url}{path}", timeout=5).json()
        assert history["messages"] == [{"role": "assistant", "content": started["greeting"]}]


class TestDeployedInstance:
    """The live instance at DEPLOYED_URL."""

    def test_is_well(self, deployed_url: str) -> None:
        health = httpx2.get(f"{deployed_url}/api/health", timeout=10)
        assert health.status_code == 200, health.text
        assert health.json()["status"] == "ok"

    def test_serves_this_version(self, deployed_url: str) -> None:
        found = httpx2.get(f"{deployed_url}/api/health", timeout=10).json()
        assert found["version"] == __version__
        if expected := os.environ.get("EXPECTED_COMMIT"):
            assert found["commit"] == expected

    def test_serves_the_built_page(self, deployed_url: str) -> None:
        page = httpx2.get(f"{deployed_url}/", timeout=10)
        assert page.headers["content-type"].startswith("text/html")
        script = re.search(r'src="(/assets/[^"]+\.js)"', page.text)
        assert script, "the page loads no script: is it the source instead of the build?"
        loaded = httpx2.get(f"{deployed_url}{script[1]}", timeout=10)
        assert loaded.status_code == 200
        assert "javascript" in loaded.headers["content-type"]

    def test_refuses_what_is_wrong(self, deployed_url: str) -> None:
        unknown = {"session_id": "nobody", "message": "hello"}
        assert httpx2.post(f"{deployed_url}/api/chat", json=unknown, timeout=10).status_code == 404
        assert httpx2.post(f"{deployed_url}/api/chat", json={}, timeout=10).status_code == 422


def _example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (line.partition("=")[::2] for line in lines if line and not line.startswith("#"))
    return dict(pairs)
