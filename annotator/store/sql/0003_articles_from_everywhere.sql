-- Schema 3: what is known of an article besides its text, suspected boilerplate, and groups of near duplicates.

alter table article add column outlet text not null default '';
alter table article add column url text not null default '';
alter table article add column author text not null default '';
alter table article add column date text not null default '';
alter table article add column derived text not null default '';
alter table article add column boilerplate text not null default '[]' check (json_valid(boilerplate));
alter table article add column duplicate_group blob check (duplicate_group is null or length(duplicate_group) = 16);

create index article_duplicate_group on article (duplicate_group) where duplicate_group is not null;

-- What a large import changed, in pieces, so that neither doing nor undoing it needs all of it in memory. The act's own
-- row in `history` lists the rest: parts of the scheme, actors and events, which came before these.
create table history_part (
    seq integer not null,
    part integer not null,
    count integer not null,
    changes text not null check (json_valid(changes)),
    primary key (seq, part)
) strict, without rowid;

create trigger history_part_keeps_rows before delete on history_part
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_part_keeps_values before update on history_part
begin
    select raise(abort, 'the history is append-only');
end;
