-- Schema 5: the history takes little room, and every byte of it is covered by a digest.
-- docs/file-format.md describes the tables. `deflated` and `chained` are functions of the program
-- (annotator/store/history_rows.py): zlib of a text, and the digest of a row over that of the row before.

-- Part 0 is what an act's own row would list where that is long; the others are as they were.
create table history_part_5 (
    seq integer not null,
    part integer not null,
    count integer not null,
    changes blob not null,
    primary key (seq, part)
) strict;

insert into history_part_5 (seq, part, count, changes)
select seq, part + 1, count, deflated(changes) from history_part;

insert into history_part_5 (seq, part, count, changes)
select seq, 0, json_array_length(changes), deflated(changes) from history where length(changes) > 4096;

-- `redo_top` and `redo_below` name the undo that a redo would take back, so that it is found without an index.
-- `articles` and `tags` say how many there are after the act; of older acts that is not known, but of the newest one.
create table history_5 (
    seq integer primary key,
    at text not null,
    annotator_id blob not null references annotator (id),
    op text not null,
    kind text not null check (kind in ('do', 'undo', 'redo')),
    target integer,
    params text not null,
    changes text not null,
    undo_top integer,
    undo_below integer,
    redo_top integer,
    redo_below integer,
    articles integer,
    tags integer,
    digest blob not null check (length(digest) = 16),
    check ((kind = 'do') = (target is null))
) strict;

insert into history_5
select seq, at, annotator_id, op, kind, target, params, changes, undo_top, undo_below, redo_top, redo_below,
    articles, tags,
    chained(
        seq, at, lower(hex(annotator_id)), op, kind, target, params, changes, undo_top, undo_below, redo_top, redo_below,
        articles, tags,
        (
            select group_concat(part_digest(seq, part, count, changes), '')
            from (select * from history_part_5 as kept where kept.seq = act.seq order by part)
        )
    )
from (
    select seq, at, annotator_id, op, kind, target, params,
        iif(length(changes) > 4096, '[]', changes) as changes,
        undo_top,
        undo_below,
        (
            select max(undo.seq) from history as undo
            where undo.target = history.redo_top and undo.kind = 'undo' and undo.seq <= history.seq
        ) as redo_top,
        (
            select max(undo.seq) from history as undo
            where undo.target = history.redo_below and undo.kind = 'undo' and undo.seq < history.seq
        ) as redo_below,
        iif(seq = newest, (select count(*) from article), null) as articles,
        iif(seq = newest, (select count(*) from span), null) as tags
    from history, (select max(seq) as newest from history)
    order by seq
) as act;

drop table history_part;
-- Without it SQLite would look through all acts for those that name one of them, for each that goes with the table.
create index history_targets on history (target);
drop table history;
alter table history_5 rename to history;
alter table history_part_5 rename to history_part;

-- Acts that are not new any more, by the hundred: `rows` is zlib of a JSON list of their rows as they were in `history`,
-- `tops` the newest act of each annotator so far, `digest` that of the last row.
create table history_pack (
    last integer primary key,
    first integer not null,
    tops text not null,
    rows blob not null,
    digest blob not null check (length(digest) = 16)
) strict;

create trigger history_keeps_rows before delete on history
when old.seq > coalesce((select max(last) from history_pack), 0)
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_keeps_values before update on history
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_part_keeps_rows before delete on history_part
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_part_keeps_values before update on history_part
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_pack_keeps_rows before delete on history_pack
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_pack_keeps_values before update on history_pack
begin
    select raise(abort, 'the history is append-only');
end;
