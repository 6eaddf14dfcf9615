-- Tawsim project file, schema 1. docs/file-format.md describes each table and column.
-- Ids of rows that people make are UUIDv7, 16 bytes. Positions in text are code points. Times are UTC, ISO 8601.

create table project (
    key text primary key,
    value text not null
) strict, without rowid;

create table annotator (
    id blob primary key check (length(id) = 16),
    name text not null unique check (name <> ''),
    created_at text not null
) strict;

create table layer (
    id text primary key,
    position integer not null,
    name_en text not null,
    name_ar text not null
) strict;

create table label (
    id text primary key,
    layer_id text not null references layer (id),
    position integer not null,
    name_en text not null,
    name_ar text not null,
    description_en text not null,
    description_ar text not null,
    shortcut text not null,
    color text not null
) strict;

-- A text is kept once, under its own hash, and never changes; articles point to it.
create table text (
    sha256 blob primary key check (length(sha256) = 32),
    body text not null
) strict;

create table article (
    id blob primary key check (length(id) = 16),
    position integer not null,
    title text not null,
    state text not null check (state in ('untouched', 'in_progress', 'done')),
    note text not null,
    source text not null,
    text_sha256 blob not null references text (sha256),
    raw_sha256 blob not null check (length(raw_sha256) = 32),
    length integer not null,
    encoding text not null,
    bom integer not null check (bom in (0, 1)),
    newline text not null,
    exact integer not null check (exact in (0, 1)),
    annotator_id blob not null references annotator (id),
    created_at text not null
) strict;

create index article_position on article (position);
create index article_text on article (text_sha256);

create table span (
    id blob primary key check (length(id) = 16),
    article_id blob not null references article (id),
    label_id text not null references label (id),
    start integer not null,
    end integer not null,
    quote text not null check (quote <> ''),
    note text not null,
    origin text not null check (origin in ('manual', 'propagated', 'suggested', 'imported')),
    annotator_id blob not null references annotator (id),
    created_at text not null,
    check (0 <= start and start < end)
) strict;

create index span_article on span (article_id, start);

-- One row for each act. `changes` lists what it changed as [table, id, before, after]; an undo or redo changes what its
-- target did, so it lists nothing. `undo_top` and `redo_top` are the acts that this annotator's next undo or redo
-- would take; `undo_below` and `redo_below` are what those were before: two stacks kept as linked lists.
create table history (
    seq integer primary key,
    at text not null,
    annotator_id blob not null references annotator (id),
    op text not null,
    kind text not null check (kind in ('do', 'undo', 'redo')),
    target integer references history (seq),
    params text not null check (json_valid(params)),
    changes text not null check (json_valid(changes)),
    undo_top integer,
    undo_below integer,
    redo_top integer,
    redo_below integer,
    check ((kind = 'do') = (target is null))
) strict;

create index history_annotator on history (annotator_id, seq);
create index history_target on history (target, seq) where target is not null;

create trigger history_keeps_rows before delete on history
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_keeps_values before update on history
begin
    select raise(abort, 'the history is append-only');
end;

create trigger text_keeps_values before update on text
begin
    select raise(abort, 'a stored text never changes');
end;
