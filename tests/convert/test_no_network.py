"""A document that wants something from the network gets nothing."""

from __future__ import annotations

import socket
import zipfile
from io import BytesIO

import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.verify import verify
from factuurbode.ports import Document
from support.documents import an_invoice_docx, with_members

pytestmark = pytest.mark.libreoffice

PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="77" name="x"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rIdX"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def test_a_linked_picture_is_not_fetched(libreoffice: LibreOffice) -> None:
    docx = an_invoice_docx("1")
    with zipfile.ZipFile(BytesIO(docx)) as package:
        document = package.read("word/document.xml").decode()
        relationships = package.read("word/_rels/document.xml.rels").decode()
    with socket.create_server(("127.0.0.1", 0)) as server:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        target = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        link = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}" TargetMode="External"/>'
        hostile = with_members(
            docx,
            {
                "word/document.xml": document.replace("<w:sectPr", PICTURE + "<w:sectPr", 1).encode(),
                "word/_rels/document.xml.rels": relationships.replace("</Rel", link + "</Rel").encode(),
            },
        )

        [conversion] = libreoffice.convert([Document("1", hostile)])

        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert verify(conversion.pdf, "1") == 1
