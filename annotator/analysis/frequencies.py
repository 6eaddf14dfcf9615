# SPDX-License-Identifier: MIT
"""How frequent the words of the language are: reads the list that is shipped with the program.

Takes a hundredth of a second, so nobody reads it who need not; who reads it keeps it. `resources/words/README.md`
tells where it comes from and under which licence it is.
"""

import logging
import math
import re
import zlib
from collections.abc import Mapping
from pathlib import Path

from annotator import paths
from annotator.text.word_numbers import WordNumbers

_LOG = logging.getLogger(__name__)
_MILLION = 6
_GZIP = zlib.MAX_WBITS | 16
#: Lines of a word and a number; in one go, for each by itself would make objects by the ten thousand.
_SOUND = re.compile("(?:[\u0621-\u064a]++ [0-9]++\n)++")


def word_rates(path: Path | None = None) -> Mapping[str, float]:
    """Return how often per million words each word is seen, by its `text.proclitics.key`.

    A list that is missing or damaged is none: the rule works without, and less well.
    """
    path = path or paths.resources() / "words" / "ar.txt.gz"
    try:
        text = zlib.decompress(path.read_bytes(), _GZIP).decode("utf-8")
    except (OSError, zlib.error, ValueError) as error:
        _LOG.warning("no word frequencies from %s: %s", path, error)
        return {}
    if not _SOUND.fullmatch(text):
        _LOG.warning("no word frequencies from %s: it is no list of words", path)
        return {}
    return WordNumbers(text, _rate)


def _rate(hundredths: int) -> float:
    return math.pow(10, _MILLION - hundredths / 100)
