# SPDX-License-Identifier: MIT
"""`python -m benchmarks`: measure, print the table, keep a JSON. No test, and gates nothing but its own failures."""

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import materials, proclitics, reporting, running, variants
from benchmarks.cases import CASES, Case
from benchmarks.running import CaseError, Row

_RESULTS = Path(__file__).parent / "results"
_ARTICLES = 1_000
_QUICK_ARTICLES = 200
#: Measured in this process and not in seconds, so no `Case`.
_PROCLITICS, _VARIANTS = "proclitics", "variants"


def main() -> int:
    """Run the chosen cases; return 1 if one could not be measured."""
    options = _options()
    articles = _QUICK_ARTICLES if options.quick else _ARTICLES
    _RESULTS.mkdir(exist_ok=True)
    rows: list[Row] = []
    failed: list[str] = []
    if cases := _chosen(options.only):
        # In the checkout, not in the system's temporary folder: that one may lie in memory, where no commit waits.
        with tempfile.TemporaryDirectory(dir=_RESULTS, prefix="work-") as folder:
            print("Preparing the articles …", file=sys.stderr)
            materials.prepare(Path(folder), articles)
            rows, failed = _measure(cases, Path(folder), quick=options.quick)
        print(reporting.table(rows, articles))
    record = reporting.record(rows, failed, articles=articles, quick=options.quick)
    if options.only is None or _PROCLITICS in options.only:
        print(proclitics.table())
        record[_PROCLITICS] = {name: score.all for name, score in proclitics.scores().items()}
    if options.only is None or _VARIANTS in options.only:
        print(variants.table())
        record[_VARIANTS] = {name: [score.found, score.false] for name, score in variants.scores().items()}
    _keep(options.json, record)
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and articles: a look, not a measurement")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=[*(case.name for case in CASES), _PROCLITICS, _VARIANTS],
        help="this case; repeatable",
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="where to keep the figures")
    return parser.parse_args()


def _chosen(names: list[str] | None) -> list[Case]:
    return [case for case in CASES if names is None or case.name in names]


def _measure(cases: list[Case], folder: Path, *, quick: bool) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    failed: list[str] = []
    for case in cases:
        print(f"Measuring {case.name} …", file=sys.stderr)
        try:
            rows += running.run(case, folder, quick=quick)
        except CaseError as error:
            failed.append(case.name)
            print(f"FAILED: {case.name}\n{error}", file=sys.stderr)
    return rows, failed


def _keep(path: Path | None, record: dict[str, object]) -> None:
    path = path or _RESULTS / f"bench-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Kept in {path}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
