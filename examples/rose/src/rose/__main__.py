"""`python -m rose`: starts the server."""

import os
import sys

import uvicorn

from rose.app import create_app
from rose.memory import MemoryUnavailableError
from rose.settings import Settings, SettingsError

# A deploy waits for the old version to go; an answer that is under way may still finish.
SHUTDOWN_SECONDS = 5


def main() -> None:
    """Starts Rose and serves until SIGTERM or SIGINT."""
    try:
        settings = Settings.from_env(os.environ)
        app = create_app(settings)
    except (SettingsError, MemoryUnavailableError) as error:
        sys.exit(f"rose: {error}")
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        server_header=False,
    )


if __name__ == "__main__":
    main()
