# SPDX-License-Identifier: MIT
"""Large projects that are made once and kept: loads what makes them only then, for memory is measured beside it."""

import os
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_KEPT, _SCHEMA = _ROOT / "build" / "bench", _ROOT / "annotator" / "store" / "sql"


def kept_project(articles: int, *, tags_each: int = 40) -> Path:
    """Return a project of that size, made once for each schema and kept in the checkout: 100,000 take minutes.

    It is to be read, or copied: what is done in it stays.
    """
    _KEPT.mkdir(parents=True, exist_ok=True)
    schema = max(path.name[:4] for path in _SCHEMA.glob("*.sql"))
    path = _KEPT / f"{articles}x{tags_each}-{schema}.tawsim"
    if not path.exists():
        from benchmarks.large import ACTORS, large_project

        made = path.with_name(f"{path.stem}-{os.getpid()}.new.tawsim")
        large_project(made, articles=articles, actors=min(ACTORS, articles), tags_each=tags_each)
        made.replace(path)
    return path
