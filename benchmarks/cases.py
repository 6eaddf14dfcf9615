# SPDX-License-Identifier: MIT
"""The cases: what is measured, against what, and what is aimed at; all that is run or printed comes from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

#: What is done in the window while its longest event is looked for.
STEPS = (
    *("list scrolled", "next article", "last article", "letter in the filter", "tag", "undo", "redo"),
    *("list of actors", "letter to find an actor", "what is to be reviewed", "list of tags"),
    *("import of 200 articles", "import undone"),
)


class Pick(StrEnum):
    """Which of many samples stands for them."""

    MEDIAN = "median"
    P95 = "p95"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        work: what is measured.
        ours: the name of the samples.
        floors: the names of the floor's samples; the floor is their sum.
        ratio: the aim, as a multiple of the floor.
        limit: the aim in seconds, where there is one.
        unit: `s` (shown in ms), `MB` or `B`.
    """

    work: str
    ours: str
    floors: tuple[str, ...]
    ratio: float | None = None
    limit: float | None = None
    pick: Pick = Pick.MEDIAN
    unit: str = "s"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure.

    Attributes:
        ours: module of the process that does the work as the program does it.
        floors: modules of the processes that do it bare.
        rounds: how often each process is run, in turn.
        count: how often one process does the work.
        warm: whether a first run that is not counted warms what it needs; not where one run takes minutes.
    """

    name: str
    ours: str
    floors: tuple[str, ...]
    figures: tuple[Figure, ...]
    rounds: int
    count: int = 1
    warm: bool = True


def _exchange(name: str, format_name: str, export_aim: float | None = None) -> Case:
    """Return the case of a format: out and in, and whether memory grows with the corpus."""
    what = "10,000 articles with 400,000 tags"
    return Case(
        f"exchange-{name}",
        f"benchmarks.ours.exchange_{name}",
        (f"benchmarks.floors.exchange_{name}",),
        (
            Figure(f"{what} to {format_name}", "exported", ("exported",), ratio=export_aim),
            Figure("the same with its verification", "verified", ("exported",)),
            Figure("memory of that, against that of 1,000 articles", "peak", ("small_peak",), ratio=1.2, unit="MB"),
            Figure(f"{what} from {format_name}", "imported", ("imported",)),
            Figure(
                "memory of that, against that of 1,000 articles",
                "import_peak",
                ("small_import_peak",),
                ratio=1.2,
                unit="MB",
            ),
        ),
        rounds=1,
        warm=False,
    )


def _long(what: str, name: str, *, ratio: float | None) -> Iterator[Figure]:
    """Yield the figures of a long document; where Qt itself sets the pace, only what the hand feels is an aim."""
    opened = (f"{name}_opened",)
    yield Figure(f"a document {what}: opened in the view", f"{name}_shown", opened, ratio=ratio)
    yield Figure("the same in the window, read from the file", f"{name}_opened", opened, ratio=ratio)
    yield Figure("all of the window filled and painted for it", f"{name}_filled", opened)
    yield Figure("a scroll step in it", f"{name}_scrolled", (f"{name}_scrolled",), ratio=ratio, limit=0.016)
    yield Figure("a tag made in it by a key", f"{name}_tagged", (f"{name}_scrolled",), ratio=ratio, limit=0.016)
    yield Figure("the same, slowest 5 %", f"{name}_tagged", (f"{name}_scrolled",), limit=0.016, pick=Pick.P95)
    yield Figure("all of the window painted for it", f"{name}_told", (f"{name}_scrolled",))
    yield Figure("a tag in it chosen", f"{name}_chosen", (f"{name}_scrolled",), limit=0.016)


def _stalls(name: str, articles: int, *, rounds: int) -> Case:
    """Return the case of a round of work on a project of so many articles."""
    told = f"longest the window is busy at once, {articles:,} articles"
    figures = tuple(Figure(f"{told}: {step}", step, ("changed",), limit=0.016) for step in STEPS)
    floors = ("benchmarks.floors.hits",)
    return Case(name, "benchmarks.ours.stalls", floors, figures, rounds=rounds, count=articles)


CASES = (
    Case(
        "start",
        "benchmarks.ours.start",
        ("benchmarks.floors.start",),
        (
            Figure("start to first painted article", "painted", ("painted",), ratio=1.3),
            Figure("start to the whole window", "complete", ("painted",)),
        ),
        rounds=9,
    ),
    Case(
        "open",
        "benchmarks.ours.open_large",
        ("benchmarks.floors.open_small", "benchmarks.floors.start"),
        (
            Figure(
                "100,000 articles, 4,000,000 tags opened, against 100 articles", "opened", ("opened_small",), ratio=1.5
            ),
            Figure("memory of a window on them, against the bare window", "large_pss", ("pss",), ratio=2, unit="MB"),
            Figure("the same (RSS)", "large_rss", ("rss",), unit="MB"),
        ),
        rounds=3,
        count=100_000,
        warm=False,
    ),
    _stalls("stalls", 10_000, rounds=3),
    _stalls("stalls_large", 100_000, rounds=3),
    Case(
        "select",
        "benchmarks.ours.select",
        ("benchmarks.floors.select",),
        (
            Figure("select an article to painted", "selected", ("selected",), ratio=1.5),
            Figure("the same, slowest 5 %", "selected", ("selected",), pick=Pick.P95),
        ),
        rounds=5,
        count=100,
    ),
    Case(
        "view",
        "benchmarks.ours.view",
        ("benchmarks.floors.select",),
        (
            Figure("the article view alone: an article shown", "shown", ("selected",)),
            Figure("the article view alone: a tag fewer, all repainted", "retagged", ("repaint",)),
        ),
        rounds=5,
        count=100,
    ),
    Case(
        "tag",
        "benchmarks.ours.tag",
        ("benchmarks.floors.commit", "benchmarks.floors.select"),
        (
            Figure("key to tag saved and painted in the text", "seen", ("commit", "repaint"), ratio=2, limit=0.016),
            Figure("the same, slowest 5 %", "seen", ("commit", "repaint"), limit=0.016, pick=Pick.P95),
            Figure("key to all of the window painted", "tagged", ("commit", "repaint")),
            Figure("the same, slowest 5 %", "tagged", ("commit", "repaint"), pick=Pick.P95),
            Figure("of it the act alone (ops.tags.add_tag)", "saved", ("commit",)),
        ),
        rounds=5,
        count=200,
    ),
    Case(
        "long",
        "benchmarks.ours.long_document",
        ("benchmarks.floors.long_document",),
        (
            *_long("of 1,000,000 characters, 5,000 tags", "long", ratio=1.5),
            *_long("in one paragraph", "unbroken", ratio=None),
        ),
        rounds=3,
        count=60,
    ),
    Case(
        "acts",
        "benchmarks.ours.acts",
        ("benchmarks.floors.acts", "benchmarks.floors.commit"),
        (
            Figure("a tag made, without a window", "done", ("commit",), ratio=2),
            Figure("undo of it", "undone", ("commit",), ratio=2),
            Figure("redo of it", "redone", ("commit",), ratio=2),
            Figure("1,000 tags made as one act", "many_done", ("inserted",)),
            Figure("undo of an act of 1,000 tags", "many_undone", ("deleted",), ratio=2),
            Figure("redo of it", "many_redone", ("inserted",), ratio=2),
        ),
        rounds=5,
        count=10,
    ),
    Case(
        "size",
        "benchmarks.ours.size",
        ("benchmarks.floors.size",),
        (
            Figure("bytes of a tag that was made by hand, history included", "made", ("row",), ratio=4, unit="B"),
            Figure("bytes of a tag that was imported, history included", "imported", ("row",), ratio=4, unit="B"),
        ),
        rounds=1,
        warm=False,
    ),
    Case(
        "import",
        "benchmarks.ours.import_articles",
        ("benchmarks.floors.import_articles",),
        (
            Figure("import of 10,000 articles, boilerplate marked", "imported", ("imported",), ratio=2),
            Figure("the same without looking for boilerplate", "plain", ("imported",), ratio=2),
        ),
        rounds=5,
        count=10_000,
    ),
    Case(
        "export",
        "benchmarks.ours.export_articles",
        ("benchmarks.floors.export_articles",),
        (Figure("export of {articles} articles to JSONL", "exported", ("exported",), ratio=2),),
        rounds=7,
    ),
    _exchange("jsonl", "JSONL", export_aim=2),
    _exchange("conll", "CoNLL"),
    _exchange("spacy", ".spacy"),
    _exchange("huggingface", "Hugging Face"),
    Case(
        "duplicates",
        "benchmarks.ours.duplicates",
        ("benchmarks.floors.duplicates",),
        (Figure("near duplicates found in {articles} articles", "grouped", ("sorted",), ratio=2),),
        rounds=5,
    ),
    Case(
        "occurrences",
        "benchmarks.ours.occurrences",
        ("benchmarks.floors.occurrences",),
        (
            Figure("all occurrences found in {articles} articles", "found", ("found",)),
            Figure("1,000 of them tagged as one act", "tagged", ("committed",), limit=0.1),
        ),
        rounds=3,
        count=5,
    ),
    Case(
        "search",
        "benchmarks.ours.search",
        ("benchmarks.floors.search",),
        (
            Figure("10,000 articles put into the search index", "filled", ("filled",), ratio=2),
            Figure("size of the index", "size", ("size",), unit="MB", ratio=0.5),
            Figure("a word in most of them: first page with context", "frequent", ("frequent",), ratio=2, limit=0.05),
            Figure("the same, slowest 5 %", "frequent", ("frequent",), limit=0.05, pick=Pick.P95),
            Figure("a word in a third of them", "common", ("common",), ratio=2, limit=0.05),
            Figure("the same, slowest 5 %", "common", ("common",), limit=0.05, pick=Pick.P95),
            Figure("a word in a few of them", "rare", ("rare",), limit=0.05),
            Figure("all occurrences of a name in a few of them", "occurrences", ("occurrences",), ratio=2),
            Figure("from Enter to the first page painted", "painted", ("frequent",), limit=0.05),
            Figure("the same, slowest 5 %", "painted", ("frequent",), limit=0.1, pick=Pick.P95),
        ),
        rounds=1,
        count=40,
        warm=False,
    ),
    Case(
        "hits",
        "benchmarks.ours.hits",
        ("benchmarks.floors.hits",),
        (
            Figure("list of 100,000 tags opened", "opened", ("opened",), limit=0.1),
            Figure("list of occurrences in 10,000 articles opened", "opened_hits", ("opened",), limit=0.1),
            Figure("window held up while a list fills, slowest 5 %", "held", ("changed",), limit=0.1, pick=Pick.P95),
            Figure("list of 100,000 tags scrolled to painted", "scrolled", ("scrolled",), limit=0.033),
            Figure("the same, slowest 5 %", "scrolled", ("scrolled",), pick=Pick.P95),
            Figure("100,000 tags ticked by one key", "ticked", ("changed",), limit=0.1),
        ),
        rounds=3,
        count=2,
    ),
    Case(
        "registry",
        "benchmarks.ours.registry",
        ("benchmarks.floors.select",),
        (
            Figure("of 10,000 articles: the list of 5,000 actors opened", "renewed", ("selected",), limit=0.1),
            Figure("a letter typed to find an actor", "typed", ("repaint",), limit=0.03),
            Figure("an actor's page opened", "page", ("selected",), limit=0.1),
            Figure("that of an actor with 6,000 mentions", "page_many", ("selected",), limit=0.1),
            Figure("“likely the same” opened", "candidates", ("selected",), limit=0.1),
            Figure("a tag chosen, its details shown", "tag", ("selected",), limit=0.1),
            Figure("a scroll step in any of them", "step", ("repaint",), limit=0.016),
        ),
        rounds=3,
        count=4,
    ),
    Case(
        "scheme",
        "benchmarks.ours.scheme",
        ("benchmarks.floors.hits",),
        (
            Figure("of 100,000 tags: the editor of the scheme opened", "editor", ("opened",), limit=0.1),
            Figure("a part of the scheme chosen in it", "part", ("scrolled",), limit=0.1),
            Figure("list of what is to be reviewed opened", "review", ("opened",), limit=0.1),
            Figure("window held up while it fills, slowest 5 %", "held", ("changed",), limit=0.1, pick=Pick.P95),
            Figure("that list scrolled to painted", "scrolled", ("scrolled",), limit=0.033),
            Figure("guideline opened", "guideline", ("opened",), limit=0.1),
        ),
        rounds=3,
        count=2,
    ),
    Case(
        "memory",
        "benchmarks.ours.start",
        ("benchmarks.floors.start",),
        (
            Figure("memory with the window open (PSS)", "pss", ("pss",), ratio=1.5, unit="MB"),
            Figure("memory with the window open (RSS)", "rss", ("rss",), unit="MB"),
        ),
        rounds=3,
    ),
)
