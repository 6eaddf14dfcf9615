# SPDX-License-Identifier: MIT
"""The options of an export on the command line: a table, and what they say turned into `ExportOptions`."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

import click

from annotator.cli.parameters import find_articles, find_label
from annotator.cli.translated import Option
from annotator.errors import UserError
from annotator.exporters import Clitics, ExportOptions, LabelNames, Overlap, Unit
from annotator.exporters.splitting import SplitBy, Splits
from annotator.i18n import N_
from annotator.model.article import ArticleState
from annotator.model.ids import AnnotatorId, LayerId
from annotator.project import Project

F = TypeVar("F", bound=Callable[..., Any])

_SHARES = 3
_WHOLE = 1000


def _choice(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([one.value for one in kind])


#: Name, and what click makes an option of.
_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (
        ("--articles",),
        {
            "multiple": True,
            "metavar": "LIST",
            "help": N_("Only these articles: numbers, ranges such as 2-5, or ids, with commas between them."),
        },
    ),
    (
        ("--state", "states"),
        {
            "multiple": True,
            "type": _choice(ArticleState),
            "help": N_("Only articles in this state; may be given several times."),
        },
    ),
    (
        ("--layer", "layers"),
        {
            "multiple": True,
            "metavar": "LAYER",
            "help": N_("Only tags of the labels of this layer; may be given several times."),
        },
    ),
    (
        ("--label", "labels"),
        {"multiple": True, "metavar": "LABEL", "help": N_("Only tags of this label; may be given several times.")},
    ),
    (
        ("--by", "annotators"),
        {
            "multiple": True,
            "metavar": "NAME",
            "help": N_("Only what this annotator tagged; may be given several times."),
        },
    ),
    (
        ("--clitics",),
        {
            "type": _choice(Clitics),
            "default": Clitics.SPLIT.value,
            "show_default": True,
            "help": N_(
                "Where a tag begins or ends inside a word: split the word there, expand the tag to the word, or skip "
                "the tag."
            ),
        },
    ),
    (
        ("--overlap",),
        {
            "type": _choice(Overlap),
            "default": Overlap.KEEP.value,
            "show_default": True,
            "help": N_("Of tags that overlap: keep all where the format can, or the longest, or the first."),
        },
    ),
    (
        ("--unit",),
        {
            "type": _choice(Unit),
            "default": Unit.ARTICLE.value,
            "show_default": True,
            "help": N_("What becomes one document of the file."),
        },
    ),
    (
        ("--names",),
        {
            "type": _choice(LabelNames),
            "default": LabelNames.ID.value,
            "show_default": True,
            "help": N_("What labels are called: by id, or by their Arabic or English names."),
        },
    ),
    (("--anonymise",), {"is_flag": True, "help": N_("Call annotators annotator-1, annotator-2 and so on.")}),
    (
        ("--without-boilerplate",),
        {"is_flag": True, "help": N_("Leave out text that is marked as boilerplate, and tags in it.")},
    ),
    (
        ("--licence",),
        {
            "metavar": "SPDX",
            "default": "",
            "help": N_("The licence of the data, such as CC-BY-4.0, for the formats that state it (Hugging Face)."),
        },
    ),
    (
        ("--split",),
        {
            "metavar": "TRAIN/DEV/TEST",
            "help": N_("Deal articles out, in percent, such as 80/10/10; DESTINATION is a folder then."),
        },
    ),
    (
        ("--split-by",),
        {
            "multiple": True,
            "type": _choice(SplitBy),
            "help": N_(
                "What never comes to lie in two splits; may be given several times. Near duplicates by default."
            ),
        },
    ),
    (("--seed",), {"type": int, "default": 1, "show_default": True, "help": N_("Another one deals otherwise.")}),
    (("--by-date",), {"is_flag": True, "help": N_("The oldest articles for training, the newest for testing.")}),
    (
        ("--not-stratified",),
        {"is_flag": True, "help": N_("Deal without regard to how often each label comes in each split.")},
    ),
)


def export_options(function: F) -> F:
    """Add the options of an export to a command."""
    for names, more in reversed(_OPTIONS):
        function = click.option(*names, cls=Option, **more)(function)
    return function


def read_options(project: Project, given: dict[str, Any]) -> ExportOptions:
    """Return what the options say.

    Raises:
        UserError: `article_unknown`, `article_ambiguous`, `label_unknown`, `layer_unknown`, `annotator_unknown` or
            `split_unclear`.
    """
    return ExportOptions(
        articles=frozenset(find_articles(project, given["articles"])) if given["articles"] else None,
        states=frozenset(map(ArticleState, given["states"])) or None,
        layers=frozenset(_layer(project, name) for name in given["layers"]) or None,
        labels=frozenset(find_label(project, label) for label in given["labels"]) or None,
        annotators=frozenset(_annotator(project, name) for name in given["annotators"]) or None,
        clitics=Clitics(given["clitics"]),
        overlap=Overlap(given["overlap"]),
        unit=Unit(given["unit"]),
        names=LabelNames(given["names"]),
        anonymise=given["anonymise"],
        without_boilerplate=given["without_boilerplate"],
        splits=_splits(given),
        licence=given["licence"],
    )


def _splits(given: dict[str, Any]) -> Splits | None:
    if not given["split"]:
        return None
    by: Iterable[SplitBy] = map(SplitBy, given["split_by"]) if given["split_by"] else Splits().by
    return Splits(
        by=tuple(by),
        shares=_shares(given["split"]),
        seed=given["seed"],
        stratified=not given["not_stratified"],
        by_date=given["by_date"],
    )


def _shares(text: str) -> tuple[int, int, int]:
    """Return percents as thousandths."""
    try:
        shares = [round(float(part) * 10) for part in text.replace(":", "/").split("/")]
    except (ValueError, OverflowError) as error:
        raise UserError("split_unclear", split=text) from error
    if len(shares) != _SHARES or sum(shares) != _WHOLE or min(shares) < 0:
        raise UserError("split_unclear", split=text)
    return shares[0], shares[1], shares[2]


def _layer(project: Project, reference: str) -> LayerId:
    for layer in project.scheme.layers:
        if reference.casefold() in {layer.id.casefold(), layer.name.en.casefold(), layer.name.ar}:
            return layer.id
    raise UserError("layer_unknown", layer=reference, known=", ".join(layer.id for layer in project.scheme.layers))


def _annotator(project: Project, name: str) -> AnnotatorId:
    known = {one.name: one.id for one in project.annotators()}
    if name not in known:
        raise UserError("annotator_unknown", annotator=name, known=", ".join(known))
    return known[name]
