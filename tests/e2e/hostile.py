# SPDX-License-Identifier: MIT
"""Files of every kind that is read, each of which would have something fetched or run; all of it at one address."""

import io
import json
import zipfile
from pathlib import Path

TEXT = "وصل وزير الخارجية إلى أنقرة صباح السبت في زيارة تستمر يومين، يبحث خلالها ملفات التجارة والحدود مع نظيره."


def write_hostile(folder: Path, url: str) -> list[Path]:
    """Write the files, and return them; each names places below `url`."""
    made = {
        "page.html": _page(url).encode(),
        "page.xhtml": b'<?xml version="1.0"?>' + _dtd("html", url).encode() + _page(url).encode(),
        "page.md": f"# خبر\n\n![صورة]({url}/md.png)\n\n<img src='{url}/md2.png'>\n\n[{TEXT}]({url}/md)\n".encode(),
        "drawing.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/svg"/></svg>'.encode(),
        "news.docx": _docx(url),
        "news.odt": _odt(url),
        "table.xlsx": _xlsx(url),
        "table.csv": f'text,url\n"=WEBSERVICE(""{url}/csv"") {TEXT}",{url}/a\n"=cmd|\' /C x\'!A0 {TEXT}",\n'.encode(),
        "records.jsonl": json.dumps({"text": TEXT, "url": f"{url}/jsonl", "image": f"{url}/img"}).encode(),
        "news.pdf": _pdf(url),
        "web.warc": _warc(url),
    }
    made["all.zip"] = _zip({name: content for name, content in made.items() if not name.endswith(".zip")})
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made]


def _dtd(root: str, url: str) -> str:
    return f'<!DOCTYPE {root} SYSTEM "{url}/dtd" [<!ENTITY % p SYSTEM "{url}/p"> <!ENTITY e SYSTEM "{url}/e"> %p;]>'


def _page(url: str) -> str:
    return f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><base href="{url}/base/"/>
<meta http-equiv="refresh" content="0; url={url}/refresh"/><link rel="stylesheet" href="{url}/css"/>
<link rel="canonical" href="{url}/canonical"/><script src="{url}/js"></script><title>خبر</title>
<style>@import url("{url}/import"); body {{ background: url({url}/background) }}</style></head>
<body onload="fetch('{url}/onload')"><article><h1>خبر</h1><p>{TEXT}</p><p>{TEXT} {TEXT}</p>
<img src="{url}/img" srcset="{url}/set 2x"/><iframe src="{url}/iframe"></iframe><object data="{url}/object"></object>
<embed src="{url}/embed"/><video src="{url}/video"></video><svg><image href="{url}/svg"/></svg>
<p>{TEXT}</p></article></body></html>"""


def _zip(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(*lines: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target, mode) in enumerate(lines, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'


_OUT = ' TargetMode="External"'


def _docx(url: str) -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    field = f"<w:fldSimple w:instr='INCLUDETEXT \"{url}/field\"'/>"
    field += "<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r>"
    body = f'<w:p>{field}<w:r><w:t>{TEXT}</w:t></w:r></w:p><w:altChunk r:id="r2" xmlns:r="{_OFFICE}"/>'
    return _zip({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f"<w:document {w}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("attachedTemplate", f"{url}/template.dotm", _OUT), ("aFChunk", f"{url}/chunk", _OUT),
            ("image", f"{url}/image", _OUT), ("oleObject", f"{url}/ole", _OUT), ("hyperlink", f"{url}/link", _OUT),
        ),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    })  # fmt: skip


def _odt(url: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "drawing", "script")
    )
    link = f'xlink:href="{url}/odt" xlink:actuate="onLoad"'
    body = (
        f'<office:scripts><script:event-listener script:event-name="dom:load" {link}/></office:scripts>'
        f"<office:body><office:text><text:p>{TEXT}<drawing:image {link}/></text:p>"
        f"<text:section><text:section-source {link}/></text:section></office:text></office:body>"
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">{body}</office:document-content>'
    )
    return _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _xlsx(url: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<worksheet xmlns="{main}" xmlns:r="{_OFFICE}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr"><is><t>{TEXT}</t></is></c><c r="B2"><f>WEBSERVICE("{url}/f")</f></c></row>'
        f'</sheetData><hyperlinks><hyperlink ref="A2" r:id="r1"/></hyperlinks></worksheet>'
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _zip({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml", ""), ("externalLinkPath", f"{url}/book.xlsx", _OUT)
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": _relations(("hyperlink", f"{url}/cell", _OUT)),
    })  # fmt: skip


def _pdf(url: str) -> bytes:
    script = f"(app.launchURL\\('{url}/js'\\);)"
    action = f"<< /S /URI /URI ({url}/open) /Next << /S /JavaScript /JS {script} >> >>"
    pieces = (
        f"<< /Type /Annot /Subtype /Link /Rect [0 0 400 400] /A {action} >> "
        f"<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /FS /URL /F ({url}/file) >> >>"
    )
    resources = "/Resources << /Font << /F 4 0 R >> >>"
    acts = f"/AA << /O {action} >> /Annots [{pieces}]"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /OpenAction {action} /Names << /JavaScript << /Names [(a) {action}] >> >> >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 5 0 R {resources} {acts} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream("BT /F 12 Tf 20 300 Td (The minister came to Ankara on Saturday for a visit of two days.) Tj ET"),
    ]
    raw, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(raw))
        raw += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(raw)}\n%%EOF"
    return raw + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}{trailer}".encode()


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _warc(url: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nLocation: " + f"{url}/there\r\n\r\n".encode()
    block += _page(url).encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}/warc\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


_XML = "<?xml version='1.0'?>"


def write_annotations(folder: Path, url: str) -> list[Path]:
    """Write files of annotations that would have something fetched or run."""
    codes = 'xmlns="urn:QDA-XML:project:1.0"'
    xmi = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0">&e;</xmi:XMI>'
    made = {
        "project.qdpx": _zip({"project.qde": f"{_XML}{_dtd('Project', url)}<Project {codes}>&e;</Project>"}),
        "book.qdc": f"{_XML}{_dtd('CodeBook', url)}<CodeBook>&e;</CodeBook>",
        "cas.xmi": f"{_XML}{_dtd('xmi', url)}{xmi}",
        "w3c.jsonld": json.dumps({
            "@context": f"{url}/context.jsonld", "type": "Annotation", "id": f"{url}/a",
            "target": {"source": f"{url}/source", "selector": {"type": "TextQuoteSelector", "exact": "وزير"}},
            "body": {"type": "TextualBody", "value": "ACTOR", "purpose": "tagging"},
        }),
        "label-studio.json": json.dumps([{"data": {"text": f"{url}/text.txt"}, "annotations": []}]),
        "prodigy.jsonl": json.dumps({"text": TEXT, "image": f"{url}/image", "spans": [], "html": _page(url)}),
    }  # fmt: skip
    for name, content in made.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return [folder / name for name in made]
