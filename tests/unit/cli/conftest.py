# SPDX-License-Identifier: MIT
"""The command line, called in this process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from annotator import log
from annotator.cli.app import build


@pytest.fixture
def tawsim() -> Iterator[Callable[..., Result]]:
    """Return what calls the command line; an exception that is no message fails the test."""
    cli = build()

    def run(*arguments: object, code: int = 0, language: str = "en") -> Result:
        words = ["--language", language, *map(str, arguments)]
        result = CliRunner().invoke(cli, words, prog_name="tawsim")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    yield run
    log.shut_logging()


@pytest.fixture
def tawsim_json(tawsim: Callable[..., Result]) -> Callable[..., Any]:
    """Return what calls the command line with `--json` and reads what it prints."""
    return lambda *arguments, code=0: json.loads(tawsim(*arguments, "--json", code=code).stdout)


@pytest.fixture
def path(tmp_path: Path, tawsim: Callable[..., Result], new_file: bytes, article_files: list[Path]) -> Path:
    """Return a project of two articles, which the command line has imported."""
    path = tmp_path / "p.tawsim"
    path.write_bytes(new_file)
    tawsim("import", path, *article_files, "--annotator", "Layla")
    return path
