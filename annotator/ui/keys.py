# SPDX-License-Identifier: MIT
"""Keys that work on an Arabic keyboard, too. Plain strings in and out; knows no widget.

Qt finds the Latin letter of a key by itself where a Latin layout is set up beside the Arabic one. Where there is none
it does not, and then no letter would be a command, undo included.
"""

from collections.abc import Iterable

_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM0123456789"
#: What the standard Arabic layout (Arabic 101, X11's `ara`) has on the same keys.
_ARABIC = "ضصثقفغعهخحشسيبلاتنمئءؤر\ufefbىة٠١٢٣٤٥٦٧٨٩"
_TWINS = dict(zip(_LATIN, _ARABIC, strict=True))


def with_arabic(keys: Iterable[str]) -> list[str]:
    """Return keys such as "Ctrl+Z", followed by what the same keys give on an Arabic keyboard."""
    given = list(dict.fromkeys(keys))
    twins = [f"{key[:-1]}{_TWINS[key[-1]]}" for key in given if key[-1:] in _TWINS and key[-2:-1] in ("", "+")]
    return list(dict.fromkeys((*given, *twins)))
