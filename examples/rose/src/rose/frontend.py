"""Serves the built front end."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

HOW_TO_BUILD = "The front end is not built. Run `npm ci && npm run build` in frontend/.\n"
SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def is_built(directory: Path) -> bool:
    """Tells whether there is a page to serve."""
    return (directory / "index.html").is_file()


def serve_frontend(app: FastAPI, directory: Path) -> None:
    """Serves the front end at `/`; until it is built, `/` says how to build it."""
    if is_built(directory):
        app.mount("/", _Pages(directory=directory, html=True), name="frontend")
    else:
        app.add_api_route("/", _not_built, include_in_schema=False)


class _Pages(StaticFiles):
    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Adds what a browser should know: only files with a hash in their name never change."""
        response = super().file_response(*args, **kwargs)
        hashed = Path(args[0]).parent.name == "assets"
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if hashed else "no-cache"
        )
        response.headers.update(SECURITY)
        return response


async def _not_built() -> PlainTextResponse:
    return PlainTextResponse(HOW_TO_BUILD, status_code=404)
