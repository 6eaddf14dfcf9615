-- Schema 2: attributes, relations, document tags, discontinuous tags, and the registry of actors and events.
-- docs/file-format.md describes each table and column.

-- Of a layer or label the keys stay columns; what it says is JSON from now on, as of every part of a scheme.
alter table layer add column body text not null default '{}' check (json_valid(body));
update layer set body = json_object('name', json_object('en', name_en, 'ar', name_ar));
alter table layer drop column name_en;
alter table layer drop column name_ar;

alter table label add column body text not null default '{}' check (json_valid(body));
update label
set body = json_object(
    'name', json_object('en', name_en, 'ar', name_ar),
    'description', json_object('en', description_en, 'ar', description_ar),
    'shortcut', shortcut,
    'color', color
);
alter table label drop column name_en;
alter table label drop column name_ar;
alter table label drop column description_en;
alter table label drop column description_ar;
alter table label drop column shortcut;
alter table label drop column color;

-- The labels that came with the program may be linked to actors and events, as in its scheme of today.
update label set body = json_set(body, '$.links', 'actor') where id = 'ACTOR';
update label set body = json_set(body, '$.links', 'event') where id = 'EVENT';

-- A file that is being made gets them with its scheme.
insert into project (key, value)
select column1, column2
from (values ('scheme_guideline_en', ''), ('scheme_guideline_ar', ''), ('scheme_version', '0'))
where exists (select 1 from project);

create table attribute (
    id text primary key,
    position integer not null,
    body text not null check (json_valid(body))
) strict;

create table relation_type (
    id text primary key,
    position integer not null,
    body text not null check (json_valid(body))
) strict;

create table document_label (
    id text primary key,
    position integer not null,
    body text not null check (json_valid(body))
) strict;

create table actor (
    id blob primary key check (length(id) = 16),
    name_ar text not null,
    name_en text not null,
    kind text not null,
    sector text not null,
    country text not null,
    external_id text not null,
    aliases text not null check (json_valid(aliases)),
    members text not null check (json_valid(members)),
    anonymous integer not null check (anonymous in (0, 1)),
    note text not null,
    annotator_id blob not null references annotator (id),
    created_at text not null,
    check (name_ar <> '' or name_en <> '')
) strict;

create table event (
    id blob primary key check (length(id) = 16),
    title text not null check (title <> ''),
    type text not null,
    date text not null,
    place text not null,
    external_id text not null,
    participants text not null check (json_valid(participants)),
    note text not null,
    annotator_id blob not null references annotator (id),
    created_at text not null
) strict;

alter table span add column certainty text not null default 'sure' check (certainty in ('sure', 'unsure'));
alter table span add column pieces text not null default '[]' check (json_valid(pieces));
alter table span add column attributes text not null default '{}' check (json_valid(attributes));
alter table span add column actor_id blob references actor (id);
alter table span add column event_id blob references event (id);

create index span_actor on span (actor_id) where actor_id is not null;
create index span_event on span (event_id) where event_id is not null;
create index span_label on span (label_id);

-- From a tag to another tag, to an actor, to an event; where all three are null, to the article's author or outlet.
create table relation (
    id blob primary key check (length(id) = 16),
    article_id blob not null references article (id),
    type_id text not null references relation_type (id),
    source_id blob not null references span (id),
    target_span_id blob references span (id),
    target_actor_id blob references actor (id),
    target_event_id blob references event (id),
    origin text not null check (origin in ('manual', 'propagated', 'suggested', 'imported')),
    annotator_id blob not null references annotator (id),
    created_at text not null,
    check ((target_span_id is not null) + (target_actor_id is not null) + (target_event_id is not null) <= 1)
) strict;

create index relation_article on relation (article_id);
create index relation_source on relation (source_id);
create index relation_target on relation (target_span_id) where target_span_id is not null;
create index relation_actor on relation (target_actor_id) where target_actor_id is not null;
create index relation_event on relation (target_event_id) where target_event_id is not null;

create table document_tag (
    id blob primary key check (length(id) = 16),
    article_id blob not null references article (id),
    label_id text not null references document_label (id),
    note text not null,
    origin text not null check (origin in ('manual', 'propagated', 'suggested', 'imported')),
    annotator_id blob not null references annotator (id),
    created_at text not null,
    certainty text not null check (certainty in ('sure', 'unsure')),
    attributes text not null check (json_valid(attributes))
) strict;

create index document_tag_article on document_tag (article_id);
