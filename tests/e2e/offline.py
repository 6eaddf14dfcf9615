# SPDX-License-Identifier: MIT
"""Work of every kind in one process, in which nothing may ask the network or start a program; run by its tests.

Called with what to do, the folder to work in, and whatever files are to be brought in.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ASKED: list[str] = []
#: Binding is none of it: urllib3, which comes with a reader of pages, tries at its start whether there is IPv6 here.
_FORBIDDEN = (
    *("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "socket.sendmsg"),
    *("urllib.", "http.client.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "telnetlib.", "nntplib."),
    *("webbrowser.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.startfile", "subprocess."),
)


def _watch(event: str, details: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        ASKED.append(f"{event} {details}")
        raise PermissionError(f"{event} {details}")


def commands(folder: Path, articles: Sequence[str], annotations: Sequence[str]) -> None:
    """Bring in everything, export it in every format, and bring each export in again."""
    import click

    from annotator.commands import cli
    from annotator.exporters import EXTRAS, FORMATS
    from annotator.exporters.base import Layout

    def run(*words: object) -> int:
        try:
            done = cli.main([str(word) for word in words], prog_name="tawsim", standalone_mode=False)
        except click.ClickException as error:
            error.show()
            return 1
        return int(done or 0)

    path = folder / "p.tawsim"
    run("new", path, "--annotator", "Layla")
    for article in articles:
        run("import", path, article)
        run("columns", article)
    run("tag", path, 1, 0, 4, "ACTOR")
    run("tag", path, 1, 5, 9, "EVENT")
    assert run("check", path) == 0
    for file in annotations:
        run("survey", path, file)
        run("import-annotations", path, file)
    exported = []
    for format_id, kind in FORMATS.items():
        if kind.extra is None or EXTRAS[kind.extra].installed:
            out = folder / f"out-{format_id}{kind.suffix if kind.layout is Layout.FILE else ''}"
            assert run("export", path, out, "--format", format_id) == 0
            exported.append(out)
    again = folder / "again.tawsim"
    run("new", again, "--annotator", "Layla")
    run("import", again, *articles)
    for out in exported:
        run("import-annotations", again, out)
    assert run("check", again) == 0


def window(folder: Path, articles: Sequence[str], _annotations: Sequence[str]) -> None:
    """Open the window, bring in articles, read each, tag, look at the export, search, and close."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QDeadlineTimer, QEventLoop
    from PySide6.QtWidgets import QApplication

    from annotator.model.ids import LabelId
    from annotator.ops import tags
    from annotator.ops.projects import new_project
    from annotator.settings import Settings
    from annotator.ui.app import build, take_down
    from annotator.ui.dialogs.export import ExportDialog
    from annotator.ui.dialogs.import_report import ImportReportDialog
    from annotator.ui.dialogs.prompts import MessageDialog
    from annotator.ui.exporting.material import Material
    from annotator.ui.importing.columns import ColumnsDialog

    app = QApplication([])
    settings = Settings(folder / "settings.json")
    settings.set("annotator_name", "Layla")
    program = build(app, settings)
    shown = program.window
    shown.show()
    for dialog in (ImportReportDialog, MessageDialog, ColumnsDialog):
        setattr(dialog, "ask", lambda *_, **__: None)  # noqa: B010 - of classes of many kinds

    def settle(done: Callable[[], bool]) -> None:
        patience = QDeadlineTimer(60_000)
        while not done() and not patience.hasExpired():
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        assert done()

    new_project(folder / "w.tawsim", annotator="Layla").close()
    shown.files.open_project(folder / "w.tawsim")
    # Whoever closes the question for columns imports nothing.
    shown.imports.import_paths([Path(one) for one in articles if not one.endswith((".csv", ".xlsx", ".jsonl", ".zip"))])
    settle(lambda: not shown.jobs.busy)
    listed = program.session.project.articles()
    assert listed
    for article in listed:
        program.session.select_article(article.id)
        app.processEvents()
    program.session.run(tags.add_tag, listed[0].id, 0, 4, LabelId("ACTOR"))
    dialog = ExportDialog(shown, Material(program.session, settings, folder, ()))
    dialog.open()
    settle(lambda: not dialog.preview.is_busy)
    dialog.reject()
    shown.close()
    take_down(program)
    loaded = {"PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"} & set(sys.modules)
    assert not loaded, loaded


def main() -> None:
    """Do it, and end with 3 where anything was asked for."""
    what, folder, *files = sys.argv[1:]
    articles = [file for file in files if "annotations" not in Path(file).parts]
    annotations = [file for file in files if "annotations" in Path(file).parts]
    sys.addaudithook(_watch)
    {"commands": commands, "window": window}[what](Path(folder), articles, annotations)
    if ASKED:
        print("\n".join(ASKED), file=sys.stderr)
        sys.exit(3)


if __name__ == "__main__":
    main()
