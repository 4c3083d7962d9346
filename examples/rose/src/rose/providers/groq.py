"""Answers from a language model at Groq, over HTTP."""

from collections.abc import Sequence

import httpx2
from pydantic import BaseModel, ValidationError

from rose.memory import Message
from rose.providers.base import ProviderError
from rose.settings import Settings

PERSONA = (
    "You are Rose, a gentle companion. Listen first. Answer in two or three warm, plain sentences, "
    "refer to what the person said earlier where it helps, and end with at most one question. "
    "You are no doctor: when somebody may be in danger, ask them to reach people near them now."
)
PATH = "/openai/v1/chat/completions"
# Enough for a long talk, and a bound on what one answer can cost.
REMEMBERED = 20
TIMEOUT = httpx2.Timeout(20.0, connect=5.0)


class _Said(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Said


class _Completion(BaseModel):
    choices: list[_Choice]


class GroqProvider:
    """Asks Groq's chat completions; needs GROQ_API_KEY."""

    name = "groq"

    def __init__(self, settings: Settings, transport: httpx2.BaseTransport | None = None) -> None:
        """Prepares the client; nothing is sent yet."""
        self._has_key = settings.groq_api_key is not None
        self._model = settings.groq_model
        self._client = httpx2.Client(
            base_url=settings.groq_base_url,
            headers={"Authorization": f"Bearer {settings.groq_api_key}"} if self._has_key else {},
            timeout=TIMEOUT,
            transport=transport,
        )

    def check(self) -> None:
        """Checks the key only: a probe every few seconds must not spend tokens.

        Raises:
            ProviderError: there is no key.
        """
        if not self._has_key:
            message = "GROQ_API_KEY is not set"
            raise ProviderError(message)

    def reply(self, history: Sequence[Message], message: str) -> str:
        """Asks the model.

        Raises:
            ProviderError: Groq could not be reached, refused, or sent no answer.
        """
        self.check()
        said = [*history, Message("user", message)][-REMEMBERED:]
        body = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": PERSONA},
                *({"role": each.role, "content": each.content} for each in said),
            ],
        }
        try:
            response = self._client.post(PATH, json=body)
            response.raise_for_status()
            completion = _Completion.model_validate_json(response.content)
        except httpx2.HTTPStatusError as error:
            reason = f"Groq answered {error.response.status_code}"
            raise ProviderError(reason) from error
        except httpx2.HTTPError as error:
            reason = f"Groq could not be reached ({type(error).__name__})"
            raise ProviderError(reason) from error
        except ValidationError as error:
            reason = "Groq's answer could not be read"
            raise ProviderError(reason) from error
        return _first_words(completion)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()


def _first_words(completion: _Completion) -> str:
    for choice in completion.choices:
        if text := choice.message.content.strip():
            return text
    reason = "Groq answered without words"
    raise ProviderError(reason)
