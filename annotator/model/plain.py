# SPDX-License-Identifier: MIT
"""Plain JSON values as what they stand for, every one of them checked: dataclasses, enums, names, lists of them.

In the words of `msgspec`, which does this for a million rows. For the few parts of a scheme, which are read before an
article is seen, its loading takes a hundred times what it wins (docs/adr/0015-start-and-large-corpora.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin

_T = TypeVar("_T")
_Reader = Callable[[Any, str], Any]
#: What JSON calls the types of Python.
_CALLED = {bool: "bool", int: "int", float: "float", str: "str", list: "array", dict: "object", NoneType: "null"}


def from_plain(kind: type[_T], value: Any) -> _T:
    """Return what a plain value stands for.

    Raises:
        ValueError: it is none of these, with the place and what is wrong there.
    """
    of: Any = kind
    found: _T = _reader(of)(value, "$")
    return found


@lru_cache(maxsize=64)
def _reader(kind: Any) -> _Reader:
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) in (Union, UnionType):
        return _of_any(tuple(map(_base, get_args(kind))))
    if get_origin(kind) is tuple:
        return _of_list(_reader(get_args(kind)[0]))
    if is_dataclass(kind):
        return _of_object(kind)
    if issubclass(kind, Enum):
        return _of_enum(kind)
    return lambda value, place: value if type(value) is kind else _refuse(_CALLED[kind], value, place)


def _base(kind: Any) -> Any:
    return getattr(kind, "__supertype__", kind)


def _of_any(kinds: tuple[Any, ...]) -> _Reader:
    by_type = {list if get_origin(kind) is tuple else kind: _reader(kind) for kind in kinds}
    expected = " | ".join(name for kind, name in _CALLED.items() if kind in by_type)

    def reader(value: Any, place: str) -> Any:
        read = by_type.get(type(value))
        return _refuse(expected, value, place) if read is None else read(value, place)

    return reader


def _of_list(read: _Reader) -> _Reader:
    def reader(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            _refuse("array", value, place)
        return tuple(read(one, f"{place}[{number}]") for number, one in enumerate(value))

    return reader


def _of_enum(kind: type[Enum]) -> _Reader:
    def reader(value: Any, place: str) -> Any:
        if not isinstance(value, str):
            _refuse("str", value, place)
        try:
            return kind(value)
        except ValueError:
            raise ValueError(f"Invalid enum value {value!r}{_at(place)}") from None

    return reader


def _of_object(kind: Any) -> _Reader:
    types: dict[str, Any] = {field.name: field.type for field in fields(kind)}
    readers = {name: _reader(type_) for name, type_ in types.items()}

    def reader(value: Any, place: str) -> Any:
        if not isinstance(value, Mapping):
            _refuse("object", value, place)
        given = {name: read(value[name], f"{place}.{name}") for name, read in readers.items() if name in value}
        try:
            return kind(**given)
        except TypeError:  # what has no default is not given
            missing = next(name for name in readers if name not in given)
            raise ValueError(f"Object missing required field `{missing}`{_at(place)}") from None

    return reader


def _refuse(expected: str, value: Any, place: str) -> NoReturn:
    raise ValueError(f"Expected `{expected}`, got `{_CALLED.get(type(value), type(value).__name__)}`{_at(place)}")


def _at(place: str) -> str:
    return "" if place == "$" else f" - at `{place}`"
