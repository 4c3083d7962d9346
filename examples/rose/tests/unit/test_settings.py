from pathlib import Path

import pytest

from rose.settings import Settings, SettingsError


def test_every_setting_has_a_default() -> None:
    assert Settings.from_env({}) == Settings()


def test_reads_the_environment() -> None:
    settings = Settings.from_env(
        {
            "ENVIRONMENT": "staging",
            "LOG_LEVEL": "WARNING",
            "HOST": "0.0.0.0",  # noqa: S104
            "PORT": "9000",
            "SHORT_TERM_MEMORY_DB_PATH": ":memory:",
            "ROSE_PROVIDER": "Groq",
            "GROQ_API_KEY": "key",
            "GROQ_BASE_URL": "http://localhost:1/",
            "GROQ_MODEL": "small",
            "REDIS_URL": "redis://localhost",
            "ROSE_FRONTEND_DIR": "/srv/page",
            "ROSE_REQUIRE_FRONTEND": "1",
            "GANTRY_COMMIT": "abc",
            "GANTRY_DEPLOYMENT_ID": "d-1",
        }
    )
    assert settings == Settings(
        environment="staging",
        log_level="warning",
        host="0.0.0.0",  # noqa: S104
        port=9000,
        memory_path=":memory:",
        provider="groq",
        groq_api_key="key",
        groq_base_url="http://localhost:1",
        groq_model="small",
        redis_url="redis://localhost",
        frontend_dir=Path("/srv/page"),
        require_frontend=True,
        commit="abc",
        deployment_id="d-1",
    )


def test_an_empty_variable_is_not_set() -> None:
    assert Settings.from_env({"GROQ_API_KEY": "", "REDIS_URL": " ", "PORT": ""}) == Settings()


def test_commit_prefers_what_the_pipeline_baked_in() -> None:
    railway = {"RAILWAY_GIT_COMMIT_SHA": "from-railway"}
    assert Settings.from_env(railway).commit == "from-railway"
    assert Settings.from_env({**railway, "GANTRY_COMMIT": "baked-in"}).commit == "baked-in"


def test_deployment_id_prefers_what_the_platform_says() -> None:
    env = {"RAILWAY_DEPLOYMENT_ID": "from-railway", "GANTRY_DEPLOYMENT_ID": "from-gantry"}
    assert Settings.from_env(env).deployment_id == "from-railway"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("PORT", "http", "a number from 0 to 65535"),
        ("PORT", "65536", "a number from 0 to 65535"),
        ("PORT", "-1", "a number from 0 to 65535"),
        ("PORT", "٣", "a number from 0 to 65535"),
        ("LOG_LEVEL", "loud", "critical, error, warning, info, debug, trace"),
        ("ROSE_PROVIDER", "parrot", "offline, groq"),
        ("ROSE_REQUIRE_FRONTEND", "yes", "0 or 1"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(name: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({name: value})
    assert str(refused.value).startswith(f"{name} is {value!r}")
    assert allowed in str(refused.value)
