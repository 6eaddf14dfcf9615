# SPDX-License-Identifier: MIT
"""Taking over what others have annotated: their labels, their articles, their annotators, as one act.

`importing` is the act; the other modules each settle one question of it.
"""

from annotator.ops.foreign.importing import import_annotations, survey_file
from annotator.ops.foreign.report import AnnotationReport, Trouble, TroubleKind

__all__ = ["AnnotationReport", "Trouble", "TroubleKind", "import_annotations", "survey_file"]
