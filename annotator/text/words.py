# SPDX-License-Identifier: MIT
"""Words, single punctuation marks and sentences.

Owns what counts as one token. Must not know proclitics: a token is what stands between blanks and punctuation. A token
never reaches over white space, so questions about one place look at one stretch between blanks, however long the text.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.late import Late, LateModule
from annotator.text.blanks import BIDI_WRAPPERS, BLANKS, WHITE_SPACE, WORD_JOINERS, trim

if TYPE_CHECKING:
    import regex
else:
    regex = LateModule("regex")


def _late(pattern: str) -> Late:
    return Late(lambda: regex.compile(pattern))


def _class(characters: str) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in characters)


_CLOSERS = "”“\"'’»)\\]}›"
_LETTER = r"[\p{L}\p{M}\p{N}_]"
_INNER = f"[{_class(WORD_JOINERS)}]*"
#: An apostrophe joins letters that are not Arabic (Netanyahu's); in Arabic it is a quotation mark.
_APOSTROPHE = r"(?<=\p{L})(?<!\p{Arabic})['’](?=\p{L})(?!\p{Arabic})"
_URL_CHARACTER = f'[^{_class(BLANKS)}<>"«»“”،؛؟]'
_URL_END = f"[^{_class(BLANKS)}<>\"«»“”،؛؟.,:;!?…'’)\\]}}]"
_TOP_LEVEL = "(?:com|net|org|info|gov|edu|mil|int|il|tr|ps|eg|sa|ae|qa|lb|jo|sy|iq|uk|fr|de|tv|io|me|co)"
_EMOJI_PART = r"\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?\u20e3?"

_URL = (
    rf"(?:https?://|ftp://|www\.)(?:{_URL_CHARACTER}*{_URL_END})"
    rf"|(?<![\w@.])[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})*\.{_TOP_LEVEL}\b(?:/(?:{_URL_CHARACTER}*{_URL_END})?)?"
)
_EMAIL = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
_NUMBER = r"\p{Nd}+(?:[.,:/٫٬\-–]\p{Nd}+)+"
_WORD = rf"{_LETTER}+(?:(?:{_APOSTROPHE}|{_INNER}){_LETTER}+)*"
_EMOJI = (
    rf"\p{{Regional_Indicator}}{{2}}|[#*0-9]\ufe0f?\u20e3"
    rf"|{_EMOJI_PART}(?:\u200d{_EMOJI_PART})*[\U000e0020-\U000e007f]*"
)
_ADDRESSES = rf"(?P<url>{_URL})|(?P<email>{_EMAIL})|(?P<number>{_NUMBER}\p{{M}}*)"

#: Alternatives in order of preference; the last takes any one visible character with its marks.
_TOKEN = _late(
    rf"(?P<emoji>(?:{_EMOJI})\p{{M}}*)|{_ADDRESSES}|(?P<tagged>[#＃@＠]{_WORD})|(?P<word>{_WORD})"
    rf"|(?P<mark>[^{_class(BLANKS)}]\p{{M}}*)"
)
_WHITE = f"[{_class(WHITE_SPACE)}]"
_NEXT_WHITE = _late(_WHITE)
_LAST_WHITE = _late(f"(?r){_WHITE}")
_NEXT_INK = _late(f"[^{_class(WHITE_SPACE)}]")
_LAST_INK = _late(f"(?r)[^{_class(WHITE_SPACE)}]")

#: A full stop after a single letter (د. أ.) shortens a title; before a letter it parts words only between Arabic ones.
_FULL_STOP = r"(?<!(?<![\p{L}\p{M}\p{N}])\p{L}\p{M}*)\.++(?![A-Za-z0-9\p{Nd}])"
_STOP = _late(
    rf"(?P<skip>{_ADDRESSES})"
    rf"|(?P<stop>(?:{_FULL_STOP}|[؟?!…]+)(?:[.؟?!…]*[{_class(BIDI_WRAPPERS + WORD_JOINERS)}{_CLOSERS}]*)*)"
    r"|(?P<line>[\n\u2029\u2028\x85\v\f]+)"
)


def tokens(text: str) -> list[tuple[int, int]]:
    """Return the words and single punctuation marks of a text.

    They do not overlap, hold no white space, and cover every character that can be seen. URLs, e-mail addresses,
    @handles, #hashtags, numbers with their separators and whole emoji are one token each.
    """
    return [match.span() for match in _TOKEN.finditer(text)]


def word_at(text: str, i: int) -> tuple[int, int] | None:
    """Return the token that contains the character at `i`, or None if that is a blank or the end of the text."""
    if not 0 <= i < len(text):
        return None
    for start, end, _ in _tokens_of_run(text, i):
        if start <= i < end:
            return start, end
    return None


def snap_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a selection to whole tokens, after drawing its edges in over blanks.

    What it covered stays; punctuation beside it is never taken in. A selection of nothing but blanks ends up empty.
    """
    if start >= end:
        return start, end
    start, end = trim(text, start, end)
    if start == end:
        return start, end
    first, last = word_at(text, start), word_at(text, end - 1)
    return (first[0] if first else start), (last[1] if last else end)


def next_word(text: str, i: int) -> int:
    """Return where the first word after position `i` starts, skipping punctuation; the end of the text if none does."""
    position = max(i, 0)
    while (ink := _NEXT_INK.search(text, position)) is not None:
        for start, _, is_word in _tokens_of_run(text, ink.start()):
            if is_word and start > i:
                return start
        position = _run(text, ink.start())[1]
    return len(text)


def previous_word(text: str, i: int) -> int:
    """Return where the last word before position `i` starts, skipping punctuation; 0 if there is none."""
    position = min(i, len(text))
    while (ink := _LAST_INK.search(text, 0, position)) is not None:
        run_start, _ = _run(text, ink.start())
        starts = [start for start, _, is_word in _tokens_of_run(text, ink.start()) if is_word and start < i]
        if starts:
            return starts[-1]
        position = run_start
    return 0


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text, without blanks at their edges.

    A sentence ends with its line, or after . ؟ ? ! … and the quotes and brackets that close upon it, but not inside a
    number, an address, or after a single letter.
    """
    found = []
    begin = 0
    for match in _STOP.finditer(text):
        if match["skip"] is None:
            found.append(trim(text, begin, match.end()))
            begin = match.end()
    found.append(trim(text, begin, len(text)))
    return [(start, end) for start, end in found if start < end]


def _run(text: str, i: int) -> tuple[int, int]:
    """Return the stretch between white space around the character at `i`."""
    before, after = _LAST_WHITE.search(text, 0, i), _NEXT_WHITE.search(text, i)
    return (before.end() if before else 0), (after.start() if after else len(text))


def _tokens_of_run(text: str, i: int) -> Iterator[tuple[int, int, bool]]:
    start, end = _run(text, i)
    for match in _TOKEN.finditer(text, start, end):
        yield match.start(), match.end(), match.lastgroup != "mark"
