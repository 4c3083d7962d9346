import json
from collections.abc import Callable

import httpx2
import pytest

from rose.memory import Message
from rose.providers import GroqProvider, OfflineProvider, ProviderError, make_provider
from rose.settings import Settings

SETTINGS = Settings(
    provider="groq", groq_api_key="gsk_secret", groq_base_url="http://groq.test", groq_model="m"
)


def groq(answer: Callable[[httpx2.Request], httpx2.Response]) -> GroqProvider:
    return GroqProvider(SETTINGS, httpx2.MockTransport(answer))


def completion(*contents: str) -> httpx2.Response:
    choices = [{"message": {"role": "assistant", "content": content}} for content in contents]
    return httpx2.Response(200, json={"choices": choices})


def test_sends_the_talk_with_the_key_and_returns_the_words() -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return completion(" I hear you. ")

    provider = groq(answer)
    provider.check()
    assert provider.reply([Message("assistant", "Hello")], "I feel sad") == "I hear you."
    provider.close()

    (request,) = seen
    assert str(request.url) == "http://groq.test/openai/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer gsk_secret"
    body = json.loads(request.content)
    assert body["model"] == "m"
    assert [each["role"] for each in body["messages"]] == ["system", "assistant", "user"]
    assert body["messages"][-1]["content"] == "I feel sad"


def test_sends_only_the_end_of_a_long_talk() -> None:
    sizes: list[int] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sizes.append(len(json.loads(request.content)["messages"]))
        return completion("yes")

    groq(answer).reply([Message("user", "again")] * 100, "and again")
    assert sizes == [21]


def refuse_connection(request: httpx2.Request) -> httpx2.Response:
    message = "refused gsk_secret"
    raise httpx2.ConnectError(message, request=request)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _: httpx2.Response(401), "Groq answered 401"),
        (lambda _: httpx2.Response(503), "Groq answered 503"),
        (lambda _: httpx2.Response(200, text="<html>"), "Groq's answer could not be read"),
        (lambda _: httpx2.Response(200, json={"error": 1}), "Groq's answer could not be read"),
        (lambda _: completion(), "Groq answered without words"),
        (lambda _: completion("  "), "Groq answered without words"),
        (refuse_connection, "Groq could not be reached (ConnectError)"),
    ],
)
def test_says_why_there_is_no_answer_and_no_secret(
    answer: Callable[[httpx2.Request], httpx2.Response], reason: str
) -> None:
    with pytest.raises(ProviderError) as failed:
        groq(answer).reply([], "hello")
    assert str(failed.value) == reason


def test_is_not_ready_without_a_key_and_sends_nothing() -> None:
    def unexpected(request: httpx2.Request) -> httpx2.Response:
        pytest.fail(f"sent {request.url}")

    provider = GroqProvider(Settings(provider="groq"), httpx2.MockTransport(unexpected))
    with pytest.raises(ProviderError, match="GROQ_API_KEY is not set"):
        provider.check()
    with pytest.raises(ProviderError, match="GROQ_API_KEY is not set"):
        provider.reply([], "hello")


def test_settings_choose_the_provider() -> None:
    assert isinstance(make_provider(Settings()), OfflineProvider)
    assert isinstance(make_provider(SETTINGS), GroqProvider)
