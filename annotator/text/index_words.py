# SPDX-License-Identifier: MIT
"""Under which words a text is found in an index, and which words to look up there for one that is looked for.

Owns the letters as an index has them: folded as for names, each as the letter of its class, so that whatever
`searching` and `occurrences` find in a text is found in an index first. It may have more; they tell. Must not know
where an index is kept. See docs/adr/0013.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from annotator.text.code_page import ORDINARY, CodePage
from annotator.text.folding import ELLIPSIS, Folded, Level, fold
from annotator.text.letters import READ_AS, is_several, letter_of
from annotator.text.variants import CLASSES, FOREIGN

#: Any of these words; a place has one of each such set.
Alternatives = frozenset[str]

ARTICLE = "ال"
#: The sound of ش is also written تش; `variants` takes the two for one.
SH, CH = "ش", "تش"
_UNUSUAL = re.compile(f"[{''.join(map(chr, READ_AS | FOREIGN))}]")
_READ_NAMES_AS = FOREIGN | READ_AS
_WORD = re.compile(r"\w+")

_CONJUNCTIONS, _PREPOSITIONS, _TO_THE = ("", "و", "ف"), ("", "ب", "ل", "ك"), "لل"
#: What may stand before a name with the article, before it, and in place of it; and before a name without.
BEFORE_ARTICLE = frozenset(one + other for one in _CONJUNCTIONS for other in _PREPOSITIONS)
FOR_ARTICLE = frozenset(one + _TO_THE for one in _CONJUNCTIONS)
FOR_ARTICLE_OF_LAM = frozenset(one + "ل" for one in _CONJUNCTIONS)
BEFORE_PLAIN = BEFORE_ARTICLE | FOR_ARTICLE | {before + ARTICLE for before in BEFORE_ARTICLE}


class LetterClasses(dict[int, str]):
    """A table for `str.translate` that learns what each character folds to, as the letter of its class."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = name_folded(chr(code)).text.translate(CLASSES)
        return folded


_TABLE = LetterClasses()


def name_folded(text: str) -> Folded:
    """Fold a text or a line of it for names; positions hold."""
    # The table leaves the length as it is; most texts have nothing of it.
    return fold(text.translate(_READ_NAMES_AS) if _UNUSUAL.search(text) else text, Level.NAME)


def index_words(text: str) -> frozenset[str]:
    """Return the words under which a text is found, each once."""
    page = _code_page()
    written = page.written(text)
    if written is None:
        return frozenset(_WORD.findall(_as_indexed(text.translate(_TABLE))))
    return frozenset(_as_indexed(page.folded(written)).split())


@lru_cache(maxsize=1)
def _code_page() -> CodePage:
    """Return the page in which what stands between words is folded to a blank."""
    plain = (character for character in (*ORDINARY, ELLIPSIS) if not is_several(character))
    return CodePage.of({one: " " if letter_of(one) is None else _TABLE[ord(one)] for one in plain})


def looked_up(words: Iterable[str], *, has_article: bool, with_proclitics: bool = True) -> tuple[Alternatives, ...]:
    """Return what to look up for words that stand in a row: a text that has the row has one of each set.

    Args:
        words: in whatever spelling, or folded; without the article of the first where it has one.
        has_article: whether the first begins with the article.
        with_proclitics: whether proclitics may stand before the first.
    """
    first, *others = (_as_indexed(word.translate(_TABLE)) for word in words)
    if not with_proclitics:
        before = frozenset({ARTICLE if has_article else ""})
    elif has_article:
        before = frozenset(one + ARTICLE for one in BEFORE_ARTICLE) | for_article(first)
    else:
        before = BEFORE_PLAIN
    sets = (frozenset(one + first for one in before), *(frozenset({other}) for other in others))
    # A word of nothing but a hamza folds to nothing, and an index tells nothing of it.
    return tuple(words for words in sets if "" not in words)


def for_article(bare: str) -> frozenset[str]:
    """Return what may stand in place of the article of a word: of اللجنة, للجنة has no more than two ل."""
    return FOR_ARTICLE | FOR_ARTICLE_OF_LAM if bare.startswith("ل") else FOR_ARTICLE


def begins_with_article(written: str, folded: str) -> bool:
    """Return whether a word begins with the article; with its hamza, إل begins a name such as إلياس."""
    return folded.startswith(ARTICLE) and written.lstrip()[:1] == "ا" and len(folded) > 3


def _as_indexed(letters: str) -> str:
    while CH in letters:  # ت+ش as a pattern takes five times as long
        letters = letters.replace(CH, SH)
    return letters
