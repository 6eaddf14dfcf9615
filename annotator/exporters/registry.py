# SPDX-License-Identifier: MIT
"""The export formats, declared as data: dialog, command line help and docs are made from this table.

A new format is a module with `write`, `read_back` and `verifier`, and an entry here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from annotator.errors import UserError
from annotator.exporters import conll, jsonl, spacy_docbin
from annotator.exporters.base import Abilities, Format, OffsetUnit
from annotator.exporters.losses import Reason
from annotator.i18n import N_

_FORMATS = (
    Format(
        id="jsonl",
        name_key=N_("Tawsim JSONL"),
        description_key=N_("Everything in the project, one article a line; nothing is lost."),
        suffix=".jsonl",
        abilities=Abilities(
            overlap=True,
            pieces=True,
            attributes=True,
            certainty=True,
            links=True,
            relations=True,
            document_tags=True,
            registry=True,
            notes=True,
            ids=True,
            authors=True,
            exact_text=True,
            article_fields=True,
            clitics=False,
            offset_unit=OffsetUnit.CODE_POINT,
        ),
        losses=(Reason.RELATION_END,),
        extra=None,
        write=jsonl.write,
        read_back=jsonl.read_back,
        verifier=jsonl.verifier,
    ),
    Format(
        id="spacy",
        name_key=N_("spaCy (.spacy)"),
        description_key=N_("Training data for spaCy: tags in doc.spans, those that do not overlap in doc.ents."),
        suffix=".spacy",
        abilities=Abilities(
            overlap=True,
            pieces=False,
            attributes=True,
            certainty=True,
            links=True,
            relations=True,
            document_tags=True,
            registry=False,
            notes=True,
            ids=True,
            authors=False,
            exact_text=True,
            article_fields=True,
            clitics=True,
            offset_unit=OffsetUnit.TOKEN,
        ),
        losses=(
            Reason.INSIDE_TOKEN,
            Reason.DISCONTINUOUS,
            Reason.NOT_IN_ENTS_OVERLAP,
            Reason.NOT_IN_ENTS_BLANK,
            Reason.EXPANDED,
            Reason.RELATION_END,
            Reason.NOT_IN_REL,
            Reason.ACTOR,
            Reason.EVENT,
        ),
        extra="spacy",
        write=spacy_docbin.write,
        read_back=spacy_docbin.read_back,
        verifier=spacy_docbin.verifier,
    ),
    Format(
        id="conll",
        name_key=N_("CoNLL IOB2"),
        description_key=N_("One word a line with its label, as most taggers read it; overlapping tags are left out."),
        suffix=".conll",
        abilities=Abilities(
            overlap=False,
            pieces=False,
            attributes=False,
            certainty=False,
            links=False,
            relations=False,
            document_tags=False,
            registry=False,
            notes=False,
            ids=False,
            authors=False,
            exact_text=False,
            article_fields=False,
            clitics=True,
            offset_unit=OffsetUnit.TOKEN,
        ),
        losses=(
            Reason.OVERLAP,
            Reason.INSIDE_TOKEN,
            Reason.BLANK_TOKEN,
            Reason.DISCONTINUOUS,
            Reason.EXPANDED,
            Reason.TRIMMED,
            Reason.SENTENCE_BREAK,
            Reason.NOTE,
            Reason.ATTRIBUTES,
            Reason.LINK,
            Reason.CERTAINTY,
            Reason.RELATION,
            Reason.RELATION_END,
            Reason.DOCUMENT_TAG,
            Reason.ACTOR,
            Reason.EVENT,
        ),
        extra=None,
        write=conll.write,
        read_back=conll.read_back,
        verifier=conll.verifier,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({kind.id: kind for kind in _FORMATS})


def find_format(format_id: str) -> Format:
    """Return a format by its id.

    Raises:
        UserError: `format_unknown`.
    """
    if format_id not in FORMATS:
        raise UserError("format_unknown", format=format_id, known=", ".join(FORMATS))
    return FORMATS[format_id]
