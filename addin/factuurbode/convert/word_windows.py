"""Starting a Word of our own on Windows, and ending its process by its id. Only Windows can import this.

It was not run: no machine of this project has Windows.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from ..errors import ConverterMissing

assert sys.platform == "win32"  # noqa: S101 - tells the type checker, too, what this file is for

import pythoncom
import pywintypes
import win32api
import win32con
import win32event
import win32process
from win32com.client import DispatchEx


@dataclass(frozen=True, slots=True)
class Process:
    """A process by an open handle, so that its id cannot have become another's."""

    handle: Any

    def ended_within(self, seconds: float) -> bool:
        """See `word.WordProcess`."""
        return bool(win32event.WaitForSingleObject(self.handle, int(seconds * 1000)) == win32event.WAIT_OBJECT_0)

    def kill(self) -> None:
        """See `word.WordProcess`."""
        if not self.ended_within(0):
            win32api.TerminateProcess(self.handle, 1)


class WindowsWord:
    """`word.WordSystem` over pywin32."""

    failures = (pywintypes.com_error, AttributeError)  # a proxy whose server is gone may know no names any more

    def start(self) -> tuple[Any, Process]:
        """See `word.WordSystem`. `DispatchEx` starts a new process; `Dispatch` could give the user's own Word."""
        pythoncom.CoInitialize()
        try:
            application = DispatchEx("Word.Application")
        except pywintypes.com_error as error:
            raise ConverterMissing(detail=f"Word: {error}") from error
        blank = application.Documents.Add(Visible=False)  # only a document has a window, and only a window has a pid
        _, pid = win32process.GetWindowThreadProcessId(blank.ActiveWindow.Hwnd)
        blank.Close(SaveChanges=0)
        rights = win32con.PROCESS_TERMINATE | win32con.SYNCHRONIZE
        return application, Process(win32api.OpenProcess(rights, False, pid))
