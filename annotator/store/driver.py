# SPDX-License-Identifier: MIT
"""Which SQLite a project file is opened with: the standard library's, or SQLCipher for an encrypted one.

The one place that makes a connection, and that knows what each library's errors are called. Everything else in this
room takes what comes from here for a `sqlite3.Connection`.

A test of faults puts a driver of its own in by `monkeypatch.setitem(DRIVERS, PLAIN, Driver(...))`: what it connects
must have the methods of `sqlite3.Connection`, and its errors the attribute `sqlite_errorcode`.
"""

import itertools
import os
import sqlite3
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from annotator import extras
from annotator.errors import UserError
from annotator.files import peeking
from annotator.late import LateModule
from annotator.paths import real

if TYPE_CHECKING:
    import hashlib
    import hmac
else:
    hmac = LateModule("hmac")
    hashlib = LateModule("hashlib")

PLAIN = "plain"
ENCRYPTED = "encrypted"

#: How a connection is opened, as in SQLite's own addresses (`sqlite.org/uri.html`).
READ_WRITE = "rw"
READ_ONLY = "ro"
IMMUTABLE = "ro&immutable=1"

_SALT_BYTES = 16
_KEY_BYTES = 32
#: What SQLCipher 4 does with a password by itself, so that its other tools open the file with the same one.
_ROUNDS = 256_000
_PAGE_BYTES = 4096
_SIGNATURE_BYTES = 64
_SIGNING_MASK = 0x3A
_SIGNING_ROUNDS = 2
_PAGES_TRIED = 20


@dataclass(frozen=True, slots=True)
class Key:
    """What an encrypted file is opened with: derived from the password once, since that takes a quarter of a second.

    Attributes:
        raw: the key itself; never shown, logged or written anywhere.
        salt: the first bytes of the file, with which it was derived.
    """

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Driver:
    """A library that speaks SQLite.

    Attributes:
        connect: gives a connection in autocommit mode for an address, a waiting time in seconds, and a key or None.
        errors: gives the classes of its errors; none as long as it is not loaded.
    """

    connect: Callable[[str, float, Key | None], sqlite3.Connection]
    errors: Callable[[], tuple[type[Exception], ...]]


def connect(path: Path, mode: str = READ_WRITE, *, key: Key | None = None, timeout: float = 1.0) -> sqlite3.Connection:
    """Open a file that is there; nothing of it is read yet.

    Another thread may use it, never two at once: `Database` hands it to the one that waits for the disk.

    Args:
        path: the file; it may be empty.
        mode: `READ_WRITE`, `READ_ONLY` or `IMMUTABLE`.
        key: of an encrypted file; None for any other.
        timeout: how many seconds to wait for another program's lock.

    Raises:
        UserError: `encryption_missing` where nothing here can open an encrypted file.
    """
    driver = DRIVERS[PLAIN if key is None else ENCRYPTED]
    return driver.connect(f"{real(path).as_uri()}?mode={mode}", timeout, key)


def connect_for_any(path: Path, key: Key | None) -> sqlite3.Connection:
    """Open a file, encrypted or not, so that files of either kind can be put beside it with `attach`.

    Nothing in this process may have it open by the other library meanwhile: neither would see the other's locks
    (`sqlite.org/howtocorrupt.html`, "multiple copies of SQLite").

    Raises:
        UserError: `encryption_missing`.
    """
    return DRIVERS[ENCRYPTED].connect(f"{real(path).as_uri()}?mode={READ_WRITE}", 1.0, key)


def attach(connection: sqlite3.Connection, path: Path, name: str, key: Key | None) -> None:
    """Put a file beside the one that `connect_for_any` has opened, under a name of its own."""
    address = f"{real(path).as_uri()}?mode={READ_WRITE}"
    connection.execute(f"attach ? as {name} key {_spelled(key)}", (address,))


def refuse_missing_library() -> None:
    """See that encrypted files can be opened here, without loading what opens them.

    Raises:
        UserError: `encryption_missing`.
    """
    extra = extras.EXTRAS["sqlcipher"]
    if not extra.installed:
        raise UserError("encryption_missing", extra=extra.requirement, command=extra.command)


def database_errors() -> tuple[type[Exception], ...]:
    """Return what `except` has to catch for errors of the file, whichever library opened it.

    A function rather than a constant: the library for encrypted files is loaded when the first one is opened.
    """
    return tuple(error for driver in DRIVERS.values() for error in driver.errors())


def error_code(error: Exception) -> int:
    """Return SQLite's primary code of an error, such as `sqlite3.SQLITE_BUSY`; 0 where it has none."""
    if hasattr(error, "sqlite_errorcode"):
        return cast("int", error.sqlite_errorcode) & 0xFF
    # Python's own errors have no code: of these, text that is no UTF-8 any more is the one that a file can cause.
    return sqlite3.SQLITE_CORRUPT if type(error).__name__ == "OperationalError" else 0


def new_key(password: str) -> Key:
    """Return the key of a file that is yet to be made."""
    return derived_key(password, os.urandom(_SALT_BYTES))


def derived_key(password: str, salt: bytes) -> Key:
    """Return the key of the file that begins with `salt`."""
    # An accented letter is one or two characters, as the keyboard has it.
    typed = unicodedata.normalize("NFC", password).encode()
    return Key(hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, _KEY_BYTES), salt)


def file_key(password: str, path: Path) -> Key:
    """Return the key that a password gives for an encrypted file; whether it is the right one shows on opening."""
    return derived_key(password, file_salt(path))


def file_salt(path: Path) -> bytes:
    """Return what an encrypted file begins with: no secret, but no key is made without it."""
    with peeking(path) as file:
        return file.read(_SALT_BYTES)


def signing_key(key: Key) -> bytes:
    """Return what SQLCipher signs the pages of a file with."""
    mask = bytes(byte ^ _SIGNING_MASK for byte in key.salt)
    return hashlib.pbkdf2_hmac("sha512", key.raw, mask, _SIGNING_ROUNDS, _KEY_BYTES)


def opens_any_page(path: Path, key: Key, most: int | None = _PAGES_TRIED) -> bool:
    """Return whether a key is right for one of the pages of a file, of which the first ones are tried, or all.

    SQLCipher signs each page: HMAC-SHA512 of its encrypted bytes and its number, under a key made from the key. Of the
    first page the salt is no part of that.
    """
    signing = signing_key(key)
    with peeking(path) as file:
        file.seek(_SALT_BYTES)
        sizes = itertools.chain([_PAGE_BYTES - _SALT_BYTES], itertools.repeat(_PAGE_BYTES))
        pages = iter(lambda: file.read(next(sizes)), b"")
        return any(
            hmac.digest(signing, page[:-_SIGNATURE_BYTES] + number.to_bytes(4, "little"), "sha512")
            == page[-_SIGNATURE_BYTES:]
            for number, page in enumerate(itertools.islice(pages, most), 1)
        )


def _connect_plain(address: str, timeout: float, _key: Key | None) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=timeout, check_same_thread=False)


def _connect_encrypted(address: str, timeout: float, key: Key | None) -> sqlite3.Connection:
    library = _library()
    connection = library.connect(address, uri=True, isolation_level=None, timeout=timeout, check_same_thread=False)
    # It writes each failed reading on standard error, besides raising it.
    connection.execute("pragma cipher_log_level = none")
    if key is not None:
        connection.execute(f"pragma key = {_spelled(key)}")
    return cast("sqlite3.Connection", connection)


def _spelled(key: Key | None) -> str:
    return "''" if key is None else f"\"x'{key.raw.hex()}{key.salt.hex()}'\""


def _library() -> ModuleType:
    """Return SQLCipher's library, loading it for the first encrypted file."""
    refuse_missing_library()
    return cast("ModuleType", extras.load(_SQLCIPHER))


def _encrypted_errors() -> tuple[type[Exception], ...]:
    library = sys.modules.get(_SQLCIPHER)
    return () if library is None else (library.DatabaseError,)


_SQLCIPHER = "sqlcipher3.dbapi2"

#: By the kind of file.
DRIVERS: dict[str, Driver] = {
    PLAIN: Driver(_connect_plain, lambda: (sqlite3.DatabaseError,)),
    ENCRYPTED: Driver(_connect_encrypted, _encrypted_errors),
}
