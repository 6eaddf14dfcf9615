# SPDX-License-Identifier: MIT
"""The pages of a report: what stands at its head, its styles, and each article with its tables, in both languages.

Owns the looks and the words. The file needs no other, runs no script and fetches nothing. What carries a `data-`
attribute is read back by `html_reading`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.exporters.base import ExportSource
from annotator.exporters.carrying import Carried, attribute_text
from annotator.exporters.html_text import Drawn, attribute, escaped, lanes, paragraphs
from annotator.exporters.sheets import written
from annotator.model import exchange
from annotator.model.article import ArticleState
from annotator.model.attributes import AttributeValue
from annotator.model.ids import ActorId
from annotator.model.names import Name
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle

_LINES = ("solid", "double", "dashed", "dotted", "wavy")
#: In em: how far below the letters the first line lies, each further one below it, and what a line of text needs.
_FIRST_LINE, _NEXT_LINE, _LINE_HEIGHT = 0.32, 0.26, 2.0
#: Lines of further tags lie upon that of the last; nobody could tell them apart.
_MOST_LANES = 12
_PLAIN_COLOR = "#555555"
_COLOR = re.compile("#[0-9a-fA-F]{6}")

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLES = """\
:root { color-scheme: light; }
body { font: 12pt/1.6 "Noto Naskh Arabic", Vazirmatn, Amiri, "Geeza Pro", "Traditional Arabic", serif;
  margin: 2em auto; max-width: 52em; padding: 0 1em; color: #111; background: #fff; }
h1, h2, h3 { line-height: 1.4; break-after: avoid; }
h3 { font-size: 1em; margin: 1.4em 0 .3em; }
article { break-before: page; border-top: 1px solid #999; margin-top: 2em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1em; margin: .5em 0; }
dt, th, .side { color: #555; font-weight: normal; font-size: .85em; }
dd { margin: 0; overflow-wrap: anywhere; }
.text { font-size: 1.2em; margin: 1em 0; }
.text p { margin: 0; min-height: 1em; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; }
table { border-collapse: collapse; width: 100%; font-size: .85em; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #ccc; padding: .15em .4em; text-align: start; vertical-align: top; }
td bdi { white-space: pre-wrap; overflow-wrap: anywhere; }
i { font-style: normal; color: #999; }
span, .key { text-decoration-line: underline; text-decoration-thickness: .1em; text-decoration-skip-ink: none;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.key { text-underline-offset: .32em; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""

_STATES: Mapping[ArticleState, Name] = {
    ArticleState.UNTOUCHED: Name("untouched", "لم يُبدأ"),
    ArticleState.IN_PROGRESS: Name("in progress", "قيد العمل"),
    ArticleState.DONE: Name("done", "مكتمل"),
}
_FIELDS: Mapping[str, Name] = {
    "outlet": Name("Outlet", "جهة النشر"),
    "date": Name("Date", "التاريخ"),
    "author": Name("Author", "الكاتب"),
    "url": Name("Address", "العنوان"),
    "source": Name("Source", "المصدر"),
}
_STATE = Name("State", "الحالة")
_LEGEND, _TOTAL = Name("Labels", "التصنيفات"), Name("In this report", "في هذا التقرير")
_TAGS, _RELATIONS = Name("Tags", "الوسوم"), Name("Relations", "العلاقات")
_DOCUMENT_TAGS, _ACTORS = Name("Tags of the article", "وسوم المقال"), Name("Actors and events", "الفاعلون والأحداث")
_LABEL, _WORDS, _PLACE = Name("Label", "التصنيف"), Name("Words", "الكلمات"), Name("Place", "الموضع")
_ATTRIBUTES, _LINK = Name("Attributes", "السمات"), Name("Linked to", "مرتبط بـ")
_NOTE, _ANNOTATOR = Name("Note", "الملاحظة"), Name("Annotator", "الموسِّم")
_FROM, _TYPE, _TO = Name("From", "من"), Name("Relation", "العلاقة"), Name("To", "إلى")
_NAME, _OTHER_NAME, _KIND = Name("Name", "الاسم"), Name("In English", "بالإنجليزية"), Name("Kind", "النوع")
_COUNTRY, _MENTIONS = Name("Country", "البلد"), Name("Tags", "الوسوم")
_AUTHOR_END = Name("the author or outlet", "الكاتب أو جهة النشر")
_UNSURE = Name("unsure", "غير أكيد")
_YES, _NO = Name("yes", "نعم"), Name("no", "لا")


class Pages:
    """Makes the pages of one report."""

    def __init__(self, source: ExportSource) -> None:
        self._source = source
        scheme = source.scheme
        self._labels: dict[str, Name] = {one.id: one.name for one in scheme.all_labels}
        self._labels.update((one.id, one.name) for one in scheme.document_labels)
        self._types: dict[str, Name] = {one.id: one.name for one in scheme.relation_types}
        self._styles = {str(one.id): f"t l{number}" for number, one in enumerate(scheme.all_labels)}
        self._attributes = {str(one.id): one for one in scheme.attributes}
        self._names: dict[str, str] = {key: one.name_in("ar") for key, one in source.actors.items()}
        self._names.update((key, one.title) for key, one in source.events.items())
        self._counts: Counter[str] = Counter()
        self._documents = 0

    def head(self) -> Iterator[str]:
        """Yield what comes before the first article."""
        name = escaped(self._source.project_name)
        yield '<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        yield f"<title>{name}</title>\n<style>\n{_STYLES}{''.join(self._label_styles())}</style>\n</head>\n<body>\n"
        yield f'<h1 dir="auto">{name}</h1>\n<p>{_both(self._source.scheme.name)}</p>\n<h3>{_both(_LEGEND)}</h3>\n<ul>\n'
        for label in self._source.scheme.all_labels:
            yield f'<li><u class="key {self._styles[label.id]}">{_both(label.name)}</u></li>\n'
        yield "</ul>\n"

    def article(self, tagged: TaggedArticle, carried: Carried) -> Iterator[str]:
        """Yield one article with its tables."""
        document = carried.document
        spans: dict[str, Span] = {one.span.id: one.span for one in carried.placed}
        drawn = [self._drawn(number, tag, spans[tag.id]) for number, tag in enumerate(document.tags, start=1)]
        lane_of = {number: min(lane, _MOST_LANES - 1) for number, lane in lanes(drawn).items()}
        height = _LINE_HEIGHT + _NEXT_LINE * max(lane_of.values(), default=0)
        yield f'<article data-id="{attribute(document.id)}">\n'
        yield f'<h2 dir="auto" data-f="title">{escaped(document.title)}</h2>\n'
        yield from self._particulars(tagged, document)
        yield f'<div class="text" style="line-height: {height:.2f}">\n'
        yield from paragraphs(document.text, drawn, lane_of)
        yield "</div>\n"
        words = {key: span.words for key, span in spans.items()}
        yield from self._tables(document, drawn, words)
        yield "</article>\n"
        self._documents += 1
        self._counts.update(tag.label for tag in document.tags)

    def tail(self) -> Iterator[str]:
        """Yield what comes after the last article: how much there was."""
        yield f"<h3>{_both(_TOTAL)}</h3>\n"
        rows = ((self._label(key), str(self._counts[key])) for key in sorted(self._counts))
        yield from _table((_LABEL, _TAGS), (_row("", *map(_cell, row)) for row in rows))
        yield "</body>\n</html>\n"

    def _label_styles(self) -> Iterator[str]:
        layers = {layer.id: number for number, layer in enumerate(self._source.scheme.layers)}
        for number, label in enumerate(self._source.scheme.all_labels):
            line = _LINES[layers.get(label.layer_id, 0) % len(_LINES)]
            color = label.color if _COLOR.fullmatch(label.color) else _PLAIN_COLOR
            looks = f"text-decoration-color: {color}; text-decoration-style: {line}; background: {color}1c;"
            yield f".l{number} {{ {looks} }}\n"
        for lane in range(_MOST_LANES):
            yield f".n{lane} {{ text-underline-offset: {_FIRST_LINE + lane * _NEXT_LINE:.2f}em; }}\n"

    def _drawn(self, number: int, tag: exchange.Tag, span: Span) -> Drawn:
        style = self._styles.get(tag.label, "t")
        return Drawn(number, span.parts, style, f"{number}. {_plain(self._labels.get(tag.label, Name(tag.label)))}")

    def _particulars(self, tagged: TaggedArticle, document: exchange.Document) -> Iterator[str]:
        yield "<dl>\n"
        for field, name in _FIELDS.items():
            if value := getattr(document, field):
                yield f'<dt>{_both(name)}</dt><dd><bdi data-f="{field}">{escaped(value)}</bdi></dd>\n'
        state = tagged.article.state.with_tags(len(tagged.spans))
        yield f"<dt>{_both(_STATE)}</dt><dd>{_both(_STATES[state])}</dd>\n</dl>\n"

    def _tables(self, document: exchange.Document, drawn: Sequence[Drawn], words: Mapping[str, str]) -> Iterator[str]:
        if document.tags:
            yield f"<h3>{_both(_TAGS)}</h3>\n"
            heads = (Name(ar="#"), _LABEL, _WORDS, _PLACE, _ATTRIBUTES, _LINK, _NOTE, _ANNOTATOR)
            rows = (self._tag(tag, one, words[tag.id]) for tag, one in zip(document.tags, drawn, strict=True))
            yield from _table(heads, rows)
        if document.relations:
            yield f"<h3>{_both(_RELATIONS)}</h3>\n"
            rows = (self._relation(one, words) for one in document.relations)
            yield from _table((_FROM, _TYPE, _TO, _ANNOTATOR), rows)
        if document.document_tags:
            yield f"<h3>{_both(_DOCUMENT_TAGS)}</h3>\n"
            yield from _table((_LABEL, _ATTRIBUTES, _NOTE, _ANNOTATOR), map(self._document_tag, document.document_tags))
        linked = Counter(tag.entity for tag in document.tags if tag.entity)
        linked.update(one.entity for one in document.relations if one.entity)
        if linked:
            yield f"<h3>{_both(_ACTORS)}</h3>\n"
            columns = (_NAME, _OTHER_NAME, _KIND, _COUNTRY, _MENTIONS)
            yield from _table(columns, (self._entity(key, linked[key]) for key in sorted(linked)))

    def _tag(self, tag: exchange.Tag, drawn: Drawn, words: str) -> str:
        parts = written(drawn.parts)
        data = {"kind": "tag", "n": str(drawn.number), "label": tag.label, "parts": parts, "entity": tag.entity}
        return _row(
            _data({**data, **_said(tag)}),
            _cell(str(drawn.number)),
            f'<td><u class="key {drawn.style}">{self._label(tag.label)}</u>{_unsure(tag)}</td>',
            _field("words", words),
            _cell(f'<bdi dir="ltr">{tag.start}–{tag.end}</bdi>'),
            _cell(self._values(tag.attributes)),
            _cell(f"<bdi>{escaped(self._names.get(tag.entity, ''))}</bdi>"),
            _field("note", tag.note),
            _field("annotator", tag.annotator),
        )

    def _relation(self, one: exchange.Relation, words: Mapping[str, str]) -> str:
        target = words.get(one.target, "") or self._names.get(one.entity, "")
        data = {"kind": "relation", "id": one.id, "type": one.type, "source": one.source, "target": one.target}
        return _row(
            _data({**data, "entity": one.entity}),
            _cell(f"<bdi>{escaped(words[one.source])}</bdi>"),
            _cell(_both(self._types.get(one.type, Name(one.type)))),
            _cell(f"<bdi>{escaped(target)}</bdi>" if target else _both(_AUTHOR_END)),
            _field("annotator", one.annotator),
        )

    def _document_tag(self, tag: exchange.DocumentTag) -> str:
        return _row(
            _data({"kind": "document_tag", "label": tag.label, **_said(tag)}),
            f"<td>{self._label(tag.label)}{_unsure(tag)}</td>",
            _cell(self._values(tag.attributes)),
            _field("note", tag.note),
            _field("annotator", tag.annotator),
        )

    def _entity(self, key: str, mentions: int) -> str:
        actor = self._source.actors.get(ActorId(key))
        kind = self._value("actor_kind", actor.kind) if actor and actor.kind else ""
        said = (self._names.get(key, ""), actor.name_en if actor else "", kind, actor.country if actor else "")
        return _row("", *(_cell(f"<bdi>{escaped(one)}</bdi>") for one in said), _cell(str(mentions)))

    def _label(self, label: str) -> str:
        return _both(self._labels.get(label, Name(label)))

    def _values(self, values: Mapping[str, AttributeValue]) -> str:
        found = []
        for key, value in sorted(values.items()):
            known = self._attributes.get(key)
            name = _both(known.name) if known else escaped(key)
            found.append(f'<b class="side">{name}</b> <bdi>{escaped(self._value(key, value))}</bdi>')
        return "<br>".join(found)

    def _value(self, key: str, value: AttributeValue) -> str:
        if isinstance(value, bool):
            return _plain(_YES if value else _NO)
        known = self._attributes.get(key)
        offered = {one.id: _plain(one.name) for one in known.values} if known else {}
        several = value if isinstance(value, tuple) else (value,)
        return "، ".join(offered.get(one, one) if isinstance(one, str) else attribute_text(one) for one in several)


def _said(tag: exchange.Tag | exchange.DocumentTag) -> dict[str, str]:
    return {"id": tag.id, "certainty": "unsure" if tag.unsure else "", "attributes": written(tag.attributes)}


def _data(values: Mapping[str, str]) -> str:
    return "".join(f' data-{name}="{attribute(value)}"' for name, value in values.items())


def _unsure(tag: exchange.Tag | exchange.DocumentTag) -> str:
    return f'<br><b class="side">{_both(_UNSURE)}</b>' if tag.unsure else ""


def _field(name: str, value: str) -> str:
    return _cell(f'<bdi data-f="{name}">{escaped(value)}</bdi>')


def _cell(content: str) -> str:
    return f"<td>{content}</td>"


def _row(data: str, *cells: str) -> str:
    return f"<tr{data}>{''.join(cells)}</tr>\n"


def _table(heads: Iterable[Name], rows: Iterable[str]) -> Iterator[str]:
    yield f"<table>\n<thead><tr>{''.join(f'<th>{_both(head)}</th>' for head in heads)}</tr></thead>\n<tbody>\n"
    yield from rows
    yield "</tbody>\n</table>\n"


def _both(name: Name) -> str:
    """Return a name in both languages, each set off from the other."""
    parts = (
        f'<bdi lang="{language}">{escaped(one)}</bdi>' for language, one in (("ar", name.ar), ("en", name.en)) if one
    )
    return " · ".join(parts)


def _plain(name: Name) -> str:
    return " · ".join(one for one in (name.ar, name.en) if one)
