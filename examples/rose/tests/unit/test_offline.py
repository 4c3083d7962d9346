import pytest

from rose.memory import Message
from rose.providers import OfflineProvider


def say(message: str, *earlier: str) -> str:
    history = [Message("assistant", "Hello"), *(Message("user", said) for said in earlier)]
    return OfflineProvider().reply(history, message)


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("I feel sad", "makes sense that it hurts"),
        ("I am so ANXIOUS", "one slow breath"),
        ("so tired of it", "Resting isn't giving up"),
        ("I am lonely", "Feeling alone is hard"),
        ("that was unfair", "Anger often guards it"),
        ("I'm proud of her", "How lovely"),
        ("thank you", "You are very welcome"),
        ("good night", "I will be here"),
        ("hi", "good to hear from you"),
        ("hi, I feel sad", "makes sense that it hurts"),
        ("I want to die", "emergency number"),
    ],
)
def test_answers_what_is_felt(message: str, part: str) -> None:
    assert part in say(message)


@pytest.mark.parametrize("message", ["a saddle", "this thing", "the history of shipping"])
def test_does_not_mistake_parts_of_words(message: str) -> None:
    assert say(message) == "I am listening. Tell me a little more, in whatever order it comes."


def test_listens_in_different_words() -> None:
    assert say("the garden") != say("the garden", "the house")


def test_refers_to_what_was_said_earlier() -> None:
    answer = say("I feel sad", "my sister moved away", "thanks")
    assert "you said earlier: “my sister moved away”." in answer


@pytest.mark.parametrize("earlier", ["hello", "thanks", "do you remember me?", "my name is Ann"])
def test_does_not_quote_courtesies(earlier: str) -> None:
    assert "earlier" not in say("the garden", earlier)


def test_a_courtesy_is_answered_without_a_quote() -> None:
    assert say("thanks", "I feel sad") == "You are very welcome. I like listening to you."


def test_remembers_when_asked() -> None:
    answer = say("Do you remember?", "one", "two", "three", "four")
    assert answer == "I remember. You told me “two”, then “three”, then “four”."


def test_admits_that_there_is_nothing_to_remember() -> None:
    assert say("Do you remember?").startswith("This is the first thing")


def test_uses_the_last_name_it_was_told() -> None:
    assert say("my name is ann").startswith("Ann, I am listening.")
    assert say("I feel sad", "My name is Ann", "call me Zoë").startswith("Zoë, that sounds heavy")


def test_somebody_in_danger_gets_a_plain_answer() -> None:
    answer = say("I think about suicide", "my name is Ann", "I feel sad")
    assert answer.startswith("Thank you for telling me.")


def test_quotes_long_words_shortly_and_on_one_line() -> None:
    answer = say("Do you remember?", "the\ngarden " + "and the garden " * 20)
    assert "“the garden and the garden" in answer
    assert "…”" in answer
    assert len(answer) < 140


def test_the_same_talk_gets_the_same_words() -> None:
    assert say("the garden", "the house") == say("the garden", "the house")


def test_is_always_ready() -> None:
    provider = OfflineProvider()
    provider.check()
    provider.close()
