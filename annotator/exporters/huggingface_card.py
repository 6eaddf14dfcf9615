# SPDX-License-Identifier: MIT
"""The card of a dataset: the front matter by which it is loaded, and what a stranger should know before using it.

Counts what the written files hold, article by article. Always in English, which is what cards are read in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from annotator.exporters.agreement import Agreement
from annotator.exporters.base import ExportOptions, ExportSource, LabelNames, Unit
from annotator.exporters.huggingface_features import Features, quoted, yaml_of
from annotator.exporters.naming import Naming
from annotator.extras import load
from annotator.importers import huggingface
from annotator.importers.huggingface import ACTORS, EVENTS, REGISTRY
from annotator.model import exchange
from annotator.model.names import Name

_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
_LARGEST = "10M<n<100M"
#: SPDX identifiers that Hugging Face knows in lower case, and those that it calls otherwise.
_LICENCES = frozenset(
    {
        *("apache-2.0", "mit", "bsd-3-clause", "gpl-3.0", "lgpl-3.0", "unlicense", "cc0-1.0", "cdla-permissive-2.0"),
        *("cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nd-4.0"),
        *("cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0"),
        *("cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0"),
    }
)
_OTHER_NAMES = {"odbl-1.0": "odbl", "pddl-1.0": "pddl"}
#: In characters: how much of the guideline is quoted.
_EXCERPT = 3_000


@dataclass(slots=True)
class _Counts:
    """What the files hold."""

    rows: Counter[str] = field(default_factory=Counter)
    size: Counter[str] = field(default_factory=Counter)
    tags: dict[str, Counter[str]] = field(default_factory=dict)
    relations: dict[str, Counter[str]] = field(default_factory=dict)
    document_tags: dict[str, Counter[str]] = field(default_factory=dict)
    annotators: Counter[str] = field(default_factory=Counter)
    unsure: int = 0
    agreement: Agreement = field(default_factory=Agreement)


@dataclass(frozen=True, slots=True)
class _Made:
    """What was exported, how, and where to."""

    folder: Path
    source: ExportSource
    options: ExportOptions


def write_card(
    folder: Path, source: ExportSource, options: ExportOptions, features: Features, files: Mapping[str, Path]
) -> None:
    """Write `README.md`.

    Args:
        folder: the dataset.
        source: what was exported.
        options: how.
        features: the columns of the documents.
        files: the data file of each split that has one.
    """
    counts = _counted(files, cut=options.unit is not Unit.ARTICLE)
    made = _Made(folder, source, options)
    lines = [*_front_matter(made, features, files, counts), *_card(made, counts)]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _counted(files: Mapping[str, Path], *, cut: bool) -> _Counts:
    counts = _Counts()
    for split, file in files.items():
        metadata = load("pyarrow.parquet").read_metadata(file)
        counts.size[split] = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
        counts.tags[split], counts.relations[split], counts.document_tags[split] = Counter(), Counter(), Counter()
        documents = huggingface.read_file(file)
        for _, units in groupby(documents, key=lambda one: one.id.rpartition("-")[0] if cut else one.id):
            _count_article(counts, split, list(units))
    return counts


def _count_article(counts: _Counts, split: str, units: list[exchange.Document]) -> None:
    marked = []
    for number, document in enumerate(units):
        counts.rows[split] += 1
        counts.tags[split].update(tag.label for tag in document.tags)
        counts.relations[split].update(one.type for one in document.relations)
        counts.document_tags[split].update(tag.label for tag in document.document_tags)
        counts.annotators.update(tag.annotator for tag in document.tags)
        counts.unsure += sum(tag.unsure for tag in document.tags)
        marked += [(tag.annotator, (number, tag.start, tag.end, tag.label)) for tag in document.tags]
    counts.agreement.add(marked)


# Front matter


def _front_matter(made: _Made, features: Features, files: Mapping[str, Path], counts: _Counts) -> Iterator[str]:
    folder, source, options = made.folder, made.source, made.options
    yield from ("---", "language:", "- ar", *_licence(options.licence))
    yield f"pretty_name: {quoted(source.project_name)}"
    yield from ("task_categories:", "- token-classification", "size_categories:", f"- {_size(counts.rows.total())}")
    configs = [line for name in _registry(folder) for line in _registry_config(name)]
    if files or configs:
        yield "configs:"
        yield from _documents_config(files)
        yield from configs
    if files:
        yield from ("dataset_info:", "- config_name: default", "  features:")
        yield from yaml_of(features, "  ")
        yield "  splits:"
        for split in files:
            yield from (f"  - name: {split}", f"    num_bytes: {counts.size[split]}")
            yield f"    num_examples: {counts.rows[split]}"
        yield f"  download_size: {sum(file.stat().st_size for file in files.values())}"
        yield f"  dataset_size: {counts.size.total()}"
    yield "---"


def _documents_config(files: Mapping[str, Path]) -> Iterator[str]:
    if files:
        yield from ("- config_name: default", "  data_files:")
        for split in files:
            yield from (f"  - split: {split}", f"    path: data/{split}-*")


def _registry(folder: Path) -> list[str]:
    return [name for name in (ACTORS, EVENTS) if (folder / REGISTRY / name).exists()]


def _registry_config(name: str) -> list[str]:
    file = f"{REGISTRY}/{name}"
    return [f"- config_name: {Path(name).stem}", "  data_files:", "  - split: train", f"    path: {file}"]


def _licence(licence: str) -> list[str]:
    known = _OTHER_NAMES.get(licence.lower(), licence.lower())
    if not licence:
        return ["license: unknown"]
    if known in _LICENCES or known in _OTHER_NAMES.values():
        return [f"license: {known}"]
    return ["license: other", f"license_name: {quoted(licence)}"]


def _size(rows: int) -> str:
    return next((name for most, name in _SIZES if rows < most), _LARGEST)


# The card


def _card(made: _Made, counts: _Counts) -> Iterator[str]:
    folder, source, options = made.folder, made.source, made.options
    yield from ("", f"# {_inline(source.project_name)}", "")
    yield from _what_it_is(source, options)
    yield from _loading(counts, folder)
    yield from _columns()
    yield from _numbers(counts)
    yield from _annotation(counts)
    yield from _scheme(source, Naming(source.scheme, options.names))
    yield from _limits(options)
    yield from ("## Licence", "", f"{options.licence or 'No licence was stated. Ask whoever gave you the data.'}", "")


def _what_it_is(source: ExportSource, options: ExportOptions) -> Iterator[str]:
    unit = {Unit.ARTICLE: "article", Unit.PARAGRAPH: "paragraph of an article", Unit.SENTENCE: "sentence of an article"}
    yield (
        f"Arabic news articles in which people tagged spans of text by the scheme "
        f"“{_inline(_both(source.scheme.name))}” with the program Tawsim. One row is one {unit[options.unit]}."
    )
    yield ""
    if options.without_boilerplate:
        yield from ("Text that was marked as boilerplate, such as menus and captions, is left out.", "")


def _loading(counts: _Counts, folder: Path) -> Iterator[str]:
    yield from ("## Loading", "", "```python", "from datasets import load_dataset", "")
    if counts.rows:
        split = next(iter(counts.rows))
        yield f'documents = load_dataset("path/to/this/folder", split="{split}")'
        yield 'labels = documents.features["entities"].feature["label"]'
        yield 'entity = documents[0]["entities"][0]'
        yield 'labels.int2str(entity["label"]), documents[0]["text"][entity["start"]:entity["end"]]'
    for name in _registry(folder):
        stem = Path(name).stem
        yield f'{stem} = load_dataset("path/to/this/folder", "{stem}", split="train")'
    yield from ("```", "")


def _columns() -> Iterator[str]:
    yield from ("## Columns", "")
    yield from _table(("column", "what it holds"), _COLUMNS)
    yield (
        "**Offsets are Unicode code points of `text`, from 0, the end exclusive**: in Python `text[start:end]`. "
        "Nothing in the text was normalised: diacritics, tatweel and direction marks are as they were."
    )
    yield ""


_ENTITIES = (
    "the tags, which may overlap and nest: `id`, `label` (a class), `start`, `end`, `pieces` (of a discontinuous tag "
    "its pieces as `[start, end]`), `text`, `entity_id` (a row of `actors` or `events`), `attributes` (a JSON object), "
    "`unsure`, `note`, `annotator`"
)
_RELATIONS = (
    "`type` (a class), `head` and `tail` as places in the list `entities`; `tail` is -1 where the relation leads to "
    "`entity_id` of the registry, or, without one, to the author of the article"
)
_TOKENS = (
    "for token classification: words and punctuation marks, cut where a tag begins or ends, with IOB2 classes; of tags "
    "that overlap the longest, and none of several pieces"
)
_COLUMNS = (
    ("`doc_id` `title` `outlet` `date` `url` `author` `source`", "what is known of the article; empty where it is not"),
    ("`text`", "the text as it was imported"),
    ("`entities`", _ENTITIES),
    ("`relations`", _RELATIONS),
    ("`document_tags`", "what is said of the whole article: `label` (a class), `attributes`, `unsure`, `note`"),
    ("`tokens` `ner_tags`", _TOKENS),
)


def _numbers(counts: _Counts) -> Iterator[str]:
    splits = list(counts.rows)
    total = ("total",) if len(splits) > 1 else ()
    yield from ("## Numbers", "")
    heads = (("rows", {split: Counter(rows=counts.rows[split]) for split in splits}),)
    kinds = (("tags", counts.tags), ("relations", counts.relations), ("document tags", counts.document_tags))
    for kind, by_split in (*heads, *kinds):
        names = sorted({name for one in by_split.values() for name in one})
        if names:
            rows = (_row(name, [by_split[split][name] for split in splits], len(total)) for name in names)
            yield from _table((kind, *splits, *total), rows)


def _row(name: str, numbers: list[int], totals: int) -> tuple[str, ...]:
    return _inline(name), *(f"{number:,}" for number in (*numbers, *([sum(numbers)] * totals)))


def _annotation(counts: _Counts) -> Iterator[str]:
    yield from ("## Annotation", "")
    yield "Tags were made by hand, or proposed by the program and confirmed by hand, by these annotators:"
    yield ""
    rows = ((_inline(name), f"{counts.annotators[name]:,}") for name in sorted(counts.annotators))
    yield from _table(("annotator", "tags"), rows)
    if counts.unsure:
        yield from (f"{counts.unsure:,} of them are marked as unsure (`unsure`).", "")
    yield from _agreement(counts)


def _agreement(counts: _Counts) -> Iterator[str]:
    pairs = counts.agreement.pairs()
    if not pairs:
        yield from ("No article was tagged by two annotators, so agreement is not known.", "")
        return
    yield (
        "Agreement over the articles in which both have tagged: F1 of exact spans with their labels (Hripcsak and "
        "Rothschild 2005, doi:10.1197/jamia.M1733), and of the spans that both have, how many have the same label."
    )
    yield ""
    rows = (
        (
            f"{_inline(one.first)} – {_inline(one.second)}",
            str(one.articles),
            f"{one.f1:.3f}",
            "" if one.labels is None else f"{one.labels:.3f}",
        )
        for one in pairs
    )
    yield from _table(("annotators", "articles", "F1", "same label"), rows)


def _scheme(source: ExportSource, naming: Naming) -> Iterator[str]:
    scheme = source.scheme
    yield from ("## Scheme", "")
    parts: list[tuple[str, list[tuple[str, Name, Name]]]] = [
        ("label", [(naming.label(one.id), one.name, one.description) for one in scheme.all_labels]),
        ("relation", [(naming.relation(one.id), one.name, one.description) for one in scheme.relation_types]),
        (
            "document label",
            [(naming.document_label(one.id), one.name, one.description) for one in scheme.document_labels],
        ),
        ("attribute", [(one.id, one.name, one.description) for one in scheme.attributes]),
    ]
    for kind, listed in parts:
        if listed:
            rows = (
                (f"`{_inline(key)}`", *map(_inline, (name.en, name.ar, text.en, text.ar))) for key, name, text in listed
            )
            yield from _table((kind, "English", "Arabic", "description", "الوصف"), rows)
    for text in (scheme.guideline.en, scheme.guideline.ar):
        if text:
            yield from ("From the guideline:", "", *_excerpt(text), "")


def _excerpt(text: str) -> Iterator[str]:
    cut = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit("\n", 1)[0] + "\n…"
    return (f"> {line}".rstrip() for line in cut.splitlines())


def _limits(options: ExportOptions) -> Iterator[str]:
    yield from ("## Known losses", "")
    yield "- `ner_tags` cannot say everything that `entities` says; see above."
    yield "- When and how a tag was made is not in the files."
    if options.unit is not Unit.ARTICLE:
        yield "- Relations between two rows, and what is said of whole articles, are left out."
    if options.names is not LabelNames.ID:
        yield "- Labels are called by their names; attributes and their values by their ids."
    if options.anonymise:
        yield "- Annotators are called by numbers."
    yield "- `export_report.json` counts what was left out, with examples, and holds a hash of each article's text."
    yield ""


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _both(name: Name) -> str:
    return " / ".join(one for one in (name.en, name.ar) if one)


def _inline(text: str) -> str:
    """Return a text in one line, in which nothing ends a cell or begins a tag."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
