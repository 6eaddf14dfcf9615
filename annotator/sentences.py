# SPDX-License-Identifier: MIT
"""What errors, problems, acts and states are called: the tables of sentences, in English, marked for translation.

`annotator.i18n` speaks them. Acts and states are keyed by their string value, so that this knows no model.
"""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext users know
    """Mark a sentence in a table for translation."""
    return message


def NP_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as N_
    """Mark a sentence with a plural in a table for translation; its number is the parameter `count`."""
    return singular, plural


#: What is wrong with a file in particular, where that is a word of ours; what libraries say is shown as they say it.
DETAILS: dict[str, str] = {
    "DOCTYPE": N_("it has a DOCTYPE, which can pull in other files"),
    "compression": N_("it is packed in a way that is not known"),
    "encrypted": N_("it is locked by a password"),
    "path": N_("it holds a file that would land outside its own folder"),
    "too large": N_("it unpacks to more than is safe"),
    "Expecting value": N_("a value is missing"),
}
ERROR_MESSAGES: dict[str, str] = {
    # Files that come in.
    "file_missing": N_("There is no file or folder “{path}”. Check the name, or choose another."),
    "file_unreadable": N_(
        "“{path}” could not be read: {detail}. Check that it is a file, and who may read it, then try again."
    ),
    "file_empty": N_("“{path}” is empty: there is nothing to import. Leave it out or choose another file."),
    "file_too_large": N_(
        "“{path}” is too large for an article: the most is {most} MB. Split it into articles, and import these."
    ),
    "file_binary": N_("“{path}” is not a text file. Save the article as plain text (.txt) and import it again."),
    "encoding_unknown": N_(
        "There is no encoding called “{encoding}”. Choose one such as utf-8, utf-16, windows-1256 or iso-8859-6."
    ),
    "encoding_failed": N_(
        "“{path}” is not in the encoding {encoding}: byte {position} does not fit it. Choose another encoding."
    ),
    "encoding_undetected": N_(
        "The encoding of “{path}” could not be recognised. Say which it is, or save the file as UTF-8."
    ),
    "folder_empty": N_("The folder “{path}” holds no file that articles are read from. Choose another folder."),
    "nothing_to_import": N_("There is nothing new to import. The report says why for each file."),
    "archive_empty": N_("“{path}” holds nothing that articles are read from. Choose another file."),
    "archive_nested": N_("“{path}” lies in an archive in an archive. Unpack the outer one, and import the inner one."),
    "column_missing": N_("“{path}” has no column “{column}”. Choose one of: {known}."),
    "columns_none": N_("“{path}” is no table and no list of records, so it has no columns."),
    "columns_unknown": N_("It could not be told which column of “{path}” holds the text. Choose one of: {known}."),
    "part_cut_short": N_("“{path}” is cut short or damaged, so it was left out. Get a whole copy of it."),
    "part_malformed": N_("“{path}” is not as its format wants it, so it was left out: {detail}."),
    "part_unsafe": N_("“{path}” was left out, because it may do harm: {detail}."),
    "part_too_long": N_(
        "“{path}” has more in one piece (at {place}) than {most} million characters, so that was left out. "
        "Split it into articles."
    ),
    "record_broken": N_("“{path}” is not as JSON should be (at {place}): {detail}. What is wrong was left out."),
    "record_unfit": N_("“{path}” has something that is no record (at {place}). It was left out."),
    "records_missing": N_("“{path}” holds no list of records. Choose a JSON file that is a list, or that has one."),
    "row_without_text": N_("“{path}” has no text in the column “{column}” (at {place}), so there is no article."),
    "table_broken": N_(
        "“{path}” cannot be read on (at {place}): {detail}. What comes before was read; get a whole copy of the file."
    ),
    "text_empty": N_("There is no text. Copy the text of an article first."),
    "text_known": N_("The text is in the project already, as “{title}”."),
    "duplicate": N_("The text of “{path}” is in the project already, as “{title}”."),
    # What others wrote; `place` is a line, an item of a list or a member of an archive.
    "foreign_cut_short": N_("“{path}” is cut short or damaged (at {place}). Get a whole copy; nothing was imported."),
    "foreign_encoding": N_(
        "“{path}” is not UTF-8 (at {place}, byte {position}). Save it as UTF-8; nothing was imported."
    ),
    "foreign_malformed": N_("“{path}” is not as its format wants it (at {place}): {detail}. Nothing was imported."),
    "foreign_missing": N_("In “{path}” there is no {place}, which its format needs. Nothing was imported."),
    "foreign_offsets": N_(
        "“{path}” has a tag from {start} to {end} where there is no such text (at {place}). Nothing was imported."
    ),
    "foreign_too_long": N_(
        "“{path}” has more in one piece (at {place}) than the {most} MB that are read at once. Nothing was imported."
    ),
    "foreign_twice": N_("“{path}” has {what} twice (at {place}). Nothing was imported."),
    "foreign_unsafe": N_(
        "“{path}” was not opened, because it may do harm (at {place}: {detail}). Nothing was imported."
    ),
    "foreign_version": N_("“{path}” is of the version {version}, which this program does not know: {known}."),
    "mapping_invalid": N_("The mapping “{path}” cannot be used: {detail}. Correct it, then try again."),
    "foreign_unknown": N_("It could not be told what “{path}” holds. Say which format it has: {known}."),
    # Articles in documents.
    "document_locked": N_(
        "“{path}” is locked with a password. Open it where you can, save it without one, and import that."
    ),
    "document_other": N_(
        "“{path}” is no {format} file, whatever its name says. Save it as {format}, or give it the name of what it is."
    ),
    "html_no_article": N_(
        "No article was found in “{path}”, only such things as menus and links. "
        "Save the page of one article, or import its text as plain text."
    ),
    "pdf_no_text": N_(
        "“{path}” holds pictures of pages and no text. Have its text recognised by another program, then import that."
    ),
    "pdf_unreadable": N_(
        "The text of “{path}” cannot be trusted: too many of its letters stand for nothing, or their order cannot be "
        "told. Copy the article from where it was published instead."
    ),
    # Files that go out.
    "folder_missing": N_("There is no folder “{path}”. Make it first, or choose another."),
    "path_unwritable": N_("“{path}” could not be written: {detail}. Choose another folder or name."),
    "disk_full": N_("There is no space left to write “{path}”. Free some space, then try again; nothing was lost."),
    "export_mismatch": N_(
        "“{path}” was written, but read back it differs from the project in the article “{article}”, "
        "so it was not kept. Please report this."
    ),
    "export_over_project": N_("“{path}” is a project, so nothing is exported over it. Choose another name."),
    "split_unclear": N_("“{split}” is no split. Give three percentages that make 100, such as 80/10/10."),
    "split_torn": N_("A group of articles would have been torn into two splits. Please report this; nothing was kept."),
    "export_folder_taken": N_(
        "“{path}” holds other files, so no export takes its place. Choose a new folder, or one of an older export."
    ),
    "export_source_damaged": N_(
        "The article “{article}” was not exported: its text and its tags do not fit together. "
        "Check the project with “tawsim check”."
    ),
    "jsonl_invalid": N_("Line {line} of “{path}” is not as Tawsim writes it: {detail}."),
    "layer_unknown": N_("There is no layer “{layer}”. Choose one of: {known}."),
    "annotator_unknown": N_("Nobody called “{annotator}” has worked in this project. Choose one of: {known}."),
    "extra_missing": N_("The format {format} needs {extra}, which is not installed. Install it with: {command}"),
    "format_unknown": N_("There is no export format “{format}”. Choose one of: {known}."),
    "encryption_missing": N_(
        "Projects with a password need {extra}, which is not installed. Install it with: {command}"
    ),
    "password_empty": N_("The password is empty. Type one, or leave the project without."),
    "preview_unprotected": N_(
        "What is lost is told after the export: counting it before would write articles of this encrypted project to "
        "the disk for a moment."
    ),
    "password_differs": N_("The two passwords are not the same. Type them again."),
    "password_not_there": N_("“{path}” has no password."),
    "password_unasked": N_(
        "“{path}” is protected with a password, and there is nobody to ask. Put it into a file and name that with "
        "--password-file, or set {variable}."
    ),
    "password_needed": N_("“{path}” is protected with a password."),
    "password_wrong": N_(
        "The password does not open “{path}”. Check the language of the keyboard and Caps Lock, and type it again."
    ),
    # The project file.
    "project_exists": N_("“{path}” exists already. Open it, or choose another name."),
    "project_missing": N_("There is no project “{path}”. Check the name, or create it first."),
    "project_not_sqlite": N_("“{path}” is not a Tawsim project. Choose a file that ends in .tawsim."),
    "project_damaged": N_(
        "The project “{path}” is damaged: {detail}. It was left as it is. Restore a backup of it, or bring out what "
        "can be read with “Recover a damaged project” (tawsim recover)."
    ),
    "project_foreign": N_("“{path}” is a database of another program. It was left as it is; choose a Tawsim project."),
    "project_newer": N_(
        "The project “{path}” was made by a newer Tawsim (file version {version}). It was left as it is; "
        "install the newer version to open it."
    ),
    "nothing_recovered": N_("Nothing of a project can be read in that file. Look for a backup, or another copy."),
    "nothing_decrypted": N_(
        "Nothing of “{path}” can be read with this password. Check the language of the keyboard and Caps Lock, and "
        "type it again; if the password is right, look for a backup, or another copy."
    ),
    "project_older": N_(
        "“{path}” is of an earlier version of Tawsim. It is brought up to date when it is opened in the window, or "
        "when something is changed in it; a copy as it was stays beside it."
    ),
    "backup_older": N_(
        "Of an earlier version of Tawsim. Restored, it is brought up to date when the project is opened."
    ),
    "backup_failed": N_(
        "No backup of “{path}” could be made in “{folder}”: {detail}. The project itself is as it was; make the folder "
        "writable, or copy the project elsewhere yourself."
    ),
    "backup_no_room": N_(
        "There is no room for a backup of “{path}” in “{folder}”: {needed} are needed, {free} are free. Free some "
        "space, delete old backups, or keep fewer."
    ),
    "backup_unknown": N_("The project “{path}” has no backup “{backup}”. “tawsim backups” lists what there is."),
    "project_moved": N_(
        "The project “{path}” was moved or deleted while it was open, so nothing more is written to it. Put it back, "
        "open it where it lies now, or save a copy of it elsewhere."
    ),
    "scheme_changed": N_(
        "Someone else has changed the scheme since you began, so yours would take that back. Save yours as a file, "
        "open the scheme anew, and make your changes there."
    ),
    "project_another": N_(
        "“{path}” is not the project that is open, or it is an older copy of it, so work does not go on there."
    ),
    "project_locked": N_(
        "The project “{path}” is in use elsewhere: {holder} on {host}, since {since}; for this, nobody else may have "
        "it open. Close it there, then try again."
    ),
    "write_failed": N_(
        "The disk did not take a change to “{path}”, so nothing was changed. Check its space and that it is there, "
        "then try again."
    ),
    "log_left": N_(
        "Where “{path}” is to lie, the log of a project that is gone was left, “{log}”. It may hold the last changes "
        "to it: put the project back beside it, or choose another name."
    ),
    "beside_unwritable": N_(
        "Nothing can be written beside “{path}”, so nothing can be changed in it: {detail}. Make its folder writable, "
        "or copy the project elsewhere."
    ),
    "project_busy": N_("Another program is writing to “{path}”. Wait a moment, then try again."),
    "project_read_only": N_("The project “{path}” is open read-only, so it cannot be changed. Open a copy of it."),
    # Acts.
    "text_unstorable": N_("“{text}” holds half a character, which cannot be stored. Enter it anew."),
    "tag_of_another": N_(
        "The tag “{quote}” was made by {annotator}, and only they can change or delete it. "
        "Work under that name, or make a tag of your own beside it."
    ),
    "annotator_name_empty": N_("The annotator's name is empty. Enter the name to be written beside each tag."),
    "span_out_of_bounds": N_(
        "Characters {start} to {end} lie outside the article, which has {length}. Select inside the text."
    ),
    "span_empty": N_("Nothing is selected. Select at least one word, then tag it."),
    "span_blank": N_("Only blanks are selected. Select at least one word, then tag it."),
    "label_unknown": N_("The scheme has no label “{label}”. Choose one of: {known}."),
    "article_unknown": N_("The project has no article “{article}”. Choose one from the list of articles."),
    "tag_unknown": N_("The tag “{tag}” is not in the project any more. Choose one from the list of tags."),
    "tag_ambiguous": N_("“{tag}” begins the ids of {count} tags. Give more of the id."),
    "tag_exists": N_("“{quote}” is tagged as {label} already. Delete one of the two tags, or choose another label."),
    "article_ambiguous": N_(
        "“{article}” begins the ids of {count} articles. Give more of the id, or the number in the list."
    ),
    "title_empty": N_("The title is empty. Enter the name by which to find the article in the list."),
    "others_tags": N_(
        "{count} tags of other annotators would be deleted with it. Their work can only be deleted by themselves."
    ),
    "scheme_unreadable": N_("The scheme “{path}” could not be read: {detail}. Correct the file or choose another."),
    # The scheme.
    "label_archived": N_("The label “{label}” is archived, so nothing new is tagged with it. Choose another label."),
    "attribute_unknown": N_("The scheme has no attribute “{attribute}”. Choose one of: {known}."),
    "attribute_not_of_label": N_("The attribute “{attribute}” is not asked of tags of {label}. Choose another label."),
    "relation_type_unknown": N_("The scheme has no relation type “{relation_type}”. Choose one of: {known}."),
    "relation_type_archived": N_("The relation “{relation}” is archived, so none is made anew. Choose another."),
    "document_label_unknown": N_("The scheme has no document label “{label}”. Choose one of: {known}."),
    "value_not_offered": N_("“{value}” is no value of “{attribute}”. Choose one of: {known}."),
    "value_no_date": N_(
        "“{value}” is no date for “{attribute}”. Write a year, 2024, a month, 2024-05, or a day, 2024-05-31."
    ),
    "value_no_number": N_("“{value}” is no number for “{attribute}”. Write one such as 3 or 2.5."),
    "value_wrong_kind": N_("“{value}” does not fit “{attribute}”, which is of the kind {kind}."),
    "scheme_invalid": N_("The scheme cannot be so: {detail}. Nothing was changed."),
    "guideline_too_large": N_("“{path}” is too large for a guideline: the most is {most} MB. Choose a shorter text."),
    "labels_the_same": N_("“{label}” cannot be merged into itself. Choose another label."),
    # Tags, relations, the registry.
    "pieces_amiss": N_("The pieces of the tag “{quote}” do not fit it. Select each piece in the article."),
    "document_tag_of_another": N_(
        "“{label}” was said of this article by {annotator}, and only they can change or delete it."
    ),
    "relation_unknown": N_("The relation is not in the project any more. Choose one from the list."),
    "relations_none_from": N_(
        "Tags of {label}, such as “{quote}”, start no relation. Choose a tag of another label, or change the scheme."
    ),
    "relation_not_from": N_("The relation “{relation}” does not start from tags of {label}. Choose another relation."),
    "relation_not_to": N_(
        "The relation “{relation}” cannot lead to “{quote}”, which is tagged as {label}. Choose another end."
    ),
    "relation_not_to_author": N_("The relation “{relation}” cannot lead to the author or outlet. Choose another end."),
    "relation_not_to_actor": N_("The relation “{relation}” cannot lead to an actor. Choose another end."),
    "relation_not_to_event": N_("The relation “{relation}” cannot lead to an event. Choose another end."),
    "relation_not_to_kind": N_(
        "The relation “{relation}” cannot lead to {actor}, who is of another kind. Choose another end, or change the "
        "actor's kind."
    ),
    "relation_to_itself": N_("The relation “{relation}” cannot lead from “{quote}” to itself. Choose another end."),
    "label_links_nothing": N_("Tags of {label} cannot be linked so. Choose a tag of another label."),
    "actor_unknown": N_("The actor is not in the registry any more. Choose one from the list of actors."),
    "actor_nameless": N_("The actor has no name. Enter an Arabic or an English one."),
    "actor_own_member": N_("{actor} cannot be a member of itself. Take it out of its members."),
    "country_unknown": N_("“{country}” is no country code. Write three capital letters, such as TUR (ISO 3166-1)."),
    "name_taken": N_(
        "The name “{name}” belongs to {actor} already. Link to that actor, or add to the name what tells them apart."
    ),
    "outlet_unknown": N_("No article is of the outlet “{outlet}”. Choose one of: {known}."),
    "event_unknown": N_("The event is not in the registry any more. Choose one from the list of events."),
    "event_untitled": N_("The event has no title. Enter a few words that tell what happened."),
    "actor_not_found": N_("The registry has no actor “{name}”. “tawsim actor list” names them all."),
    "event_not_found": N_("The registry has no event “{name}”. “tawsim event list” names them all."),
    "event_ambiguous": N_("{count} events are called “{name}”. Give the id of one, as “tawsim event list” shows it."),
    "end_not_found": N_(
        "“{name}” is no tag, actor or event of the project. Give the id of a tag, the name of an actor, the title of "
        "an event, or author."
    ),
    "annotator_not_found": N_("Nobody called “{name}” has worked in the project. Choose one of: {known}."),
    "id_ambiguous": N_("“{id}” begins {count} ids. Give more of it."),
    "merged_into_itself": N_("“{name}” cannot be merged into itself. Choose another to merge with it."),
    "split_nothing": N_("None of the chosen tags mentions “{name}”. Choose some of its mentions."),
    "others_links": N_(
        "{count} tags or relations of other annotators point to it. Merge it into another, which keeps their work."
    ),
    "nothing_to_undo": N_("There is nothing to undo."),
    "nothing_to_redo": N_("There is nothing to redo."),
    "undo_conflict": N_(
        "“{op}” cannot be undone or redone, because what it changed was changed again by another. Nothing was changed."
    ),
    "cancelled": N_("Cancelled. Nothing was changed."),
    "duplicates_too_few": N_("A group of near duplicates has at least two articles. Choose another one with it."),
    "split_shares": N_("The shares {shares} sum to {sum}. Give thousandths that sum to 1000, none below 0."),
    # The environment.
    "no_seeds": N_("The sample articles did not come with this program. Open a folder of your own articles."),
    "window_unavailable": N_(
        "The window cannot be opened: {detail}. Install what is missing, as the README says; "
        "the command line works without it."
    ),
    "no_display": N_("There is no display to open a window on. Run “{command}” instead, or start it on a desktop."),
}

PROBLEM_MESSAGES: dict[str, str] = {
    "damaged": N_("The file is damaged: {detail}. Restore a backup, or recover what can be read."),
    "dangling_reference": N_("Row {row} of the table {table} points to a row of {parent} that is not there."),
    "schema_differs": N_("What the file says of its {name} is not what Tawsim writes."),
    "row_unreadable": N_("A row of the table {table} holds what Tawsim did not write: {detail}."),
    "seal_broken": N_("The scheme, the annotators or the project’s own particulars are not as they were written."),
    "unused_text_changed": N_("The text {text}, which no article has now but undo could need, is not as imported."),
    "text_changed": N_("The text of “{article}” is not the one that was imported."),
    "quote_differs": N_("The tag {tag} in “{article}” does not fit the text: “{quote}” is not what stands there."),
    "history_changed": N_("The history is not as it was written, at act {seq} or shortly before it."),
    "history_misfit": N_("Act {seq} of the history does not fit the acts before it."),
    "article_not_in_history": N_("The article “{article}” is not as the history left it."),
    "tag_not_in_history": N_("The tag {tag} in “{article}” is not as the history left it."),
    "row_not_in_history": N_("Row {row} of the table {table} is not as the history left it."),
    "row_missing": N_("Row {row} of the table {table} is gone, but the history did not delete it."),
    "search_index_differs": N_(
        "The search index does not fit the texts, so a search may miss some. “tawsim search --reindex” makes it anew."
    ),
}

OP_NAMES: dict[str, str | tuple[str, str]] = {
    "import_annotations": NP_("Import {count} tag of “{name}”", "Import {count} tags of “{name}”"),
    "import_articles": NP_("Import {count} article", "Import {count} articles"),
    "remove_articles": NP_("Remove {count} article", "Remove {count} articles"),
    "set_article_state": NP_("Mark {count} article “{state}”", "Mark {count} articles “{state}”"),
    "set_article_note": N_("Change the note of “{title}”"),
    "set_article_title": N_("Change the title to “{title}”"),
    "set_article_particulars": NP_(
        "Change outlet, author or date of {count} article", "Change outlet, author or date of {count} articles"
    ),
    "set_boilerplate": NP_("Change what of “{title}” is boilerplate", "Change what of {count} articles is boilerplate"),
    "group_duplicates": NP_("Regroup {count} near duplicate", "Regroup {count} near duplicates"),
    "recover": NP_("Recover a damaged project: {count} row", "Recover a damaged project: {count} rows"),
    "add_tag": N_("Tag “{quote}” as {label}"),
    "delete_tags": NP_("Delete {count} tag", "Delete {count} tags"),
    "set_tag_label": NP_("Change the label of “{quote}” to {label}", "Change the label of {count} tags to {label}"),
    "set_tag_bounds": N_("Change the bounds of the tag “{quote}”"),
    "set_tag_note": N_("Change the note of the tag “{quote}”"),
    "set_tag_attributes": NP_("Change what is said of the tag “{quote}”", "Change what is said of {count} tags"),
    "set_tag_certainty": NP_("Change how sure the tag “{quote}” is", "Change how sure {count} tags are"),
    "set_tag_pieces": N_("Change the pieces of the tag “{quote}”"),
    "fill_tag": N_("Fill in the tag “{quote}”"),
    "tag_occurrences": NP_("Tag {count} occurrence as {label}", "Tag {count} occurrences as {label}"),
    "link_tags": NP_("Link “{quote}” to {name}", "Link {count} tags to {name}"),
    "unlink_tags": NP_("Take the link from “{quote}”", "Take the links from {count} tags"),
    "add_relation": N_("Relate “{quote}” to “{target}”"),
    "delete_relations": NP_("Delete {count} relation", "Delete {count} relations"),
    "add_document_tag": N_("Say of “{title}”: {label}"),
    "change_document_tag": N_("Change what is said of “{title}”: {label}"),
    "delete_document_tag": N_("Take back what is said of “{title}”: {label}"),
    "add_actor": N_("Add the actor {actor}"),
    "change_actor": N_("Change the actor {actor}"),
    "delete_actors": NP_("Delete {count} actor", "Delete {count} actors"),
    "merge_actors": N_("Merge {others} into {actor}"),
    "split_actor": N_("Split {other} from {actor}"),
    "add_event": N_("Add the event “{event}”"),
    "change_event": N_("Change the event “{event}”"),
    "delete_events": NP_("Delete {count} event", "Delete {count} events"),
    "merge_events": N_("Merge {others} into “{event}”"),
    "split_event": N_("Split “{other}” from “{event}”"),
    "change_scheme": N_("Change the scheme"),
    "merge_labels": N_("Merge the label {other} into {label}"),
    "move_tags": NP_("Move {count} tag from {other} to {label}", "Move {count} tags from {other} to {label}"),
}

#: What of a tag is missing or no longer fits the scheme.
ISSUE_MESSAGES: dict[str, str] = {
    "label_archived": N_("The label {label} is archived"),
    "attribute_unasked": N_("{attribute} is not asked of this label"),
    "value_unfit": N_("{value} is no value of {attribute} any more"),
    "value_missing": N_("{attribute} is missing"),
    "relation_missing": N_("Nobody and nothing yet as “{relation}”"),
    "relation_unfit": N_("The relation “{relation}” does not fit any more"),
    "actor_link_unfit": N_("Tags of {label} are not linked to actors"),
    "event_link_unfit": N_("Tags of {label} are not linked to events"),
}

#: What is to be known when articles were dealt out to train, dev and test.
SPLIT_NOTES: dict[str, str] = {
    "share_empty": N_("{share} is empty. Groups to deal out: {count}."),
    "label_missing": N_("{share} has no tag of {label}. Groups that have any: {count}."),
    "group_large": N_("Articles in the largest group: {count}. That is more than the smallest share is to have."),
    "undated": N_("Articles without a date: {count}. They are in {share}."),
    "not_stratified": N_("Splits by date are not stratified by label."),
}

#: Why a stretch of an article is thought to be none of its text.
BOILERPLATE_NAMES: dict[str, str] = {
    "title": N_("Title repeated"),
    "caption": N_("Caption"),
    "comments": N_("Comments"),
    "share": N_("Share or follow"),
    "related": N_("Other articles"),
    "page": N_("Part of the page"),
    "copyright": N_("Copyright"),
}

STATE_NAMES: dict[str, str] = {
    "untouched": N_("Untouched"),
    "in_progress": N_("In progress"),
    "done": N_("Done"),
}

#: What became of something that a damaged project could not give back whole.
LOSS_MESSAGES: dict[str, str] = {
    "unreadable": N_("cannot be read"),
    "not_found": N_("was in the history, and is not in the file any more"),
    "text_lost": N_("its text is lost, and with it all that is tagged in it"),
    "text_cut_short": N_("a text lost its end"),
    "text_changed": N_("its text is not what was imported any more; it was kept as it reads now"),
    "reference_lost": N_("what it belongs to is lost"),
    "link_lost": N_("whom or what it names in the registry is lost; the tag was kept"),
    "words_differ": N_("its words do not stand in the text any more"),
    "annotator_lost": N_("the name is lost; the work was kept"),
    "part_lost": N_("what the scheme says of it is lost; it was kept by its id alone"),
    "part_replaced": N_("what the scheme says of it is lost; it was taken from the scheme that comes along"),
    "scheme_torn": N_("a page of the scheme or of the annotators is lost; look through the scheme"),
    "perhaps_older": N_("it came back from the history, where its last changes may be missing"),
    "more_may_be_lost": N_("more of these may be lost than is known"),
    "particulars_lost": N_("the project’s own particulars are lost; new ones were put in"),
}

#: What a row of each table is, at the head of a sentence.
TABLE_NAMES: dict[str, str] = {
    "article": N_("The article"),
    "text": N_("The text"),
    "span": N_("The tag"),
    "relation": N_("The relation"),
    "document_tag": N_("The label of an article"),
    "actor": N_("The actor"),
    "event": N_("The event"),
    "annotator": N_("The annotator"),
    "layer": N_("The layer"),
    "label": N_("The label"),
    "attribute": N_("The attribute"),
    "relation_type": N_("The kind of relation"),
    "document_label": N_("The label for articles"),
    "project": N_("Of the project"),
}

#: Why a backup was made: values of `annotator.store.backups.BackupKind`.
BACKUP_KINDS: dict[str, str] = {
    "daily": N_("of the day"),
    "kept": N_("by hand"),
    "before": N_("before restoring"),
}

#: Why something of a foreign file was not taken, or not as the file has it.
TROUBLES: dict[str, str] = {
    "no_article": N_("left out: the project has no article that this is about"),
    "not_found": N_("left out: its words are not where the file says, nor anywhere else for sure"),
    "blank": N_("left out: blanks only"),
    "end_missing": N_("left out: a tag, actor or event at one of its ends is not there"),
    "entity_unknown": N_("taken without its link: the label links to nothing of that kind"),
    "moved": N_("taken at another place, where its words are"),
    "close": N_("taken where its words are in another spelling"),
    "said_otherwise": N_("there already; its note, attributes, certainty or link are others in the file and stay out"),
}
