# SPDX-License-Identifier: MIT
"""The password of a project: trying it, setting, changing and removing it.

None of this is an act of the history: it changes how the file is kept, and nothing in it. A password is kept nowhere,
and the key that it gives in memory only.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from annotator.errors import UserError
from annotator.files import SUFFIX, DatabaseKind, database_kind
from annotator.paths import real
from annotator.store.backups import folder_of
from annotator.store.database import open_database, try_key
from annotator.store.driver import Key, derived_key, file_key, file_salt, new_key, opens_any_page
from annotator.store.lock import ProjectLock
from annotator.store.rekeying import rekey

__all__ = [
    "Key",
    "copies_of",
    "is_encrypted",
    "key_for",
    "key_of_new",
    "key_to_recover",
    "set_password",
    "tried_key",
    "was_encrypted",
]


def is_encrypted(path: Path) -> bool:
    """Return whether a file asks for a password; one that cannot be read does not: opening it says why."""
    try:
        return database_kind(path) is DatabaseKind.ENCRYPTED
    except OSError:
        return False


def key_for(path: Path, password: str) -> Key:
    """Return the key that a password gives for an encrypted project; this takes a quarter of a second.

    Whether it opens the project is not tried yet.

    Raises:
        UserError: `project_damaged` where the project has lost what the key is made with, and a backup has it.
    """
    key = file_key(password, path)
    if not opens_any_page(path, key):
        others = [salt for salt in _salts(path) if salt != key.salt]
        if _key_of_pages(path, password, others) is not None:
            raise UserError("project_damaged", path=path, detail="file is not a database")
    return key


def tried_key(path: Path, password: str) -> Key:
    """Return the key that opens an encrypted project.

    Raises:
        UserError: `password_wrong`, and what opening the project refuses.
    """
    key = key_for(path, password)
    try_key(path, key)
    return key


def was_encrypted(path: Path) -> bool:
    """Return whether a project that may be damaged is encrypted: where its first page is lost, its backups tell."""
    try:
        kind = database_kind(path)
    except OSError:
        return False
    return kind is DatabaseKind.ENCRYPTED or (kind is None and any(map(is_encrypted, copies_of(path))))


def key_to_recover(path: Path, password: str) -> Key:
    """Return the key that decrypts what is left of a damaged project.

    Its first bytes, with which the key is made, may be lost; its backups begin with the same.

    Raises:
        UserError: `nothing_decrypted`, or `file_unreadable`.
    """
    try:
        key = _key_of_pages(path, password, _salts(path))
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error
    if key is None:
        raise UserError("nothing_decrypted", path=path)
    return key


def _key_of_pages(path: Path, password: str, salts: Iterable[bytes]) -> Key | None:
    """Return the key that is right for any page of a file, if one of these gives it."""
    keys = (derived_key(password, salt) for salt in salts)
    return next((key for key in keys if opens_any_page(path, key, most=None)), None)


def _salts(path: Path) -> list[bytes]:
    """Return what keys of a project may have been made with, its own first."""
    return list(dict.fromkeys(file_salt(one) for one in (path, *filter(is_encrypted, copies_of(path)))))


def key_of_new(password: str) -> Key:
    """Return the key of a project that is yet to be made.

    Raises:
        UserError: `password_empty`.
    """
    if not password:
        raise UserError("password_empty")
    return new_key(password)


def copies_of(path: Path) -> list[Path]:
    """Return the copies of a project that this program has made beside it: the daily ones and those before updates."""
    path = real(path)
    daily = folder_of(path).glob(f"*{SUFFIX}")
    return sorted([*path.parent.glob(f"{_literally(path.stem)}.backup-*{SUFFIX}"), *daily])


def set_password(
    path: Path, key: Key | None, password: str | None, goes_on: Callable[[], bool] = lambda: True
) -> tuple[Key | None, list[Path]]:
    """Set, change or remove the password of a project that nobody has open, and of its backups.

    The backups come first: should this be cut short, the project still opens as before, and it can be done again.

    Args:
        path: the project.
        key: what opens it now; None where it has no password.
        password: the new one; None for none.
        goes_on: asked every few milliseconds; everything that is not done yet stays as it is where it says no.

    Returns:
        What opens it now, and the backups that another password protects, which stay as they are.

    Raises:
        UserError: `password_empty`, `password_wrong`, `project_locked`, `project_busy`, or what writing files refuses.
    """
    new = None if password is None else key_of_new(password)
    lock = ProjectLock(path)
    lock.acquire()
    try:
        with lock.alone():
            # Nothing is begun with a wrong password; an older file is brought up to date, and its backup goes along.
            open_database(path, key=key).close()
            left = [backup for backup in copies_of(path) if not _goes_along(backup, key, new, password, goes_on)]
            rekey(path, key, new, goes_on)
    finally:
        lock.release()
    return new, left


def _goes_along(
    backup: Path, key: Key | None, new: Key | None, password: str | None, goes_on: Callable[[], bool]
) -> bool:
    """Write a backup anew, too; return False where nothing that is known here opens it."""
    if _rewritten(backup, key, new, goes_on):
        return True
    # An earlier try with the same new password, which was cut short, has been here already.
    return (
        password is not None and is_encrypted(backup) and _rewritten(backup, file_key(password, backup), new, goes_on)
    )


def _rewritten(backup: Path, key: Key | None, new: Key | None, goes_on: Callable[[], bool]) -> bool:
    try:
        rekey(backup, key, new, goes_on)
    except UserError as error:
        if error.key not in _LEAVES_A_BACKUP:
            raise
        return False
    return True


#: Of backups: made under another password, or spoilt; neither must keep the project from being protected.
_LEAVES_A_BACKUP = frozenset({"password_needed", "password_wrong", "project_damaged", "project_not_sqlite"})


def _literally(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
