# SPDX-License-Identifier: MIT
"""Take the tour with a built program: it must find its fonts, translations and schemes without Python.

python packaging/try_program.py dist/tawsim
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
OUT = ROOT / "build" / "tour"
# Nothing of the checkout or of its environment may help the program along.
_HIDDEN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "QT_PLUGIN_PATH")


def main(folder: Path) -> int:
    """Run the program's tour from an empty home, and look for what it must leave."""
    program = folder.resolve() / ("tawsim.exe" if os.name == "nt" else "tawsim")
    shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as home:
        given = {name: value for name, value in os.environ.items() if name not in _HIDDEN}
        environment = {**given, "HOME": home, "TAWSIM_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        environment["TAWSIM_PASSWORD"] = "of a project that is made and opened here"
        encrypted = [["new", "secret", "--encrypt"], ["check", "secret"]]
        for arguments in (["--version"], *encrypted, ["tour", str(SEEDS), "--out", str(OUT)]):
            print("+", program.name, *arguments, flush=True)
            done = subprocess.run([program, *arguments], cwd=home, env=environment, check=False)
            if done.returncode:
                print(f"The built program failed with {done.returncode}", file=sys.stderr)
                return 1
    pictures, projects = list(OUT.rglob("*.png")), list(OUT.rglob("*.tawsim"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{len(pictures)} pictures, {len(projects)} projects in {OUT}; the program takes {size / 1e6:.0f} MB")
    return 0 if pictures and projects else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
