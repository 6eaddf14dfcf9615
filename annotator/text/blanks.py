# SPDX-License-Identifier: MIT
"""The characters that leave nothing to see. Owns the table; knows nothing of words or tags."""

#: White space: whatever `str.isspace` calls so. Spelt out because `re`, `regex` and Unicode each draw it otherwise.
WHITE_SPACE = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

#: Invisible characters that may stand inside a word without ending it: ZWNJ, ZWJ, soft hyphen, bidi marks, joiner.
WORD_JOINERS = "\u200c\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff"

#: Bidi embeddings, overrides and isolates: they wrap whole phrases, so they end a word.
BIDI_WRAPPERS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

#: Everything that has no width.
INVISIBLE = WORD_JOINERS + BIDI_WRAPPERS + "\u200b"

#: White space and invisible characters together.
BLANKS = WHITE_SPACE + INVISIBLE


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Draw both ends of a range in over blanks; a range of blanks only ends up empty, at its start."""
    first = start
    while first < end and text[first] in BLANKS:
        first += 1
    if first == end:
        return start, start
    while text[end - 1] in BLANKS:
        end -= 1
    return first, end
