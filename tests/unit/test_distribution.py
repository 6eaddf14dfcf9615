# SPDX-License-Identifier: MIT
"""What the repository holds (the corpus byte for byte, fonts with licences) and what the wheel holds."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"


def test_the_corpus_is_as_it_was_supplied(seed_paths):
    table = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    promised = dict(re.findall(r"^\| `(\S+)` \| \d+ \| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in seed_paths} == promised


def test_every_font_comes_with_its_licence():
    fonts = sorted((RESOURCES / "fonts").glob("*.ttf"))
    assert len(fonts) == 4
    for font in fonts:
        licence = font.with_name(font.stem.split("-")[0] + "-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert licence.startswith("Copyright")


def test_icons_are_coloured_by_the_theme():
    icons = sorted((RESOURCES / "icons").glob("*.svg"))
    own = RESOURCES / "icons" / "tawsim.svg"
    assert own in icons
    for icon in set(icons) - {own}:
        drawing = icon.read_text(encoding="utf-8")
        assert "currentColor" in drawing
        assert "#" not in drawing


@pytest.mark.slow
def test_the_wheel_holds_resources_and_no_corpus(tmp_path, seed_paths):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("tawsim-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"annotator/resources/{p.relative_to(RESOURCES).as_posix()}" for p in RESOURCES.rglob("*") if p.is_file()}
    assert wanted <= names
    assert {f"annotator/store/sql/{p.name}" for p in (ROOT / "annotator/store/sql").glob("*.sql")} <= names
    assert not {Path(name).name for name in names} & {path.name for path in seed_paths}
    assert not [name for name in names if "seeds" in Path(name).parts]
