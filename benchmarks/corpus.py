# SPDX-License-Identifier: MIT
"""Articles to measure with: made of the seed articles' sentences, the same on every machine, and tags on them."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHARACTERS = 2_500
TAGS = 40

_SEEDS = Path(__file__).parent.parent / "seeds"
_SENTENCE_END = re.compile(r"(?<=[.؟!])\s+")
_ARABIC_WORD = re.compile(r"[\u0621-\u0652]{4,}")
#: Of a hundred tags so many are of this label and so many words long at least and at most.
_KINDS = ((60, "ACTOR", 1, 3), (25, "EVENT", 5, 14), (15, "STANCE", 2, 6))


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """An article and its tags: start, end (code points) and label."""

    name: str
    text: str
    tags: tuple[tuple[int, int, str], ...]


def articles(count: int) -> Iterator[MadeArticle]:
    """Yield articles of about `CHARACTERS` characters with `TAGS` tags; the first ones are the same for any count."""
    sentences = _sentences()
    words = sorted({word for sentence in sentences for word in _ARABIC_WORD.findall(sentence)})
    for number in range(1, count + 1):
        # Not for secrets: for the same corpus everywhere.
        chance = random.Random(f"tawsim/{number}")
        text = _text(chance, sentences, words)
        yield MadeArticle(f"article-{number:05d}", text, _tags(chance, text))


def long_document(characters: int, tags: int) -> MadeArticle:
    """Return one document of so many characters and tags, made of articles."""
    parts: list[str] = []
    places: list[tuple[int, int, str]] = []
    at = 0
    for article in articles(characters):
        parts.append(article.text)
        places += [(start + at, end + at, label) for start, end, label in article.tags]
        at += len(article.text) + 1
        if at > characters:
            break
    places = [place for place in places if place[1] <= characters]
    step = len(places) / tags
    chosen = tuple(places[int(number * step)] for number in range(tags))
    return MadeArticle("long", "\n".join(parts)[:characters], chosen)


def _sentences() -> list[str]:
    found = []
    for path in sorted(_SEEDS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found += [sentence for sentence in _SENTENCE_END.split(line.strip()) if len(sentence) >= 20]
    if not found:
        raise FileNotFoundError(f"no seed articles in {_SEEDS}")
    return found


def _text(chance: random.Random, sentences: list[str], words: list[str]) -> str:
    paragraphs = [" ".join(chance.choice(words) for _ in range(7))]
    while sum(map(len, paragraphs)) < CHARACTERS:
        chosen = chance.sample(sentences, chance.randint(2, 4))
        paragraphs.append(" ".join(_varied(chance, sentence, words) for sentence in chosen))
    text = "\n".join(paragraphs)
    return text[: text.rindex(" ", 0, CHARACTERS + 50)]


def _varied(chance: random.Random, sentence: str, words: list[str]) -> str:
    """Exchange a third of the words, so that no two articles share their paragraphs."""
    return _ARABIC_WORD.sub(lambda match: chance.choice(words) if chance.random() < 0.35 else match[0], sentence)


def _tags(chance: random.Random, text: str) -> tuple[tuple[int, int, str], ...]:
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    found: set[tuple[int, int, str]] = set()
    while len(found) < TAGS:
        _, label, least, most = chance.choices(_KINDS, [kind[0] for kind in _KINDS])[0]
        first = chance.randrange(len(tokens))
        last = min(len(tokens) - 1, first + chance.randint(least, most) - 1)
        start, end = tokens[first][0], tokens[last][1]
        if "\n" not in text[start:end]:
            found.add((start, end, label))
    return tuple(sorted(found))
