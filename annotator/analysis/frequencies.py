# SPDX-License-Identifier: MIT
"""How frequent the words of the language are: reads the list that is shipped with the program.

Takes some hundredths of a second, so nobody reads it who need not; who reads it keeps it. `resources/words/README.md`
tells where it comes from and under which licence it is.
"""

import logging
import math
import zlib
from collections.abc import Mapping
from pathlib import Path

from annotator import paths
from annotator.text.word_numbers import WordNumbers

_LOG = logging.getLogger(__name__)
_MILLION = 6
_GZIP = zlib.MAX_WBITS | 16


def word_rates(path: Path | None = None) -> Mapping[str, float]:
    """Return how often per million words each word is seen, by its `text.proclitics.key`.

    A list that is missing or damaged is none: the rule works without, and less well.
    """
    path = path or paths.resources() / "words" / "ar.txt.gz"
    try:
        lines = zlib.decompress(path.read_bytes(), _GZIP).decode("utf-8").splitlines()
        return _parsed(lines)
    except (OSError, zlib.error, ValueError) as error:
        _LOG.warning("no word frequencies from %s: %s", path, error)
        return {}


def _parsed(lines: list[str]) -> WordNumbers[float]:
    return WordNumbers(
        ((word, int(hundredths)) for hundredths, *words in map(str.split, lines) for word in words), _rate
    )


def _rate(hundredths: int) -> float:
    return math.pow(10, _MILLION - hundredths / 100)
