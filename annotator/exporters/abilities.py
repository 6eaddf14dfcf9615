# SPDX-License-Identifier: MIT
"""What an export format can carry, as it declares it, and what is lost because of what it cannot.

Plain data only; knows no format.
"""

from dataclasses import dataclass
from enum import StrEnum

from annotator.exporters.losses import Reason


class OffsetUnit(StrEnum):
    """What a format counts in."""

    CODE_POINT = "code_point"
    UTF16 = "utf16"
    TOKEN = "token"  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a format can carry: nothing but what it names.

    Attributes:
        overlap: tags that overlap or nest.
        pieces: one tag of several pieces.
        attributes: the attributes of tags.
        certainty: which tags are unsure.
        links: which actor or event of the registry a tag is linked to, and `both_links` both, where a tag that got
            another label is linked to one of each.
        relations: the relations of tags to tags, and `targets` those to actors, events and the author, too.
        document_tags: what is said of whole articles.
        registry: the actors and events themselves, with all that is known of them.
        ids: the ids of articles and tags.
        authors: who made a tag, when and how.
        exact_text: every character of the text, blanks and line breaks too.
        article_fields: what is known of an article besides its text.
        clitics: whether `ExportOptions.clitics` changes what is written.
        cuts: whether an article may be exported in units, without its boilerplate, or without tags that overlap.
        names: whether `ExportOptions.names` changes what is written.
        licence: whether `ExportOptions.licence` is written.
        offset_unit: what the file itself counts in; elsewhere positions are code points.
    """

    overlap: bool = False
    pieces: bool = False
    attributes: bool = False
    certainty: bool = False
    links: bool = False
    both_links: bool = False
    relations: bool = False
    targets: bool = False
    document_tags: bool = False
    registry: bool = False
    notes: bool = False
    ids: bool = False
    authors: bool = False
    exact_text: bool = False
    article_fields: bool = False
    clitics: bool = False
    cuts: bool = False
    names: bool = False
    licence: bool = False
    offset_unit: OffsetUnit = OffsetUnit.CODE_POINT


#: All that is tagged, by code points; what is exported of it can be chosen in every way but by words.
EVERYTHING = Abilities(
    overlap=True,
    pieces=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    targets=True,
    document_tags=True,
    registry=True,
    notes=True,
    ids=True,
    authors=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
    names=True,
)

#: What tags, relations and document tags lose where an ability is missing.
_LOSSES_WITHOUT = {
    "overlap": (Reason.OVERLAP,),
    "pieces": (Reason.DISCONTINUOUS,),
    "notes": (Reason.NOTE,),
    "attributes": (Reason.ATTRIBUTES,),
    "links": (Reason.LINK,),
    "certainty": (Reason.CERTAINTY,),
    "relations": (Reason.RELATION,),
    "document_tags": (Reason.DOCUMENT_TAG,),
    "registry": (Reason.ACTOR, Reason.EVENT),
}


def losses_of(abilities: Abilities, *more: Reason) -> tuple[Reason, ...]:
    """Return why anything may be left out or changed in a format of these abilities, and for `more` reasons."""
    has = abilities
    found = {Reason.RELATION_END, *more}
    found.update(*(reasons for ability, reasons in _LOSSES_WITHOUT.items() if not getattr(has, ability)))
    conditions = {
        Reason.INSIDE_TOKEN: has.clitics,
        Reason.EXPANDED: has.clitics,
        Reason.SECOND_LINK: has.links and not has.both_links,
        Reason.RELATION_TARGET: has.relations and not has.targets,
        Reason.DOCUMENT_TAG_DETAILS: has.document_tags and not (has.notes and has.attributes and has.certainty),
        Reason.OVERLAP: has.cuts,
        Reason.OVERLAP_FIRST: has.cuts,
        Reason.BOILERPLATE: has.cuts,
        Reason.RELATION_UNIT: has.cuts,
        Reason.DOCUMENT_TAG_UNIT: has.cuts,
    }
    found.update(reason for reason, holds in conditions.items() if holds)
    return tuple(reason for reason in Reason if reason in found)
