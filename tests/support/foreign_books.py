"""The same workbook as other programs would have written it, with everything a baker may put beside our columns."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from PIL import Image

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PIVOT = {
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
        f'<pivotCacheDefinition xmlns="{MAIN}" saveData="0" refreshOnLoad="0"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B3" sheet="Omzet"/></cacheSource><cacheFields count="2">'
        '<cacheField name="Maand"><sharedItems/></cacheField><cacheField name="Omzet"><sharedItems/></cacheField>'
        "</cacheFields></pivotCacheDefinition>",
    ),
    "xl/pivotTables/pivotTable1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="Draaitabel" cacheId="7" dataCaption="Waarden">'
        '<location ref="H1:I3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>',
    ),
    "xl/slicers/slicer1.xml": (
        "application/vnd.ms-excel.slicer+xml",
        '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<slicer name="Klant" cache="Slicer_Klant" rowHeight="241300"/></slicers>',
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        "application/vnd.ms-excel.slicerCache+xml",
        '<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'name="Slicer_Klant" sourceName="Klant"/>',
    ),
    "xl/printerSettings/printerSettings1.bin": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
        "\x00\x01binair\x02",
    ),
    "customXml/item1.xml": ("application/xml", "<bakker xmlns='urn:bakker'>eigen gegevens</bakker>"),
}
"""Parts that no library writes for us, hand-made: they only have to stay as they are."""


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part of a package, by name, in order."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def written_anew(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A package of *parts* at *path*."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def opened(path: Path, *, values: bool = False) -> openpyxl.Workbook:
    """A workbook by openpyxl, which says of much that it would lose it: this is only to look."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=values)


def sheet_part(path: Path, title: str) -> str:
    """The part in which the sheet *title* is."""
    parts = parts_of(path)
    relation = re.search(rf'<sheet [^>]*name="{title}"[^>]*r:id="(\w+)"', parts["xl/workbook.xml"].decode())
    assert relation
    rels = re.findall(r"<Relationship [^>]*>", parts["xl/_rels/workbook.xml.rels"].decode())
    (target,) = [found for found in rels if f'Id="{relation[1]}"' in found]
    name = re.search(r'Target="([^"]+)"', target)
    assert name
    return "xl/" + name[1].removeprefix("/xl/")


def changed(path: Path, title: str, change: Callable[[str], str]) -> Path:
    """*path* with the XML of one sheet changed."""
    parts, part = parts_of(path), sheet_part(path, title)
    after = change(parts[part].decode())
    assert after != parts[part].decode()
    parts[part] = after.encode()
    return written_anew(path, parts)


def by_excel(
    book: Path, path: Path, *, from_1904: bool = False, totals: bool = False, dates: str = "dd-mm-yyyy hh:mm"
) -> Path:
    """*book* as Excel writes: shared strings, tables, and a chart, pictures, notes, a text box, filters and more.

    An extra column stands inside the tables of invoices and log; *totals* gives both a totals row. Cells for days and
    moments have the number format *dates*.
    """
    source = opened(book)
    options = {"date_1904": from_1904, "default_date_format": "dd-mm-yyyy", "strings_to_formulas": False}
    target = xlsxwriter.Workbook(path, options)
    dated = target.add_format({"num_format": dates})
    bold = target.add_format({"bold": True, "bg_color": "#F6E3C5"})
    for sheet in source.worksheets:
        made = target.add_worksheet(sheet.title)
        rows = [list(row) for row in sheet.iter_rows()]
        for table in sheet.tables.values():
            _table(made, rows, table, dated, totals=totals and sheet.title in ("Facturen", "Logboek"))
            break
        else:
            for row, cells in enumerate(rows):
                _row(made, row, cells, dated)
        made.freeze_panes(4, 1)
    _extras(target, target.get_worksheet_by_name("Facturen"), bold)
    _extras(target, target.get_worksheet_by_name("Logboek"), bold)
    _turnover(target)
    target.close()
    return _with_hand_made(path)


def _row(made: Any, row: int, cells: list[Any], dated: Any) -> None:
    for column, cell in enumerate(cells):
        value = cell.value
        if isinstance(value, str) and value.startswith("="):
            made.write_formula(row, column, value, None, 0)
        elif isinstance(value, dt.datetime | dt.date):
            made.write_datetime(row, column, value, dated)
        elif value is not None:
            made.write(row, column, value)
        elif cell.is_date:
            made.write_blank(row, column, None, dated)


def _table(made: Any, rows: list[list[Any]], table: Any, dated: Any, *, totals: bool) -> None:
    """The rows with their table, one column wider, that ends with its last row that holds something typed."""
    first, last = (int(number) for number in re.findall(r"\d+", table.ref))
    width = len(rows[first - 1])
    filled = [row[0].row for row in rows[first:last] if any(cell.value is not None for cell in row)]
    end = max(filled, default=first + 1)
    for row, cells in enumerate(rows[:end]):
        _row(made, row, cells, dated)
    columns = [{"header": str(cell.value)} for cell in rows[first - 1]]
    if totals:
        columns[0]["total_string"] = "Totaal"
        columns[1]["total_function"] = "count"
    columns.append({"header": "Eigen kolom", "formula": "=ROW()"})
    options = {"columns": columns, "name": table.displayName, "total_row": totals}
    made.add_table(first - 1, 0, end - 1 + totals, width, options)


def _extras(target: Any, made: Any, bold: Any) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (24, 24), "brown").save(picture, "PNG")
    made.insert_image("Z2", "brood.png", {"image_data": picture})
    made.insert_textbox("Z8", "Niet vergeten: vrijdag taart")
    made.write_comment("A5", "let op", {"author": "bakker"})
    made.insert_button("Z14", {"caption": "Druk"})
    chart = target.add_chart({"type": "column"})
    chart.add_series({"values": "=Omzet!$B$2:$B$3"})
    made.insert_chart("Z20", chart)
    made.conditional_format("A5:H9", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
    made.data_validation("Y5:Y50", {"validate": "list", "source": ["ja", "nee"]})
    made.add_sparkline("Y2", {"range": "Omzet!B2:B3"})
    made.set_row(8, None, None, {"hidden": True})
    made.set_column("H:H", 40, bold, {"level": 1})


def _turnover(target: Any) -> None:
    sheet = target.add_worksheet("Omzet")
    for row, cells in enumerate((["Maand", "Omzet"], ["jan", 100], ["feb", 120])):
        sheet.write_row(row, 0, cells)
    sheet.autofilter("A1:B3")
    sheet.filter_column("A", "x == jan")
    sheet.write_dynamic_array_formula("D1", "=UNIQUE(A2:A3)", None, "jan")
    sheet.write_url("E1", "https://bakker.example", string="site")
    sheet.write_rich_string("E2", "gewoon ", target.add_format({"italic": True}), "schuin")


def _with_hand_made(path: Path) -> Path:
    """The parts that XlsxWriter cannot make, with their content types and relations."""
    parts = parts_of(path)
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in PIVOT.items())
    types = parts["[Content_Types].xml"].replace(b"</Types>", overrides.encode() + b"</Types>")
    parts["[Content_Types].xml"] = types
    for name, (_, content) in PIVOT.items():
        parts[name] = content.encode()
    rels = parts["xl/_rels/workbook.xml.rels"]
    extra = (
        f'<Relationship Id="rIdPivot" Type="{REL}/pivotCacheDefinition" '
        'Target="pivotCache/pivotCacheDefinition1.xml"/>'
        '<Relationship Id="rIdSlicer" Type="http://schemas.microsoft.com/office/2007/relationships/slicerCache" '
        'Target="slicerCaches/slicerCache1.xml"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(b"</Relationships>", extra.encode() + b"</Relationships>")
    return written_anew(path, parts)


def with_pivot_of(path: Path, sheet: str, ref: str) -> Path:
    """*path* with the cache of a pivot table of the cells *ref* of *sheet*."""
    parts = parts_of(path)
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    kind, content = PIVOT[name]
    parts[name] = content.replace('ref="A1:B3" sheet="Omzet"', f'ref="{ref}" sheet="{sheet}"').encode()
    types = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types)
    relation = f'<Relationship Id="rIdPivot" Type="{REL}/pivotCacheDefinition" Target="{name[3:]}"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())
    return written_anew(path, parts)
