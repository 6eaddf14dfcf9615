# SPDX-License-Identifier: MIT
"""The registry: the actors and events that are the same over all articles, whatever each calls them."""

import re
from dataclasses import dataclass, replace

from annotator.errors import UserError
from annotator.model.ids import ActorId, AnnotatorId, EventId
from annotator.text.folding import fold

_COUNTRY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts: a person, an organisation, a state, a group.

    Attributes:
        kind: a value of the scheme's attribute `actor_kind`, or "".
        sector: a value of the scheme's attribute `actor_sector`, or "".
        country: ISO 3166-1 alpha-3, or "".
        external_id: such as a Wikidata Q-number, or "".
        aliases: other names and spellings, as found in texts.
        members: of a group, the actors that belong to it.
        anonymous: not named anywhere, as "a senior official".
    """

    id: ActorId
    name_ar: str
    name_en: str
    annotator_id: AnnotatorId
    created_at: str
    kind: str = ""
    sector: str = ""
    country: str = ""
    external_id: str = ""
    aliases: tuple[str, ...] = ()
    members: tuple[ActorId, ...] = ()
    anonymous: bool = False
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name and alias, the Arabic name first."""
        return tuple(dict.fromkeys(name for name in (self.name_ar, self.name_en, *self.aliases) if name))

    def name_in(self, language: str) -> str:
        """Return the name in `language` ("ar" or "en"), or in the other where it is missing."""
        first, second = (self.name_ar, self.name_en) if language == "ar" else (self.name_en, self.name_ar)
        return first or second


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is to happen, of which articles tell.

    Attributes:
        type: a value of the scheme's attribute `type`, or "".
        date: ISO 8601, as far as it is known, or "".
        participants: the actors who take part.
    """

    id: EventId
    title: str
    annotator_id: AnnotatorId
    created_at: str
    type: str = ""
    date: str = ""
    place: str = ""
    external_id: str = ""
    participants: tuple[ActorId, ...] = ()
    note: str = ""


def name_key(name: str) -> str:
    """Return a name as it is compared: two names with one key are the same name."""
    return " ".join(fold(name).text.split())


def check_actor(actor: Actor) -> None:
    """Refuse an actor that cannot be.

    Raises:
        UserError: `actor_nameless`, `country_unknown` or `actor_own_member`.
    """
    if not name_key(actor.name_ar) and not name_key(actor.name_en):
        raise UserError("actor_nameless")
    if actor.country and not _COUNTRY.fullmatch(actor.country):
        raise UserError("country_unknown", country=actor.country)
    if actor.id in actor.members:
        raise UserError("actor_own_member", actor=actor.name_ar or actor.name_en)


def check_event(event: Event) -> None:
    """Refuse an event that cannot be.

    Raises:
        UserError: `event_untitled`.
    """
    if not name_key(event.title):
        raise UserError("event_untitled")


def tidy_name(name: str) -> str:
    """Return a name with single blanks; "" where it shows nothing, as of controls of direction or tatweel alone."""
    return " ".join(name.split()) if name_key(name) else ""


def tidied(actor: Actor) -> Actor:
    """Return an actor with tidy names, and with no alias or member named twice."""
    own = (tidy_name(actor.name_ar), tidy_name(actor.name_en))
    aliases = dict.fromkeys(map(tidy_name, actor.aliases))
    return replace(
        actor,
        name_ar=own[0],
        name_en=own[1],
        aliases=tuple(alias for alias in aliases if alias and alias not in own),
        members=tuple(dict.fromkeys(actor.members)),
    )
