# SPDX-License-Identifier: MIT
"""Queries of the project's scheme, annotators and own particulars."""

import sqlite3

from annotator.model.annotator import Annotator
from annotator.model.ids import AnnotatorId, LabelId, LayerId
from annotator.model.scheme import Label, Layer, Name, Scheme


def put_particulars(connection: sqlite3.Connection, particulars: dict[str, str]) -> None:
    """Write the project's particulars, such as its id."""
    connection.executemany("insert or replace into project (key, value) values (?, ?)", particulars.items())


def particulars(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the project's particulars."""
    return dict(connection.execute("select key, value from project"))


def put_scheme(connection: sqlite3.Connection, scheme: Scheme) -> None:
    """Write the scheme of a new project."""
    put_particulars(
        connection,
        {"scheme_id": scheme.id, "scheme_name_en": scheme.name.en, "scheme_name_ar": scheme.name.ar},
    )
    for position, layer in enumerate(scheme.layers):
        connection.execute(
            "insert into layer (id, position, name_en, name_ar) values (?, ?, ?, ?)",
            (layer.id, position, layer.name.en, layer.name.ar),
        )
        connection.executemany(
            """
            insert into label (
                id, layer_id, position, name_en, name_ar, description_en, description_ar, shortcut, color
            )
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                (
                    label.id,
                    layer.id,
                    place,
                    label.name.en,
                    label.name.ar,
                    label.description.en,
                    label.description.ar,
                    label.shortcut,
                    label.color,
                )
                for place, label in enumerate(layer.labels)
            ),
        )


def scheme(connection: sqlite3.Connection) -> Scheme:
    """Return the project's scheme."""
    known = particulars(connection)
    layers = connection.execute("select id, name_en, name_ar from layer order by position").fetchall()
    return Scheme(
        id=known["scheme_id"],
        name=Name(en=known["scheme_name_en"], ar=known["scheme_name_ar"]),
        layers=tuple(
            Layer(id=LayerId(id_), name=Name(en=en, ar=ar), labels=_labels(connection, LayerId(id_)))
            for id_, en, ar in layers
        ),
    )


def _labels(connection: sqlite3.Connection, layer_id: LayerId) -> tuple[Label, ...]:
    rows = connection.execute(
        """
        select id, name_en, name_ar, description_en, description_ar, shortcut, color
        from label
        where layer_id = ?
        order by position
        """,
        (layer_id,),
    )
    return tuple(
        Label(
            id=LabelId(id_),
            layer_id=layer_id,
            name=Name(en=name_en, ar=name_ar),
            description=Name(en=description_en, ar=description_ar),
            shortcut=shortcut,
            color=color,
        )
        for id_, name_en, name_ar, description_en, description_ar, shortcut, color in rows
    )


def put_annotator(connection: sqlite3.Connection, annotator: Annotator, created_at: str) -> None:
    """Add an annotator who is not there yet."""
    connection.execute(
        "insert or ignore into annotator (id, name, created_at) values (?, ?, ?)",
        (bytes.fromhex(annotator.id), annotator.name, created_at),
    )


def annotators(connection: sqlite3.Connection) -> list[Annotator]:
    """Return all annotators, the first to come first."""
    rows = connection.execute("select id, name from annotator order by id")
    return [Annotator(id=AnnotatorId(id_.hex()), name=name) for id_, name in rows]
