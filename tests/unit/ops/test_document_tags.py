# SPDX-License-Identifier: MIT
"""Document tags: what is refused, whose they are, and that an article may have several."""

from dataclasses import replace
from typing import Any

from annotator.model.ids import ArticleId, DocumentLabelId, DocumentTagId
from annotator.model.scheme import DocumentLabel, Scheme
from annotator.model.span import Certainty
from annotator.ops import articles, document_tags, scheme

NONE = "00" * 16
DOC = DocumentLabelId("doc_stance")


def say(bench: Any, article: int = 0, **more: Any) -> Any:
    more.setdefault("values", {"doc_label": "FAVOR"})
    return document_tags.add_document_tag(bench.project, bench.project.articles()[article].id, DOC, **more)


def test_said_changed_and_taken_back(bench: Any) -> None:
    first = bench.does(lambda: say(bench, note="نعم", certainty=Certainty.UNSURE)).rows[0].record
    assert (first.note, first.certainty, dict(first.attributes)) == ("نعم", "unsure", {"doc_label": "FAVOR"})
    values: Any = {"doc_label": "AGAINST", "issue": " القضية "}
    bench.does(lambda: document_tags.change_document_tag(bench.project, first.id, values=values, note=""))
    kept = bench.project.document_tag(first.id)
    assert (kept.note, kept.certainty) == ("", "unsure")
    assert kept.attributes == {"doc_label": "AGAINST", "issue": "القضية"}
    sure = Certainty.SURE
    bench.does(lambda: document_tags.change_document_tag(bench.project, first.id, values={}, certainty=sure))
    assert document_tags.change_document_tag(bench.project, first.id, values={}, certainty=sure).seq == 0
    bench.does(lambda: document_tags.delete_document_tag(bench.project, first.id))
    assert bench.project.document_tags(first.article_id) == []


def test_one_for_each_issue_and_none_twice(bench: Any) -> None:
    for issue in ("أولى", "ثانية"):
        say(bench, values={"doc_label": "FAVOR", "issue": issue})
    assert say(bench, values={"doc_label": "FAVOR", "issue": "أولى"}).seq == 0
    bench.restart("Omar")
    assert say(bench, values={"doc_label": "FAVOR", "issue": "أولى"}).seq
    assert len(bench.project.document_tags(bench.project.articles()[0].id)) == 3


def test_refused(bench: Any) -> None:
    add, article = document_tags.add_document_tag, bench.project.articles()[0].id
    bench.refuses("article_unknown", lambda: add(bench.project, ArticleId(NONE), DOC, values={}))
    bench.refuses("document_label_unknown", lambda: add(bench.project, article, DocumentLabelId("ACTOR"), values={}))
    bench.refuses("value_not_offered", lambda: say(bench, values={"doc_label": "MAYBE"}))
    bench.refuses("attribute_not_of_label", lambda: say(bench, values={"type": "CONSULT"}))
    bench.refuses("attribute_unknown", lambda: say(bench, values={"none": "x"}))
    tag = say(bench).rows[0].record.id
    change = document_tags.change_document_tag
    bench.refuses("value_not_offered", lambda: change(bench.project, tag, values={"doc_label": "MAYBE"}))
    missing = DocumentTagId(NONE)
    bench.refuses("tag_unknown", lambda: change(bench.project, missing, values={}))
    bench.refuses("tag_unknown", lambda: document_tags.delete_document_tag(bench.project, missing))


def test_anothers_is_theirs(bench: Any) -> None:
    tag = say(bench).rows[0].record.id
    bench.restart("Omar")
    bench.refuses(
        "document_tag_of_another",
        lambda: document_tags.change_document_tag(bench.project, tag, values={}, note="mine"),
    )
    error = bench.refuses("document_tag_of_another", lambda: document_tags.delete_document_tag(bench.project, tag))
    assert error.params["annotator"] == "Layla"
    article = bench.project.articles()[0].id
    bench.refuses("others_tags", lambda: articles.remove(bench.project, [article]))


def test_they_go_with_their_article(bench: Any) -> None:
    say(bench)
    article = bench.project.articles()[0].id
    bench.does(lambda: articles.remove(bench.project, [article]))


def test_an_archived_label_is_said_no_more(bench: Any) -> None:
    say(bench)
    before: Scheme = bench.project.scheme
    asked = tuple(replace(one, labels=tuple(id_ for id_ in one.labels if id_ != DOC)) for one in before.attributes)
    scheme.change_scheme(bench.project, replace(before, document_labels=(), attributes=asked))
    (kept,) = bench.project.scheme.document_labels
    assert isinstance(kept, DocumentLabel)
    assert kept.archived
    bench.refuses("label_archived", lambda: say(bench, article=1, values={}))
