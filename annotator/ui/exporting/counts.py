# SPDX-License-Identifier: MIT
"""How many articles and tags of each label are in each split, as a table; and what else is to be known of splits."""

from collections.abc import Iterator

from annotator.exporters import ExportReport
from annotator.exporters.splitting import Note
from annotator.i18n import N_, tr, tr_marked
from annotator.model.scheme import Scheme
from annotator.sentences import SPLIT_NOTES
from annotator.ui.dialogs.tables import TextTable
from annotator.ui.wording import label_name

SHARE_NAMES = {"train": N_("Training"), "dev": N_("Development"), "test": N_("Test")}


class CountTable(TextTable):
    """Articles and groups of them, then each label, in a column for each split."""

    def __init__(self, scheme: Scheme, report: ExportReport | None = None) -> None:
        super().__init__(("", *(tr_marked(name) for name in SHARE_NAMES.values()), tr("Together")))
        self._scheme = scheme
        if report is not None:
            self.show_report(report)

    def show_report(self, report: ExportReport | None) -> None:
        """Show the splits of another report, or none."""
        self.beginResetModel()
        self.rows = [] if report is None else list(_rows(report, self._scheme))
        self.endResetModel()


def is_split(report: ExportReport) -> bool:
    """Return whether articles were dealt out."""
    return report.splitting is not None


def split_sentences(report: ExportReport, scheme: Scheme) -> list[str]:
    """Return the proof that no group is in two splits, and the notes."""
    if report.splitting is None:
        return []
    notes = [_note(note, scheme) for note in report.splitting.notes]
    return [proof_sentence(report), *notes]


def proof_sentence(report: ExportReport) -> str:
    """Return what was found when the splits were held against the articles."""
    assert report.splitting is not None  # noqa: S101 - asked of split exports only
    if not report.splitting.proof.keys:
        return tr("Every article is in one part only; none had to stay with another.")
    return tr("No group of articles is in two splits: {n} keys were looked up.", n=report.splitting.proof.keys)


def _rows(report: ExportReport, scheme: Scheme) -> Iterator[tuple[str, ...]]:
    parts = {part.name: part for part in report.parts}
    yield _row(tr("Articles"), [parts[name].articles if name in parts else 0 for name in SHARE_NAMES])
    yield _row(tr("Groups of articles"), [parts[name].groups if name in parts else 0 for name in SHARE_NAMES])
    labels = {label for part in report.parts for label in part.labels}
    for shown in scheme.all_labels:
        if shown.id in labels:
            counts = [parts[name].labels.get(shown.id, 0) if name in parts else 0 for name in SHARE_NAMES]
            yield _row(label_name(shown), counts)


def _row(name: str, counts: list[int]) -> tuple[str, ...]:
    return (name, *map(str, counts), str(sum(counts)))


def _note(note: Note, scheme: Scheme) -> str:
    label = next((label_name(one) for one in scheme.all_labels if one.id == note.label), note.label)
    share = tr_marked(SHARE_NAMES[note.share]) if note.share in SHARE_NAMES else note.share
    return tr_marked(SPLIT_NOTES[note.kind.value], {"share": share, "label": label, "count": note.count})
