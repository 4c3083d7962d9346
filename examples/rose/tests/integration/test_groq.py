"""Really asks Groq, or what stands at GROQ_BASE_URL. Needs GROQ_API_KEY."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from rose.memory import Message
from rose.providers import GroqProvider, ProviderError
from rose.settings import Settings

pytestmark = pytest.mark.skipif(
    not os.environ.get("GROQ_API_KEY"), reason="GROQ_API_KEY is not set"
)


@pytest.fixture
def groq_settings() -> Settings:
    return Settings.from_env(os.environ)


@pytest.fixture
def provider(groq_settings: Settings) -> Iterator[GroqProvider]:
    with closing(GroqProvider(groq_settings)) as provider:
        yield provider


def test_answers_with_words(provider: GroqProvider) -> None:
    provider.check()
    assert provider.reply([Message("assistant", "Hello")], "I had a long day.").strip()


def test_a_wrong_key_is_told_without_showing_it(groq_settings: Settings) -> None:
    wrong = replace(groq_settings, groq_api_key="gsk_wrong")
    with closing(GroqProvider(wrong)) as provider, pytest.raises(ProviderError) as refused:
        provider.reply([], "Hello")
    assert str(refused.value) == "Groq answered 401"


@pytest.mark.slow
def test_remembers_over_several_turns(provider: GroqProvider) -> None:
    history = [Message("assistant", "Hello")]
    for message in ("My cat is called Miro.", "She likes the sun."):
        history += [
            Message("user", message),
            Message("assistant", provider.reply(history, message)),
        ]
    assert "Miro" in provider.reply(history, "What is the name of my cat? Answer with the name.")
