# SPDX-License-Identifier: MIT
"""The one exception for what a user can cause or mend.

Knows nothing of language: an error carries a key and its parameters; `annotator.i18n` turns them into a sentence that
says what happened, to which thing, and what to do. Any other exception is a bug.
"""


class UserError(Exception):
    """Something in the input or the environment that the user can understand and mend.

    Attributes:
        key: which error, a key of `annotator.i18n.ERROR_MESSAGES`.
        params: what the sentence names (paths, numbers, labels), never sentences themselves.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.key}({details})"


#: What the environment refuses a change for: nothing is wrong with the change, and it may succeed the next time.
OBSTACLES = frozenset(
    {
        "project_busy",
        "disk_full",
        "write_failed",
        "project_read_only",
        "project_moved",
        "path_unwritable",
        "beside_unwritable",
    }
)
