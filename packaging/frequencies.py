# SPDX-License-Identifier: MIT
"""Make the list of frequent Arabic words in resources/words from wordfreq's data.

    python -m venv build/wordfreq && build/wordfreq/bin/pip install wordfreq==3.1.1 regex
    PYTHONPATH=. build/wordfreq/bin/python packaging/frequencies.py

Needs wordfreq only to be made, never to be read. The data is under CC BY-SA 4.0, see resources/words/README.md.
"""

import gzip
import math
import re
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict  # type: ignore[import-not-found]  # no dependency of the program

from annotator.text.folding import fold

_WORDS = 50_000
_TARGET = Path(__file__).parent.parent / "resources" / "words" / "ar.txt.gz"
_ARABIC = re.compile("[\u0621-\u064a]{2,}")


def main() -> None:
    """Fold the words as the program folds them, keep the most frequent, and write them in their order."""
    rates: dict[str, float] = defaultdict(float)
    for word, rate in get_frequency_dict("ar", "large").items():
        folded = fold(word).text
        if _ARABIC.fullmatch(folded):
            rates[folded] += rate
    kept = sorted(rates, key=lambda word: (-rates[word], word))[:_WORDS]
    text = "".join(f"{word} {round(-100 * math.log10(rates[word]))}\n" for word in sorted(kept))
    # No time in the file: the same data gives the same bytes.
    _TARGET.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    print(f"{len(kept)} words, {_TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
