from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rose.app import create_app
from rose.settings import Settings


@pytest.fixture
def page(settings: Settings) -> Path:
    assets = settings.frontend_dir / "assets"
    assets.mkdir(parents=True)
    (assets / "index-abc.js").write_text("export {}")
    (settings.frontend_dir / "index.html").write_text("<h1>Rose</h1>")
    return settings.frontend_dir


@pytest.mark.usefixtures("page")
def test_serves_the_page_so_that_a_new_version_is_seen_at_once(client: TestClient) -> None:
    response = client.get("/")
    assert response.text == "<h1>Rose</h1>"
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.usefixtures("page")
def test_serves_hashed_files_for_ever(client: TestClient) -> None:
    assert "immutable" in client.get("/assets/index-abc.js").headers["cache-control"]


@pytest.mark.usefixtures("page")
def test_the_page_does_not_hide_the_api(client: TestClient) -> None:
    assert client.get("/api/health").json()["checks"]["frontend"]["status"] == "ok"
    assert client.get("/api/nothing").status_code == 404


def test_serves_nothing_outside_its_folder(settings: Settings, page: Path) -> None:
    (page.parent / "secret.txt").write_text("secret")
    with TestClient(create_app(settings)) as client:
        assert client.get("/%2e%2e/secret.txt").status_code == 404


def test_says_how_to_build_a_page_that_is_not_there(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 404
    assert "npm run build" in response.text
