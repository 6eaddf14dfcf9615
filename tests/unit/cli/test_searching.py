# SPDX-License-Identifier: MIT
"""`tawsim search`: what it lists, for people and for scripts, and that it leaves an index behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator.project import Project

Tawsim = Callable[..., Result]


@pytest.fixture
def news(tmp_path: Path, new_file: bytes, tawsim: Tawsim) -> Path:
    """Return a project of three articles that tell of a parliament."""
    path = tmp_path / "news.tawsim"
    path.write_bytes(new_file)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(
        ("عنوان\nقال وزير الدفاع في البرلمان", "خبر\nالدفاع عن وزير", "وبالبرلمان أحمد واحمد")
    ):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    tawsim("import", path, folder, "--annotator", "Layla")
    return path


def is_indexed(path: Path) -> bool:
    with Project.open(path, read_only=True) as project:
        return project.is_indexed


def test_places_are_listed_amid_their_words_and_the_index_is_made(news: Path, tawsim: Tawsim) -> None:
    assert not is_indexed(news)
    lines = tawsim("search", news, "برلمان").stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [["1", "27", "33"], ["3", "4", "10"]]
    assert "قال وزير الدفاع في ال[برلمان]" in lines[0]
    assert is_indexed(news)
    assert tawsim("search", news, "برلمان").stdout.splitlines() == lines


def test_a_document_for_scripts(news: Path, tawsim_json: Callable[..., Any]) -> None:
    found = tawsim_json("search", news, "وزير", "دفاع", "--limit", 3)
    assert [place["quote"] for place in found["places"]] == ["وزير", "دفاع", "دفاع"]
    assert {place["article_number"] for place in found["places"]} == {1, 2}
    assert found["more"]
    first = found["places"][0]
    assert (first["term"], first["before"], first["title"], first["doubt"]) == ("وزير", "عنوان\nقال ", "عنوان", None)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (("وزير الدفاع",), 1),
        (('"وزير الدفاع"',), 1),
        (("احمد",), 2),
        (("احمد", "--exact"), 0),
        (("أحمد", "--exact"), 1),
        (("برلمان", "--articles", "1"), 1),
    ],
)
def test_words_in_a_row_exact_ones_and_some_articles(
    news: Path, tawsim_json: Callable[..., Any], words: tuple[str, ...], places: int
) -> None:
    assert len(tawsim_json("search", news, *words)["places"]) == places


def test_what_is_said_where_nothing_or_too_much_is_found(news: Path, tawsim: Tawsim) -> None:
    assert "Nothing is found." in tawsim("search", news, "لاشيء").output
    assert "--limit" in tawsim("search", news, "احمد", "--limit", 1).output
    assert "Give a word" in tawsim("search", news, code=2).output


def test_the_index_is_made_anew(news: Path, tawsim: Tawsim) -> None:
    tawsim("search", news, "برلمان")
    with Project.open(news, annotator="Layla") as project:
        project.drop_index()
        project.put_in_index([(sha256, "كلمة") for sha256 in project.unindexed_texts()])
    assert "search index" in tawsim("check", news, code=1).output
    tawsim("search", news, "--reindex")
    tawsim("check", news)
    assert len(tawsim("search", news, "برلمان").stdout.splitlines()) == 2


def test_only_articles_of_an_outlet_and_of_a_time(news: Path, tawsim: Tawsim, tawsim_json: Callable[..., Any]) -> None:
    for number, outlet, date in ((1, "الجزيرة", "2024-05-03"), (2, "BBC عربي", "2024")):
        tawsim("article", news, number, "--outlet", outlet, "--date", date, "--annotator", "Layla")

    def numbers(*options: str) -> list[int]:
        places = tawsim_json("search", news, "الدفاع", *options)["places"]
        return sorted({place["article_number"] for place in places})

    assert numbers() == [1, 2]
    assert numbers("--outlet", "الجزيره") == [1]
    assert numbers("--outlet", "الجزيرة", "--outlet", "bbc عربي") == [1, 2]
    assert numbers("--from", "2024-05") == [1, 2]
    assert numbers("--from", "2024-05-04") == [2]
    assert numbers("--to", "2024-04") == [2]
    assert numbers("--from", "٢٠٢٥") == []
    result = tawsim("search", news, "الدفاع", "--outlet", "رويترز", code=1)
    assert "رويترز" in result.stderr
    assert "BBC عربي" in result.stderr
    assert "2024-05" in tawsim("search", news, "الدفاع", "--from", "أمس", code=1).stderr
