-- Schema 3: what is known of an article besides its text, suspected boilerplate, and groups of near duplicates.

alter table article add column outlet text not null default '';
alter table article add column url text not null default '';
alter table article add column author text not null default '';
alter table article add column date text not null default '';
alter table article add column derived text not null default '';
alter table article add column boilerplate text not null default '[]' check (json_valid(boilerplate));
alter table article add column duplicate_group blob check (duplicate_group is null or length(duplicate_group) = 16);

create index article_duplicate_group on article (duplicate_group) where duplicate_group is not null;
