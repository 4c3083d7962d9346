"""What a chat provider is."""

from collections.abc import Sequence
from typing import Protocol

from rose.memory import Message


class ProviderError(Exception):
    """The provider cannot answer; the message is fit to be shown and holds no secret."""


class ChatProvider(Protocol):
    """Finds Rose's answer to what was said."""

    @property
    def name(self) -> str:
        """How settings and health call this provider."""

    def check(self) -> None:
        """Returns if the provider is ready to answer, and raises ProviderError if it is not."""

    def reply(self, history: Sequence[Message], message: str) -> str:
        """Answers a message, knowing what was said before it.

        Raises:
            ProviderError: there is no answer.
        """

    def close(self) -> None:
        """Lets go of connections."""
