"""Chat providers: who finds Rose's words."""

from rose.providers.base import ChatProvider, ProviderError
from rose.providers.groq import GroqProvider
from rose.providers.offline import OfflineProvider
from rose.settings import Settings

__all__ = ["ChatProvider", "GroqProvider", "OfflineProvider", "ProviderError", "make_provider"]


def make_provider(settings: Settings) -> ChatProvider:
    """Makes the provider that the settings name."""
    if settings.provider == "groq":
        return GroqProvider(settings)
    return OfflineProvider()
