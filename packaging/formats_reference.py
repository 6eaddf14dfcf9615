# SPDX-License-Identifier: MIT
"""Write docs/export-formats.md from the registries of formats.

`python packaging/formats_reference.py` writes it; with `--check` it changes nothing and fails where the page is stale.
"""

# ruff: noqa: E501 - rows of tables

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from annotator import i18n
from annotator.exporters import FORMATS, REASON_TEXTS, Format, Layout, OffsetUnit, Reason
from annotator.exporters.losses import LEFT_OUT, subject_of
from annotator.extras import EXTRAS
from annotator.importers.registry import FOREIGN_FORMATS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "export-formats.md"

_VERSION = re.compile(r" \d+\.[\w.+]*")

INTRODUCTION = """\
# Formats

This page is made from the registries of formats by `packaging/formats_reference.py`; `tawsim formats` lists the same.

- All positions are code points of the article's text, half-open, unless a format counts otherwise.
- A file is written beside its place, read back, compared with the project in all that the format declares to carry, and
  only then moved there; if anything differs or fails, an older file stays as it was.
- The same project exported twice gives the same bytes.
- Articles are written and read one by one: memory does not grow with the corpus.
- A format that needs a library which is not installed says how to get it: `pip install "tawsim[all]"` gets all that write
  and read, `pip install "tawsim[verify]"` the independent readers, too. Without these, our own strict reader reads back.
- A relation belongs to the annotator who drew it. If only some labels or annotators are chosen, a relation is left out
  where a tag at one of its ends is not chosen, and counted. The registry is exported whole, whatever is chosen.
"""

CHOICES = """\
## What can be chosen
| choice | what it does |
|---|---|
| `--articles`, `--state`, `--layer`, `--label`, `--by` | only these articles, states, layers, labels, annotators |
| `--clitics` | a tag that begins or ends inside a word (أردوغان in بأردوغان), in formats of tokens: `split` the word there, `expand` the tag to the word, `skip` the tag |
| `--overlap` | of tags that overlap: `keep` all where the format can (else the longest), the `longest`, the `first` |
| `--unit` | what becomes one document: the `article`, each `paragraph`, each `sentence`. Where a tag crosses a border, the two stay one document. Document tags are left out then, and relations from one document to another |
| `--names` | labels, relation types and document labels by `id`, or by their `ar` or `en` names; one whose name is missing, or is another's, keeps its id |
| `--anonymise` | annotators are called `annotator-1` and so on, in an order that tells nothing; paths of source files are left out |
| `--without-boilerplate` | text marked as boilerplate is cut out, and tags that touch it |
| `--licence` | the licence of the data as an SPDX identifier, in formats that state it (Hugging Face) |
| `--split 80/10/10` | train, dev and test; DESTINATION is a folder then. `--split-by` says what never comes to lie in two of them: the document, near duplicates, articles on one event, an outlet. `--seed`, `--by-date`, `--not-stratified` |

A choice that a format does not have is left aside, and the report says what was used. Splits are stratified by label
(iterative stratification over groups, after Sechidis et al. 2011) unless told otherwise. The report lists the label
counts of each split, and the proof, computed anew from the finished assignment, that no group is in two.
"""

REPORT = """\
## `export_report.json`
Beside the exported file, or in the exported folder. `exports` has one entry for each file exported to that folder, the
latest of each: format, version, `settings`, `verified_by`, `articles`, `tags_in` and `tags_out`, `relations_in` and
`relations_out`, `document_tags_in` and `document_tags_out`, `losses`, the `parts` of a split export with their label
counts, the split of each article (`splits`), the `proof`, and the SHA-256 of each article's text. Of a loss it says the
`reason`, what was counted (`of`: `tag`, `relation`, `document_tag`, `actor`, `event`), whether these are not in the file
at all (`left_out`; `tag_lost` for tags), how many they are, and up to five examples. `tags_in` is `tags_out` and all
losses of tags that are left out together, and so with relations and document tags; other losses are in the file with
something changed or missing. If a file of that name is there that is none of ours, it is left alone, and the report is
called after the exported file: `train.conll.export_report.json`.

An older exported folder is replaced by a new one; a folder that holds anything else is refused.
"""

UNITS = {
    OffsetUnit.CODE_POINT: "code points",
    OffsetUnit.UTF16: "UTF-16 units",
    OffsetUnit.TOKEN: "tokens",
}

#: The abilities, and what they are called in the table.
COLUMNS = {
    "overlap": "overlap",
    "pieces": "pieces",
    "attributes": "attributes",
    "certainty": "certainty",
    "notes": "notes",
    "links": "links",
    "registry": "registry",
    "relations": "relations",
    "targets": "to actors, events, author",
    "document_tags": "document tags",
    "ids": "ids",
    "authors": "annotators",
    "exact_text": "exact text",
    "article_fields": "outlet, date …",
}


def page() -> str:
    """Return the page."""
    i18n.use_language("en")
    return "\n".join([INTRODUCTION, *_formats(), *_abilities(), CHOICES, *_reading(), REPORT, *_reasons()])


def _formats() -> Iterator[str]:
    yield from ("| format | makes | what it is for | needs | read back by |", "|---|---|---|---|---|")
    for kind in FORMATS.values():
        makes = f"`{kind.suffix}`" if kind.layout is Layout.FILE else "folder"
        needs = f"`{EXTRAS[kind.extra].requirement}`" if kind.extra else ""
        name = f"[`{kind.id}`](formats/{kind.id}.md)"
        yield f"| {name} | {makes} | {kind.description_key} | {needs} | {_readers(kind)} |"
    yield ""


def _readers(kind: Format) -> str:
    """Return the readers without their versions, which the page would be stale for."""
    return _VERSION.sub("", kind.verifier())


def _abilities() -> Iterator[str]:
    yield from ("## What each carries", f"| format | {' | '.join(COLUMNS.values())} | counts in |")
    yield "|---" * (len(COLUMNS) + 2) + "|"
    for kind in FORMATS.values():
        marks = ("✓" if getattr(kind.abilities, ability) else "–" for ability in COLUMNS)
        yield f"| `{kind.id}` | {' | '.join(marks)} | {UNITS[kind.abilities.offset_unit]} |"
    yield ""


def _reading() -> Iterator[str]:
    yield from (
        "## What annotations are imported from",
        "`tawsim import-annotations` and the window take these; [importing.md](importing.md) says how labels are mapped.",
        "",
        "| format | files | exported, too |",
        "|---|---|---|",
    )
    for kind in FOREIGN_FORMATS.values():
        files = ", ".join(f"`{suffix}`" for suffix in kind.suffixes) or "folder"
        yield f"| `{kind.id}` | {files} | {'✓' if kind.id in FORMATS else '–'} |"
    yield ""


def _reasons() -> Iterator[str]:
    yield from ("| reason | of | left out | meaning |", "|---|---|---|---|")
    for reason in Reason:
        left_out = "✓" if reason in LEFT_OUT else "–"
        yield f"| `{reason}` | {subject_of(reason).replace('_', ' ')} | {left_out} | {REASON_TEXTS[reason]} |"
    yield ""


def main() -> int:
    """Write or check the page; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail where the page is stale")
    text = page()
    if parser.parse_args().check:
        fresh = PAGE.read_text(encoding="utf-8") == text
        print("docs/export-formats.md is", "fresh" if fresh else "stale: run python packaging/formats_reference.py")
        return 0 if fresh else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
