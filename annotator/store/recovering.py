# SPDX-License-Identifier: MIT
"""Making the rows that were found in a damaged project a sound state, by what is left of its history.

What the history can tell of a lost row comes back from there. What the file then lacks, or holds without its text or
its label, is told. One act at the end says what became of the rest, so that the history fits the state again.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model.annotator import Annotator
from annotator.model.changes import Op, Record, RowChange
from annotator.model.ids import LabelId, LayerId, new_id
from annotator.model.names import NO_NAME, Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme, SchemePart
from annotator.store import history, scheme
from annotator.store.columns import Image, RowUnreadableError
from annotator.store.replaying import Replayed, replay, side_by_side
from annotator.store.row_changes import GIVEN, Act, image, table_named, table_names, whole
from annotator.store.salvage import Salvage
from annotator.store.scheme import ATTRIBUTES, DOCUMENT_LABELS, LABELS, LAYERS, RELATION_TYPES

_HISTORY = frozenset({"history", "history_part", "history_pack"})
#: What the history may not know of.
_UNTOLD = GIVEN | {"annotator"}
_ROWS_AT_ONCE = 500
#: So far from its place the words of a tag are looked for where the text is damaged.
_NEAR = 200


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that could not be saved as it was.

    Attributes:
        reason: a key of `annotator.sentences.LOSS_MESSAGES`.
        name: a title, a quote or a name, as far as it is known.
        article: the title of the article it belongs to.
    """

    table: str
    id: str
    reason: str
    name: str = ""
    article: str = ""


@dataclass(slots=True)
class Recovery:
    """What came of it.

    Attributes:
        rows: of each table, how many rows the new file holds.
        restored: of each table, how many of these the history gave back.
        acts: how many acts of the history are kept, and `acts_lost` how many of those that were read are not.
        history_torn: whether there may have been more acts than were read.
        pages: how many pages of the damaged file could not be read.
    """

    rows: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    acts: int = 0
    acts_lost: int = 0
    history_torn: bool = False
    pages: int = 0
    losses: list[Loss] = field(default_factory=list)

    @property
    def articles(self) -> list[str]:
        """Return the titles of the articles that lost something, each once."""
        titles = (loss.name if loss.table == "article" else loss.article for loss in self.losses)
        return sorted({title for title in titles if title})


class Reconciling:
    """Makes the state of a new file sound, by the history that is left."""

    def __init__(self, connection: sqlite3.Connection, salvage: Salvage, recovery: Recovery, *, secret: bool) -> None:
        self._connection, self._recovery = connection, recovery
        self._torn = salvage.found.torn
        recovery.history_torn = bool(self._torn & _HISTORY)
        self._knows_all = not recovery.history_torn and not recovery.acts_lost
        self._told = Replayed(secret=secret)
        self._lost: set[tuple[str, str]] = set()
        self._had_seal = scheme.has_seal(connection)
        self._is_sealed = self._had_seal and scheme.is_sealed(connection)

    def run(self, spare: Scheme, annotator: Annotator, now: str) -> None:
        """Bring back what the history knows, take out what stands on nothing, and write the act that says so."""
        try:
            for _ in replay(history.acts(self._connection), self._told):
                pass
            for table in table_names():
                self._reconcile(table)
            self._fill_particulars(spare, now)
            self._fill_scheme(spare)
            self._tell_torn()
            self._mend_texts()
            self._mend_references(spare)
            self._mend_quotes()
            self._mend_references(spare)
            self._write_act(annotator, now)
            self._count()
        finally:
            self._told.close()

    # Rows against the history

    def _reconcile(self, table: str) -> None:
        put: list[Record] = []
        gone: list[str] = []
        for id_, row, known in side_by_side(self._readable(table), self._told.rows(table)):
            if self._is_right(table, row, known):
                continue
            if known is not None and (self._knows_all or row is None):
                if row is not None or self._knows_all or table in self._torn:
                    record = self._record(table, id_, known, row)
                    if record is not None:
                        put.append(record)
            elif row is not None and known is None and self._knows_all:
                gone.append(id_)
        store = table_named(table)
        store.delete(self._connection, [*gone, *(record.id for record in put)])
        store.insert(self._connection, put)
        if put:
            self._recovery.restored[table] = len(put)
            back = {record.id for record in put}
            self._recovery.losses = [
                loss for loss in self._recovery.losses if loss.table != table or loss.id not in back
            ]
        if not self._knows_all:
            for record in put:
                self._lose(table, str(record.id), "perhaps_older", *_said(table, image(record), self._told))

    def _is_right(self, table: str, row: Record | None, known: Image | None) -> bool:
        if row is None:
            return known is None
        if known is None:
            return table in GIVEN
        now = image(row)
        return all(now.get(name) == value for name, value in known.items())

    def _record(self, table: str, id_: str, known: Image, row: Record | None) -> Record | None:
        base = image(row) if row is not None else {}
        try:
            made: Record = table_named(table).from_image(id_, {**base, **known} if base else whole(table, known))
        except (TypeError, ValueError, KeyError):
            self._lose(table, id_, "unreadable")
            return None
        return made

    def _readable(self, table: str) -> Iterator[Record]:
        """Yield the rows of a table; those that hold what no program wrote are taken out."""
        store = table_named(table)
        bad: list[tuple[Any]] = []
        for values in self._connection.execute(f"{store.select} order by {_key(table)}"):
            try:
                yield store.from_row(values)
            except RowUnreadableError:
                bad.append((values[0],))
        for (key,) in bad:
            self._lose(table, key.hex() if isinstance(key, bytes) else str(key), "unreadable")
        self._connection.executemany(f"delete from {table} where {_key(table)} = ?", bad)  # noqa: S608 - names

    # What stands on something that is lost

    def _fill_scheme(self, spare: Scheme) -> None:
        """Put back the parts that the scheme that came along has, where pages of the project's own are lost."""
        if self._is_sealed or (not self._had_seal and not self._torn & _UNTOLD):
            return
        self._lose("project", "", "scheme_torn")
        if scheme.particulars(self._connection)["scheme_id"] != spare.id:
            return
        for part in spare.parts():
            store = _table_of_part(part)
            if store.name in self._torn and not store.get_many(self._connection, [part.id]):
                store.insert(self._connection, [part])
                self._lose(store.name, str(part.id), "part_replaced", str(part.id))

    def _tell_torn(self) -> None:
        """Say of which tables more may be lost than anything that is left knows of."""
        for table in sorted(self._torn & {*table_names(), "text"} - GIVEN):
            if not self._knows_all and table != "text":
                self._lose(table, "", "more_may_be_lost")

    def _fill_particulars(self, spare: Scheme, now: str) -> None:
        """Give the project particulars and annotators where they are lost."""
        have = scheme.particulars(self._connection)
        wanted = {"id": new_id(), "created_at": now}
        wanted |= {particular.id: particular.value for particular in scheme.scheme_particulars(spare)}
        missing = {key: value for key, value in wanted.items() if key not in have}
        if missing:
            scheme.put_particulars(self._connection, missing)
            self._lose("project", ", ".join(sorted(missing)), "particulars_lost")
        if not have.get("scheme_version", "0").isdecimal():
            scheme.put_particulars(self._connection, {"scheme_version": "0"})

    def _mend_texts(self) -> None:
        """Keep a text that is not what was imported under its own hash; what article it is of is told."""
        changed = []
        for sha256, body in self._connection.execute("select sha256, body from text"):
            own = hashlib.sha256(body.encode()).digest()
            if own != sha256:
                changed.append((sha256, own, len(body)))
        for sha256, own, length in changed:
            for id_, title in self._connection.execute(
                "select id, title from article where text_sha256 = ?", (sha256,)
            ).fetchall():
                self._lose("article", id_.hex(), "text_changed", title)
            self._connection.execute(
                "insert or ignore into text (sha256, body) select ?, body from text where sha256 = ?", (own, sha256)
            )
            self._connection.execute(
                "update article set text_sha256 = ?, length = ?, exact = 0 where text_sha256 = ?", (own, length, sha256)
            )
            self._connection.execute("delete from text where sha256 = ?", (sha256,))

    def _mend_references(self, spare: Scheme) -> None:
        """Make what rows point to, where that can be made, and take out the rest, until nothing points to nothing."""
        while True:
            found = self._connection.execute(
                'select c."table", c.rowid, k."from", c.parent from pragma_foreign_key_check as c '
                'join pragma_foreign_key_list(c."table") as k on k.id = c.fkid'
            ).fetchall()
            if not found:
                return
            for table, rowid, column, parent in found:
                self._mend_reference(spare, table, rowid, column, parent)

    def _mend_reference(self, spare: Scheme, table: str, rowid: int, column: str, parent: str) -> None:
        row = self._connection.execute(f"select {column} from {table} where rowid = ?", (rowid,)).fetchone()  # noqa: S608
        if row is None:
            return  # gone with another
        if parent in _STUBS:
            self._make(parent, row[0], spare)
        elif column in _MAY_BE_NULL.get(table, ()):
            self._connection.execute(f"update {table} set {column} = null where rowid = ?", (rowid,))  # noqa: S608
            self._lose(table, self._id(table, rowid), "link_lost", *self._names(table, rowid))
        elif table in ("history", "search_text"):
            self._connection.execute(f"delete from {table} where rowid = ?", (rowid,))  # noqa: S608 - a name
        else:
            reason = "text_lost" if parent == "text" else "reference_lost"
            self._lose(table, self._id(table, rowid), reason, *self._names(table, rowid))
            self._connection.execute(f"delete from {table} where rowid = ?", (rowid,))  # noqa: S608 - a name

    def _make(self, parent: str, key: Any, spare: Scheme) -> None:
        """Make what is pointed to: as the scheme that came along has it, or with nothing but its id."""
        if parent == "annotator":
            name = f"? {key.hex()[-6:]}"
            self._connection.execute("insert or ignore into annotator values (?, ?, ?)", (key, name, ""))
            self._lose("annotator", key.hex(), "annotator_lost", name)
            return
        store, make = _STUBS[parent]
        if store.get_many(self._connection, [key]):
            return  # made for another row already
        known = {part.id: part for part in spare.parts()}
        part = known.get(key)
        store.insert(self._connection, [part if isinstance(part, store.record) else make(key)])
        self._lose(parent, str(key), "part_lost" if part is None else "part_replaced", str(key))

    def _mend_quotes(self) -> None:
        """Take out tags that are of other words than their text has there; near by the words are looked for first."""
        articles = self._connection.execute(
            "select article.id, title, body from article join text on sha256 = text_sha256"
        )
        for article_id, title, text in articles:
            spans = self._connection.execute(
                'select id, start, "end", quote, pieces from span where article_id = ?', (article_id,)
            ).fetchall()
            for id_, start, end, quote, pieces in spans:
                if text[start:end] == quote:
                    continue
                around = text[max(0, start - _NEAR) : end + _NEAR]
                if pieces == "[]" and around.count(quote) == 1:
                    start = max(0, start - _NEAR) + around.index(quote)  # noqa: PLW2901 - where it is now
                    self._connection.execute(
                        'update span set start = ?, "end" = ? where id = ?', (start, start + len(quote), id_)
                    )
                    continue
                self._lose("span", id_.hex(), "words_differ", quote, title)
                for column in ("source_id", "target_span_id"):
                    self._connection.execute(f"delete from relation where {column} = ?", (id_,))  # noqa: S608
                self._connection.execute("delete from span where id = ?", (id_,))

    # The act

    def _write_act(self, annotator: Annotator, now: str) -> None:
        """Write what differs from what the history tells as one act that nobody undoes."""
        act = Act(self._connection)
        for table in table_names():
            for id_, row, known in side_by_side(self._readable(table), self._told.rows(table)):
                if not self._is_right(table, row, known):
                    self._note(act, table, id_, row, known)
                act.spill()
        if act.rows or act.spilled:
            annotator = scheme.named_annotator(self._connection, annotator)  # mostly one whose project it is
            scheme.put_annotator(self._connection, annotator, now)
            params = {"count": len(act.rows) + act.spilled}
            history.append_act(
                self._connection, act, annotator_id=annotator.id, at=now, op=Op.RECOVER, params=params, undoable=False
            )
        scheme.seal(self._connection)

    def _note(self, act: Act, table: str, id_: str, row: Record | None, known: Image | None) -> None:
        before = None if known is None else self._record(table, id_, known, row)
        if before is None and known is not None:
            return
        act.rows.append(RowChange(before=before, after=row))
        if row is None and known is not None and (table, id_) not in self._lost:
            self._lose(table, id_, "not_found", *_said(table, known, self._told))

    def _count(self) -> None:
        for table in (*table_names(), "text"):
            (number,) = self._connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - a name
            self._recovery.rows[table] = number

    def _lose(self, table: str, id_: str, reason: str, name: str = "", article: str = "") -> None:
        self._lost.add((table, id_))
        self._recovery.losses.append(Loss(table, id_, reason, name, article))

    def _id(self, table: str, rowid: int) -> str:
        (id_,) = self._connection.execute(f"select {_key(table)} from {table} where rowid = ?", (rowid,)).fetchone()  # noqa: S608
        return id_.hex() if isinstance(id_, bytes) else str(id_)

    def _names(self, table: str, rowid: int) -> tuple[str, str]:
        """Return what a row is called, and the title of its article."""
        column = _NAMES.get(table)
        name = ""
        if column:
            (name,) = self._connection.execute(f"select {column} from {table} where rowid = ?", (rowid,)).fetchone()  # noqa: S608
        if table not in ("span", "relation", "document_tag"):
            return str(name), ""
        (article_id,) = self._connection.execute(f"select article_id from {table} where rowid = ?", (rowid,)).fetchone()  # noqa: S608
        found = self._connection.execute("select title from article where id = ?", (article_id,)).fetchone()
        known = self._told.get("article", article_id.hex())
        return str(name), str(found[0]) if found else str((known or {}).get("title", ""))


def _said(table: str, known: Image, told: Replayed) -> tuple[str, str]:
    name = str(known.get(_NAMES.get(table, ""), "") or "")
    article = told.get("article", str(known.get("article_id", "")))
    return name, str((article or {}).get("title", ""))


def _key(table: str) -> str:
    return "key" if table == "project" else "id"


#: What a row is called.
_NAMES = {"article": "title", "span": "quote", "actor": "name_ar", "event": "title"}
_MAY_BE_NULL: Mapping[str, tuple[str, ...]] = {"span": ("actor_id", "event_id")}


def _bare_label(id_: LabelId) -> Label:
    name = Name(en=id_, ar=id_)
    return Label(id=id_, layer_id=LayerId("recovered"), name=name, description=NO_NAME, shortcut="", color="#808080")


#: What is made where something points to it: by its id alone it says enough to keep what points there.
_STUBS: Mapping[str, Any] = {
    "annotator": None,
    "layer": (LAYERS, lambda id_: Layer(id=id_, name=Name(en=id_, ar=id_))),
    "label": (LABELS, _bare_label),
    "relation_type": (
        RELATION_TYPES,
        lambda id_: RelationType(id=id_, name=Name(en=id_, ar=id_), sources=(), targets=(), archived=True),
    ),
    "document_label": (DOCUMENT_LABELS, lambda id_: DocumentLabel(id=id_, name=Name(en=id_, ar=id_))),
}


def _table_of_part(part: SchemePart) -> Any:
    return next(
        store for store in (LAYERS, LABELS, ATTRIBUTES, RELATION_TYPES, DOCUMENT_LABELS) if type(part) is store.record
    )
