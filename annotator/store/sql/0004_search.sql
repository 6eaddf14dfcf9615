-- Schema 4: which texts are in the search index. The index itself, `search_index`, is made when the first text is put in
-- (annotator/store/search.py): it is derived from the texts, and not every SQLite can have one.

-- A text's number in the index; implicit row ids may change when a file is packed. A number is never given twice.
create table search_text (
    number integer primary key autoincrement,
    text_sha256 blob not null unique references text (sha256)
) strict;
