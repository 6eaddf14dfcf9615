# SPDX-License-Identifier: MIT
"""The form that asks for the rest of a tag, by keyboard or mouse: where its relations lead, and its attributes.

`answers` and `candidates` know no widget; `questions` say what each row of the form asks; `panel` shows any questions
beside a tag, those of other small forms too.
"""
