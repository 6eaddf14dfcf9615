# SPDX-License-Identifier: MIT
import sys

import pytest

from annotator import paths


def test_one_variable_moves_all_folders(user_home):
    found = [paths.config_dir(), paths.data_dir(), paths.log_dir()]
    assert all(folder.parent == user_home for folder in found)
    assert len(set(found)) == 3


def test_without_it_the_platform_says_where(monkeypatch):
    monkeypatch.delenv("TAWSIM_HOME")
    assert "tawsim" in str(paths.data_dir()).lower()


@pytest.mark.parametrize(
    "name", ["fonts/Vazirmatn-Regular.ttf", "schemes/default.json", "translations/ar/LC_MESSAGES/tawsim.mo"]
)
def test_resources_are_found(name):
    assert (paths.resources() / name).is_file()


def test_a_frozen_program_looks_beside_itself(tmp_path, monkeypatch):
    (tmp_path / "annotator" / "resources").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "annotator" / "resources"
    assert paths.seeds() is None


def test_seeds_lie_in_a_checkout(seed_paths):
    assert paths.seeds() == seed_paths[0].parent
    assert len(seed_paths) == 5


def test_what_the_system_will_not_say_is_not_there(tmp_path):
    long = tmp_path / ("x" * 300)
    assert not paths.is_there(long)
    assert not paths.is_folder(long)
    assert paths.is_there(tmp_path)
    assert paths.is_folder(tmp_path)


def test_links_that_lead_in_a_circle_stay(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert paths.real(loop).name == "loop"


def test_bytes_that_are_no_utf8_are_spelled():
    assert paths.spelled("خبر\udcff.txt") == "خبر\\udcff.txt"
