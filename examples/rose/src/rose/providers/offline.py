"""Answers without any network: a few gentle rules and a good memory for what was said."""

import re
from collections.abc import Sequence

from rose.memory import Message

QUOTE_LENGTH = 80

IN_DANGER = re.compile(
    r"\b(?:(?:kill|hurt|harm)(?:ing)? myself|suicid\w*|want to die|end my life)\b", re.IGNORECASE
)
NOT_ALONE = (
    "Thank you for telling me. I am only a small program, and you deserve a person right now. "
    "Please call your local emergency number or somebody you trust. Is anyone near you?"
)
# The first that fits is taken: what hurts comes before what shines.
FEELINGS: tuple[tuple[str, str], ...] = (
    (
        "sad|down|cry|crying|unhappy|heartbroken|miss|grief|lost",
        "That sounds heavy, and it makes sense that it hurts. You don't have to be cheerful here.",
    ),
    (
        "anxious|anxiety|afraid|scared|worried|worry|nervous|panic|stressed|stress",
        "That is a lot to hold at once. Let us take one slow breath before anything else.",
    ),
    (
        "tired|exhausted|sleepy|drained|burnt out|burned out|sleep",
        "You have been carrying much. Resting isn't giving up, it is how you go on.",
    ),
    (
        "lonely|alone|nobody|isolated",
        "Feeling alone is hard. I am glad that you are telling me about it.",
    ),
    (
        "angry|furious|annoyed|frustrated|unfair",
        "It sounds as if something that matters to you was stepped on. Anger often guards it.",
    ),
    (
        "happy|glad|grateful|excited|proud|great|wonderful",
        "How lovely. I would like to stay with that for a moment together with you.",
    ),
)
COURTESIES: tuple[tuple[str, str], ...] = (
    ("thanks|thank you", "You are very welcome. I like listening to you."),
    ("bye|goodbye|good night|see you", "Take good care of yourself. I will be here."),
    ("hello|hi|hey|good morning|good evening", "Hello, it is good to hear from you."),
)
LISTENING: tuple[str, ...] = (
    "I am listening. Tell me a little more, in whatever order it comes.",
    "I hear you. What about it stays with you the most?",
    "Thank you for sharing that. How does it feel to say it out loud?",
)
NOTHING_YET = "This is the first thing you have told me, so I would love to hear more."

NAME = re.compile(r"\b(?:my name is|call me)\s+([^\W\d_][\w'-]{0,30})", re.IGNORECASE)
RECALL = re.compile(r"\b(remember|did i (say|tell)|have i (said|told))\b", re.IGNORECASE)


class OfflineProvider:
    """Answers by rule: the same conversation always gets the same words."""

    name = "offline"

    def check(self) -> None:
        """Returns: it needs nothing, so it is always ready."""

    def reply(self, history: Sequence[Message], message: str) -> str:
        """Answers gently and refers to what was said earlier in the session."""
        if IN_DANGER.search(message):
            return NOT_ALONE
        earlier = [each.content for each in history if each.role == "user"]
        answer = _recall(earlier) if RECALL.search(message) else _answer(message, earlier)
        name = _name([*earlier, message])
        return f"{name}, {_lower_first(answer)}" if name else answer

    def close(self) -> None:
        """Does nothing: there is nothing to let go of."""


def _answer(message: str, earlier: Sequence[str]) -> str:
    feeling = _first_fit(FEELINGS, message)
    if not feeling and (courtesy := _first_fit(COURTESIES, message)):
        return courtesy
    answer = feeling or LISTENING[len(earlier) % len(LISTENING)]
    topics = [said for said in earlier if _is_topic(said)]
    if not topics:
        return answer
    return f"{answer} I am keeping in mind what you said earlier: {_quote(topics[-1])}."


def _is_topic(said: str) -> bool:
    if _first_fit(FEELINGS, said):
        return True
    return not (RECALL.search(said) or NAME.search(said) or _first_fit(COURTESIES, said))


def _first_fit(rules: Sequence[tuple[str, str]], message: str) -> str | None:
    for words, answer in rules:
        if re.search(rf"\b(?:{words})\b", message, re.IGNORECASE):
            return answer
    return None


def _recall(earlier: Sequence[str]) -> str:
    if not earlier:
        return NOTHING_YET
    return f"I remember. You told me {', then '.join(_quote(said) for said in earlier[-3:])}."


def _name(said: Sequence[str]) -> str | None:
    for text in reversed(said):
        if found := NAME.search(text):
            return found[1].capitalize()
    return None


def _quote(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > QUOTE_LENGTH:
        line = f"{line[:QUOTE_LENGTH].rsplit(' ', 1)[0]}…"
    return f"“{line}”"


def _lower_first(text: str) -> str:
    # "I" stays as it is, alone and in "I'm".
    return text if re.match(r"I\b", text) else text[0].lower() + text[1:]
