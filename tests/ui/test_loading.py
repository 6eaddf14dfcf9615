# SPDX-License-Identifier: MIT
"""What loading Qt leaves out must not be missed: in a process of its own, as Qt is loaded here already."""

import subprocess
import sys

_PROGRAM = """
import builtins, re
ordinary, compiled = builtins.__import__, re.compile
import annotator.ui
assert builtins.__import__ is ordinary
assert re.compile is compiled
from PySide6.QtCore import QObject
from shibokensupport.signature.lib.pyi_generator import Formatter
assert Formatter.split.__class__.__name__ == "_LatePattern"
assert Formatter.split("a,b=c") == ["", "a", ",", "b", "=", "c", ""]
try:
    QObject().setObjectName(QObject())
except TypeError as error:
    print(error)
"""


def test_what_qt_says_of_a_wrong_call_is_read_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "QObject.setObjectName(name: " in done.stdout
