# SPDX-License-Identifier: MIT
"""Finding things by their names while one types, in Arabic or English: the best first. Knows no widget."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from annotator.text.name_search import CONSONANTS, matches_query, search_keys

_T = TypeVar("_T")


def ranked(query: str, things: Iterable[_T], names: Callable[[_T], Sequence[str]]) -> list[_T]:
    """Return the things that a search finds by their names, the best first, of equals as they come."""
    if not query.strip():
        return list(things)
    found = [(rank, one) for one in things if (rank := matches_query(query, keys_of(*names(one)))) is not None]
    # Names of two scripts share few consonants; a spelling that fits leaves those out.
    if any(rank < CONSONANTS for rank, _ in found):
        found = [entry for entry in found if entry[0] < CONSONANTS]
    return [one for _, one in sorted(found, key=lambda entry: entry[0])]


@lru_cache(maxsize=32768)
def keys_of(*names: str) -> str:
    """Return the keys under which something of these names is found."""
    return search_keys(*names)
