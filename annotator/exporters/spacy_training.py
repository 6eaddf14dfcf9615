# SPDX-License-Identifier: MIT
"""What makes a folder of `.spacy` files one that `spacy train` starts from: `config.cfg` and a page that says how.

The configuration is what `spacy init config` gives for Arabic (spaCy 3.8, CPU), kept in `resources/formats`: a small
network without vectors, so that nothing is fetched. Knows nothing of Docs, and needs no spaCy.
"""

import json
from collections.abc import Iterable, Sequence
from configparser import ConfigParser
from io import StringIO
from pathlib import Path

from annotator.exporters.base import ExportOptions, ExportSource, Overlap, PartReport
from annotator.exporters.choosing import chosen_labels
from annotator.exporters.naming import Naming
from annotator.paths import resources

#: Where everything is that is not split.
WHOLE = "corpus"
CONFIG_NAME = "config.cfg"
README_NAME = "README.md"

_SPANS = "components.spancat"
_README = """# Training data for spaCy

Made by Tawsim from the project "{project}". Each folder holds `.spacy` files of at most 1,000 documents; spaCy reads
a folder as a whole.

| folder | articles | tags |
|---|---|---|
{rows}

Train, in this folder:

```
python -m spacy train config.cfg --output ../model
```

It trains on `{train}` and is judged by `{dev}`.{caution}
{test}
{pipeline}

Tags are in `doc.spans["sc"]`, those that do not overlap in `doc.ents` as well; `span.id_` is the id of a tag,
`span.kb_id_` that of its actor or event. `doc.cats` holds what is said of the whole document, `doc._.rel` the relations
between entities (`Doc.set_extension("rel", default={{}})`), `doc.user_data["tawsim"]` everything else.

Where a tag begins inside a word (after a proclitic), the word may be cut in two in these files. spaCy's own Arabic
tokenizer does not cut there, so it learns nothing from such tags; export them widened to whole words to train on them.
"""
_NER = "The pipeline is `ner`, which learns the entities of `doc.ents`."
_NER_AND_SPANS = (
    "The pipeline is `ner`, which learns the entities of `doc.ents`, and `spancat`, which learns all of `doc.spans`, "
    "of up to 12 tokens (`max_size`). Take out of `pipeline` what you do not need."
)
_CAUTION = (
    " There is no split to judge by, so it is judged by what it was trained on: export in splits for a true figure."
)


def finish(folder: Path, source: ExportSource, options: ExportOptions, parts: Sequence[PartReport]) -> None:
    """Write the configuration and the page."""
    names = [part.name or WHOLE for part in parts]
    train = "train" if "train" in names else names[0]
    dev = "dev" if "dev" in names else train
    with_spans = options.overlap is Overlap.KEEP
    labels = _labels(source, options)
    _write(folder / CONFIG_NAME, config(train, dev, labels, with_spans=with_spans))
    rows = (f"| `{part.name or WHOLE}` | {part.articles} | {sum(part.labels.values())} |" for part in parts)
    test = "\n```\npython -m spacy evaluate ../model/model-best test\n```\n" if "test" in names else ""
    readme = _README.format(
        project=source.project_name,
        rows="\n".join(rows),
        train=train,
        dev=dev,
        caution=_CAUTION if dev == train else "",
        test=test,
        pipeline=_NER_AND_SPANS if with_spans else _NER,
    )
    _write(folder / README_NAME, readme)


def config(train: str, dev: str, labels: Iterable[str], *, with_spans: bool) -> str:
    """Return the text of the configuration.

    Args:
        train: the folder to train on.
        dev: the folder to judge by.
        labels: what `spancat` tells apart; `ner` learns its labels from the data.
        with_spans: whether there are tags that only `spancat` can learn.
    """
    found = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    found.optionxform = str  # type: ignore[assignment,method-assign]  # keys are kept as they are, as the docs have it
    found.read_string((resources() / "formats" / "spacy.cfg").read_text(encoding="utf-8"))
    found["paths"].update(train=_value(train), dev=_value(dev))
    if with_spans:
        found[f"initialize.{_SPANS}"] = {"labels": _value(list(labels))}
    else:
        for section in [name for name in found.sections() if name.startswith(_SPANS)]:
            del found[section]
        found["nlp"]["pipeline"] = _value(["tok2vec", "ner"])
        weights = found["training.score_weights"]
        for name in [name for name in weights if name.startswith("spans_")]:
            del weights[name]
        weights["ents_f"] = "1.0"
    text = StringIO()
    found.write(text)
    return text.getvalue().rstrip("\n") + "\n"


def _labels(source: ExportSource, options: ExportOptions) -> list[str]:
    naming, chosen = Naming(source.scheme, options.names), chosen_labels(source.scheme, options)
    return sorted(naming.label(one.id) for one in source.scheme.all_labels if chosen is None or one.id in chosen)


def _value(value: object) -> str:
    # A $ would be taken for the name of another value.
    return json.dumps(value, ensure_ascii=False).replace("$", "\\u0024")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
