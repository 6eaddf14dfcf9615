# SPDX-License-Identifier: MIT
"""Files of INCEpTION, WebAnno and REFI-QDA with anything changed in them: read, or refused with a reason."""

import io
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.registry import find_foreign_format

TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.A|value|ROLE_webanno.custom.A:r_webanno.custom.L|uima.tcas.Annotation
#T_RL=webanno.custom.R|value|BT_webanno.custom.A


#Text=بأردوغان 😀
1-1\t0-8\tبأردوغان\t_\t_\t_\t_\t_\t
1-1.1\t1-8\tأردوغان\tX[1]|Y[2]\tp[1]|*[2]\t1-2[3]|*\tr\t1-2[3_1]\t
1-2\t9-11\t😀\tZ[3]\t*[3]\t*\t_\t_\t
""".encode()
XMI = """<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
xmlns:c="http:///webanno/custom.ecore" xmi:version="2.0"><c:A xmi:id="2" sofa="1" begin="0" end="2" value="X" s="4"/>
<c:R xmi:id="3" sofa="1" begin="0" end="2" Governor="2" Dependent="2"/><c:L xmi:id="4" role="r" target="2"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="😀 a"/><cas:View sofa="1" members="2 3"/></xmi:XMI>
""".encode()
JSON = """{"%TYPES": {}, "%FEATURE_STRUCTURES": [
{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "😀 a"},
{"%ID": 2, "%TYPE": "webanno.custom.A", "@sofa": 1, "begin": 0, "end": 2, "value": "X", "more": "{}", "@s": 4},
{"%ID": 4, "%TYPE": "webanno.custom.L[]", "%ELEMENTS": [5]}, {"%ID": 5, "%TYPE": "webanno.custom.L", "@target": 2}],
"%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}}}
""".encode()
_G = "00000000-0000-0000-0000-00000000000"
QDE = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes><Code guid="{_G}1" name="A"
isCodable="true"/></Codes></CodeBook>
<Cases><Case guid="{_G}2" name="C"><SelectionRef targetGUID="{_G}3"/></Case></Cases>
<Sources>
<TextSource guid="{_G}4"><PlainTextContent>a&#13;
b 😀</PlainTextContent><PlainTextSelection guid="{_G}3" startPosition="3" endPosition="4"><Coding guid="{_G}5">
<CodeRef targetGUID="{_G}1"/></Coding></PlainTextSelection></TextSource></Sources><Links><Link guid="{_G}6"
originGUID="{_G}3" targetGUID="{_G}2"/></Links></Project>""".encode()

#: What matters to one of these formats.
_PIECES = [
    b"", b"\t", b"\n", b"_", b"*", b"|", b"[", b"]", b";", b"\\", b"-", b'"', b"<", b">", b"&", b"{", b"}", b",", b"%",
    b"@", b"0", b"1", b"-1", b"99999999999999999999", b"null", b"\xff", b"\xf0\x9f", b"\x00", b"\r\n", b"#", b"1-1[9]",
    b'"\\ud800"', b"1e999", b"<!DOCTYPE a>",
]  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(_PIECES)), min_size=1, max_size=4)


def _packed(qde: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("project.qde", qde)
    return buffer.getvalue()


CASES = {
    "webanno-tsv": ("x.tsv", TSV, bytes),
    "cas-xmi": ("x.xmi", XMI, bytes),
    "cas-json": ("x.json", JSON, bytes),
    "refi-qda": ("x.qdpx", QDE, _packed),
}


@pytest.mark.parametrize("kind", CASES)
def test_as_they_are_they_are_read(tmp_path: Path, kind: str) -> None:
    name, raw, pack = CASES[kind]
    (tmp_path / name).write_bytes(pack(raw))

    [document] = find_foreign_format(kind).read(tmp_path / name)

    assert document.tags
    assert document.relations


@pytest.mark.parametrize("kind", CASES)
@given(edits=EDITS)
@settings(max_examples=120)
def test_whatever_is_changed_is_read_or_refused(kind: str, edits: list[tuple[float, int, bytes]]) -> None:
    name, raw, pack = CASES[kind]
    for place, length, piece in edits:
        start = int(place * len(raw))
        raw = raw[:start] + piece + raw[start + length :]
    known = find_foreign_format(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(pack(raw))
        with suppress(UserError):
            known.recognise(path)
            known.header(path)
            for document in known.read(path):
                assert all(0 <= tag.start < tag.end for tag in document.tags)
