"""Windows' print spooler through pywin32: each page of a PDF is drawn on the printer by PDFium. Only for Windows.

Written from Microsoft's documentation; it has not been run.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"  # noqa: S101 - tells the type checker, too, what this file is for

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pywintypes
import win32con
import win32gui
import win32print
from PIL import ImageWin

from ..errors import PrinterUnreachable
from ..ports import PrintOptions
from .windows_printer import Abilities, Job, JobStatus, PrinterStatus

_POINTS_PER_INCH = 72
_MOST_DOTS = 600
"""Dots an inch beyond which an invoice looks no better and a page takes much memory."""

_LONG_EDGE, _ONE_SIDED = 2, 1  # DMDUP_VERTICAL, DMDUP_SIMPLEX
_COLOUR, _MONOCHROME = 2, 1  # DMCOLOR_COLOR, DMCOLOR_MONOCHROME


class WindowsSpooler:
    """`windows_printer.Spooler`."""

    def printers(self) -> tuple[str, ...]:
        """See `Spooler.printers`."""
        with _answering():
            flags = win32print.PRINTER_ENUM_LOCAL | win32print.PRINTER_ENUM_CONNECTIONS
            return tuple(sorted(name for _, _, name, _ in win32print.EnumPrinters(flags, None, 1)))

    def abilities(self, printer: str) -> Abilities:
        """See `Spooler.abilities`."""
        with _opened(printer) as handle:
            facts = win32print.GetPrinter(handle, 2)
            port = facts["pPortName"]
            return Abilities(
                status=PrinterStatus(facts["Status"]),
                two_sided=win32print.DeviceCapabilities(printer, port, win32con.DC_DUPLEX) == 1,
                trays=tuple(_bins(printer, port)),
            )

    def queue_held(self, printer: str, title: str, pdf: Path, options: PrintOptions) -> int:
        """See `Spooler.queue_held`. The job is held before its first page, so that nothing is printed of it yet."""
        with _opened(printer) as handle:
            canvas = win32gui.CreateDC("WINSPOOL", printer, _wishes(handle, printer, options))
            try:
                number = int(win32print.StartDoc(canvas, (title, None, None, 0)))
                win32print.SetJob(handle, number, 0, None, win32print.JOB_CONTROL_PAUSE)
                try:
                    _draw(canvas, pdf)
                except BaseException:
                    win32print.AbortDoc(canvas)
                    raise
                win32print.EndDoc(canvas)
            finally:
                win32gui.DeleteDC(canvas)
        return number

    def let_go(self, printer: str, number: int) -> None:
        """See `Spooler.let_go`."""
        with _opened(printer) as handle:
            win32print.SetJob(handle, number, 0, None, win32print.JOB_CONTROL_RESUME)

    def jobs(self, printer: str) -> Mapping[int, Job]:
        """See `Spooler.jobs`."""
        with _opened(printer) as handle:
            found = win32print.EnumJobs(handle, 0, 0xFFFF, 1)
        return {job["JobId"]: Job(job["JobId"], job["pDocument"] or "", JobStatus(job["Status"])) for job in found}


def _wishes(handle: Any, printer: str, options: PrintOptions) -> Any:
    """The printer's own DEVMODE with *options* in it, made consistent by its driver."""
    facts = win32print.GetPrinter(handle, 2)
    mode = facts["pDevMode"]
    mode.Copies = options.copies
    mode.Duplex = _LONG_EDGE if options.two_sided else _ONE_SIDED
    mode.Color = _COLOUR if options.colour else _MONOCHROME
    mode.Fields |= win32con.DM_COPIES | win32con.DM_DUPLEX | win32con.DM_COLOR
    tray = _bins(printer, facts["pPortName"]).get(options.tray.strip().casefold()) if options.tray else None
    if tray is not None:
        mode.DefaultSource = tray
        mode.Fields |= win32con.DM_DEFAULTSOURCE
    win32print.DocumentProperties(0, handle, printer, mode, mode, win32con.DM_IN_BUFFER | win32con.DM_OUT_BUFFER)
    return mode


def _bins(printer: str, port: str) -> dict[str, int]:
    """The trays by their names, without case."""
    names = win32print.DeviceCapabilities(printer, port, win32con.DC_BINNAMES)
    numbers = win32print.DeviceCapabilities(printer, port, win32con.DC_BINS)
    if not isinstance(names, (list, tuple)) or not isinstance(numbers, (list, tuple)):
        return {}
    return {str(name).rstrip("\0").casefold(): int(number) for name, number in zip(names, numbers, strict=False)}


def _draw(canvas: int, pdf: Path) -> None:
    """Each page at its true size; the part of the paper that the printer cannot reach is cut off, not shrunk."""
    across, down = (win32print.GetDeviceCaps(canvas, what) for what in (win32con.LOGPIXELSX, win32con.LOGPIXELSY))
    left, top = (
        win32print.GetDeviceCaps(canvas, what) for what in (win32con.PHYSICALOFFSETX, win32con.PHYSICALOFFSETY)
    )
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            width, height = page.get_size()
            image = page.render(scale=min(across, _MOST_DOTS) / _POINTS_PER_INCH).to_pil()
            right = round(width / _POINTS_PER_INCH * across) - left
            bottom = round(height / _POINTS_PER_INCH * down) - top
            win32print.StartPage(canvas)
            ImageWin.Dib(image).draw(canvas, (-left, -top, right, bottom))
            win32print.EndPage(canvas)
            page.close()
    finally:
        document.close()


@contextmanager
def _opened(printer: str) -> Iterator[Any]:
    with _answering():
        handle = win32print.OpenPrinter(printer)
        try:
            yield handle
        finally:
            win32print.ClosePrinter(handle)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except pywintypes.error as error:
        raise PrinterUnreachable(detail=str(error.strerror or error)) from error
