# SPDX-License-Identifier: MIT
"""Whether two names are spellings of one name, in Arabic or Latin letters.

Owns the classes of letters that presses use for one foreign sound, and what a difference costs. Must not know who bears
a name, nor where names are kept. The rules were measured; see docs/adr/0005.
"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from annotator.text.folding import Level, fold

#: Letters of other languages that `folding` takes for the letter they look like; presses write their sound otherwise.
FOREIGN: dict[int, str] = {**dict.fromkeys(map(ord, "گڭﮒﮓﮔﮕﯓﯔﯕﯖ"), "غ"), **dict.fromkeys(map(ord, "چﭺﭻﭼﭽ"), "ش")}
#: Each letter, folded for names, as the one that stands for its class.
CLASSES = str.maketrans("غزصثذظضط", "جسسسدددت")
_CH, _SH = "تش", "ش"
_ARTICLE = "ال"

#: Two names this far apart or nearer are `Likeness.CLOSE`.
CLOSE_ENOUGH = 0.5
_WEAK = frozenset("اويaeiouy")
_SAME_CLASS, _DOUBLED, _INNER_WEAK, _FINAL, _OTHER_WEAK, _OTHER = 0.1, 0.1, 0.3, 0.8, 0.7, 1.0
_PAIRS = {frozenset("شس"): 0.5, frozenset("حه"): 0.5}
_FINAL_PAIR, _FINAL_PAIR_COST = frozenset("اه"), 0.4  # سوريا, سورية

#: The least letters for each: below, names meet other words (غزة, جثة). Each other word of the name that is the same
#: makes up for one letter of the class.
_SPELT_LETTERS, _CLASS_LETTERS, _CLOSE_LETTERS, _PART_LETTERS = 3, 5, 4, 3

#: Given names of Arabic itself have one spelling each: two of them that differ are two names.
_GIVEN = """
    محمد محمود أحمد حامد حمد حميد حماد حمود سليمان سلمان سالم سليم سلام سلامة سلوم حسن حسين حسان حسني علي عالي علاء
    عمر عمرو عامر عمار جمال جميل كمال كامل كميل خالد خليل خليفة كريم كرم أكرم مكرم رشيد راشد رشاد رائد سعيد سعد
    أسعد مسعود سعود صالح صلاح مصلح فهد فهمي فاهم فيصل فواز فوزي فائز ماجد مجيد مجدي أمجد نصر ناصر نصار منصور نصير
    طاهر ظاهر زاهر زهير زياد زيد زايد يزيد زيدان سيد أسد عادل عدل عبيد عابد عباس عابس بدر بادر بدير حاتم هاتم هاشم
    هشام نبيل نابل ناجي نجيب نجاة باسم بسام بسيم شريف أشرف مشرف شارف طارق طريق قاسم قسام وليد والد ولد رفيق رافق كاظم
    كاتب جابر جبر جبران جبير صابر صبري ثابت ثامر سامر سمير تامر تمار نادر نذير منذر منير نور أنور نوري مراد مريد رضا
    راضي رياض حكيم حاكم حكمت عظيم عاظم أمين أيمن آمنة أمينة سامي سمي سامية سمية هادي هدى مهدي ياسر يسري ياسين حبيب
    لطيف لطفي عزيز عزت معتز عاصم عصام معصوم يحيى حيان حنان حنين سارة سيرة فريد فارد فاروق فرج فراج منى أماني إيمان
"""

_PARTS = re.compile(r"\w+")
_DOUBLE = re.compile(r"(.)\1+")
_NO_SKELETON = re.compile("[اويهحaeiouy]+")
_TANWIN = re.compile("\u064b\u0640*ا(?!\\w)|ا\u064b(?!\\w)")


class Likeness(StrEnum):
    """Why two names may be the same, the surest first.

    `SAME_SPELLING` is equality for readers; `SAME_CLASS` differs in letters for one foreign sound only, which merged
    none of the different names it was measured on. `CLOSE` and `PART_OF` (غانتس of بيني غانتس) are for a person to
    decide.
    """

    SAME_SPELLING = "same_spelling"
    SAME_CLASS = "same_class"
    CLOSE = "close"
    PART_OF = "part_of"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name: folded for search, folded for names, and with its letters as classes, doubled ones once."""

    spelling: str
    letters: str
    sounds: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name by its words."""

    words: tuple[_Word, ...]
    has_tanwin: bool

    @property
    def spelling(self) -> tuple[str, ...]:
        return tuple(word.spelling for word in self.words)

    @property
    def joined(self) -> _Word:
        """The name as one word: presses write عبد الله and عبدالله."""
        letters = "".join(word.letters for word in self.words)
        return _Word("".join(self.spelling), letters, _sounds(letters))

    def last(self, count: int) -> "_Name":
        return _Name(self.words[-count:], self.has_tanwin)


def class_string(name: str) -> str:
    """Return a name by the classes of its letters, doubled ones once, its words parted by single blanks."""
    return " ".join(word.sounds for word in _parsed(name).words)


def has_tanwin(name: str) -> bool:
    """Return whether a word ends with the tanwin of the accusative: an adjective or noun, not a foreign name."""
    return _TANWIN.search(name) is not None


def likeness(a: str, b: str) -> Likeness | None:
    """Return why two names may be the same; None if nothing says so. The order of the two does not matter."""
    first, second = _parsed(a), _parsed(b)
    if not first.words or not second.words or first.has_tanwin != second.has_tanwin:
        return None
    if first.spelling == second.spelling:
        return Likeness.SAME_SPELLING
    if first.has_tanwin:
        return None
    if _is_same_class(first, second):
        return Likeness.SAME_CLASS
    if _is_close(first, second):
        return Likeness.CLOSE
    return Likeness.PART_OF if _is_part(first, second) else None


def distance(a: str, b: str, limit: float = math.inf) -> float:
    """Return how far two names are apart: the sum over their words, or over the whole if they have not as many.

    Infinity stands for whatever is above the limit; it is noticed early.
    """
    total = 0.0
    for one, other in _aligned(_parsed(a), _parsed(b)):
        total += _word_distance(one.letters, other.letters, limit - total)
        if total > limit:
            return math.inf
    return total


def blocking_keys(name: str) -> frozenset[str]:
    """Return keys of a name: two names that `likeness` calls alike have one in common, so only those need comparing.

    They are the consonants of the name and of its last words, without those that `likeness` forgives.
    """
    words = _parsed(name).words
    sounds = ["".join(word.sounds for word in words[start:]) for start in range(len(words))]
    return frozenset(_skeleton(letters) for letters in sounds)


@lru_cache(maxsize=1024)  # half a megabyte; those that are compared with one come close upon one another
def _parsed(name: str) -> _Name:
    return _Name(tuple(_word(spelling) for spelling in _PARTS.findall(fold(name).text)), has_tanwin(name))


def _word(spelling: str) -> _Word:
    # What is folded for search still has the letters that the fold for names would take for another sound's.
    letters = fold(spelling.translate(FOREIGN), Level.NAME).text.replace(_CH, _SH)
    return _Word(spelling, letters, _sounds(letters))


def _sounds(letters: str) -> str:
    return _DOUBLE.sub(r"\1", letters.translate(CLASSES))


def _skeleton(sounds: str) -> str:
    return _DOUBLE.sub(r"\1", _NO_SKELETON.sub("", sounds.replace(_SH, "س")))


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(fold(_GIVEN, Level.NAME).text.split())


def _aligned(first: _Name, second: _Name) -> list[tuple[_Word, _Word]]:
    if len(first.words) == len(second.words):
        return list(zip(first.words, second.words, strict=True))
    return [(first.joined, second.joined)]


def _are_given_names(one: _Word, other: _Word) -> bool:
    return one.letters != other.letters and {one.letters, other.letters} <= _given()


def _is_same_class(first: _Name, second: _Name) -> bool:
    pairs = _aligned(first, second)
    same = sum(one.spelling == other.spelling for one, other in pairs)
    least = max(_SPELT_LETTERS, _CLASS_LETTERS - same)
    return all(_is_same_word(one, other, least) for one, other in pairs)


def _is_same_word(one: _Word, other: _Word, least: int) -> bool:
    if one.spelling == other.spelling:
        return True
    if one.letters == other.letters:
        return len(one.letters) >= _SPELT_LETTERS
    return one.sounds == other.sounds and _least_stem(one, other) >= least and not _are_given_names(one, other)


def _least_stem(one: _Word, other: _Word) -> int:
    """Return how many letters the shorter has; the article says nothing of a name (الصين, السين)."""
    return min(len(word.letters.removeprefix(_ARTICLE)) for word in (one, other))


def _is_close(first: _Name, second: _Name) -> bool:
    if _skeleton(first.joined.sounds) != _skeleton(second.joined.sounds):
        return False
    total = 0.0
    for one, other in _aligned(first, second):
        if one.spelling == other.spelling:
            continue
        if _least_stem(one, other) < _CLOSE_LETTERS or _are_given_names(one, other):
            return False
        total += _word_distance(one.letters, other.letters, CLOSE_ENOUGH - total)
        if total > CLOSE_ENOUGH:
            return False
    return True


def _is_part(first: _Name, second: _Name) -> bool:
    shorter, longer = sorted((first, second), key=lambda name: len(name.words))
    count = len(shorter.words)
    if count == len(longer.words) or len(shorter.joined.letters) < _PART_LETTERS:
        return False
    return _is_same_class(shorter, longer.last(count))


def _word_distance(one: str, other: str, limit: float) -> float:
    """Return the cost of the cheapest edits, by rows of the usual table; infinity above the limit."""
    row = [0.0]
    for j, letter in enumerate(other):
        row.append(row[-1] + _gap(other, j, letter))
    for i, letter in enumerate(one):
        gap = _gap(one, i, letter)
        above, row = row, [row[0] + gap]
        for j, against in enumerate(other):
            is_final = i == len(one) - 1 and j == len(other) - 1
            changed = above[j] + _change(letter, against, is_final=is_final)
            row.append(min(changed, above[j + 1] + gap, row[j] + _gap(other, j, against)))
        if min(row) > limit + 1e-9:
            return math.inf
    return round(row[-1], 6) if row[-1] <= limit + 1e-9 else math.inf


def _gap(letters: str, i: int, letter: str) -> float:
    """Return what it costs that only one of the names has the letter at `i`."""
    if i and letters[i - 1].translate(CLASSES) == letter.translate(CLASSES):
        return _DOUBLED
    if letter in _WEAK and 0 < i < len(letters) - 1:
        return _INNER_WEAK
    return _FINAL if letter in _WEAK | {"ه"} and i else _OTHER


def _change(letter: str, against: str, *, is_final: bool) -> float:
    if letter == against:
        return 0.0
    if letter.translate(CLASSES) == against.translate(CLASSES):
        return _SAME_CLASS
    pair = frozenset((letter, against))
    if is_final and pair == _FINAL_PAIR:
        return _FINAL_PAIR_COST
    return _PAIRS.get(pair, _OTHER_WEAK if pair <= _WEAK else _OTHER)
