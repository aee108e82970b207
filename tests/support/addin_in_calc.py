"""The add-in inside LibreOffice Calc, for `support.addin`: run by the Python that has `uno`, spoken to in JSON.

    python addin_in_calc.py ADDIN_URL SOFFICE PROFILE_URL PIPE

Each line of the standard input is a list: the name of a function below and its arguments. Each line of the standard
output answers it: {"answer": …} or {"error": …}. LibreOffice knows no `#If` and no ribbon, so xlwings' module and our
module Host are replaced by recorders. Without windows it knows no workbook in front either, so `ActiveWorkbook` becomes
the one that was opened or activated here last. All the rest is the add-in's own VBA.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

_STANDARD = "Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\n"
_BENCH = 'ThisWorkbook.Sheets(1).Range("{}").Value'
_RECORDED = {
    "command": "F1",
    "said": "F2",
    "status": "F3",
    "fault": "F4",
    "dutch": "F5",
    "mac": "F6",
    "start": "F7",
    "front": "F8",
}

HOST = (
    _STANDARD
    + """
Public Function IsDutch() As Boolean
    IsDutch = ({dutch} = "yes")
End Function
Public Function IsMac() As Boolean
    IsMac = ({mac} = "yes")
End Function
Public Sub FillStatusBar(ByVal text As String)
    {status} = text
End Sub
Public Sub ClearStatusBar()
    {status} = ""
End Sub
Public Function IsStatusBarFree() As Boolean
    IsStatusBarFree = ({status} = "")
End Function
Public Sub Tell(ByVal message As String, ByVal title As String)
    {said} = title & ": " & message
End Sub
"""
)

XLWINGS = (
    _STANDARD
    + """
Public Function RunPython(PythonCommand As String)
    {command} = PythonCommand
    If {fault} = "raise" Then Err.Raise 53, "xlwings", "made up"
    If {fault} = "-1" Then
        RunPython = -1
    ElseIf {start} <> "" Then
        Dim request As Integer
        request = FreeFile
        Open {start} & ".request" For Output As #request
        Print #request, PythonCommand
        Print #request, WorkbookInFront.FullName
        Print #request, ThisWorkbook.FullName
        Print #request, WorkbookInFront.Name
        Close #request
        Shell {start}, 0, "", False
    End If
End Function
"""
)

PRESS = (
    _STANDARD
    + """
Public Function WorkbookInFront() As Object
    If {front} = "" Then
        Set WorkbookInFront = Nothing
    Else
        Set WorkbookInFront = Workbooks({front})
    End If
End Function

Public Function Press(ByVal callback As String, ByVal theId As String, ByVal theTag As String) As Variant
    Dim control As New FakeControl
    Dim answer As Variant
    control.ID = theId
    control.Tag = theTag
    If callback = "RibbonAction" Then RibbonAction control
    If callback = "RibbonLabel" Then RibbonLabel control, answer
    If callback = "RibbonScreentip" Then RibbonScreentip control, answer
    If callback = "RibbonSupertip" Then RibbonSupertip control, answer
    If callback = "RibbonEnabled" Then RibbonEnabled control, answer
    Press = answer
End Function
"""
)

CONTROL = """Rem Attribute VBA_ModuleType=VBAClassModule
Option VBASupport 1
Option ClassModule
Public ID As String
Public Tag As String
"""


def value_of(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(soffice: str, profile: str, pipe: str) -> Any:
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo", "--nodefault"]
    command += [f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 240
    while time.monotonic() < until:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception as error:
            if process.poll() == 81:  # a new profile: LibreOffice asks to be started again
                process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            elif process.poll() is not None:
                raise RuntimeError(f"soffice ended with {process.poll()}") from error
            time.sleep(0.05)
    raise RuntimeError("soffice does not answer")


class Bench:
    """What can be asked of the add-in and of Calc."""

    def __init__(self, office: Any, addin: str) -> None:
        self.office = office
        self.addin = self._load(addin, value_of("Hidden", True), value_of("FilterName", "Calc MS Excel 2007 VBA XML"))
        self.project = self.addin.BasicLibraries.ProjectName
        self.library = self.addin.BasicLibraries.getByName(self.project)
        self.sources = {name: self.library.getByName(name) for name in self.library.ElementNames}
        cells = {name: _BENCH.format(place) for name, place in _RECORDED.items()}
        for name in ("xlwings", "Dictionary", "Host"):
            self.library.removeByName(name)
        self.library.insertByName("xlwings", XLWINGS.format(**cells))
        self.library.insertByName("Host", HOST.format(**cells))
        self.library.insertByName("Press", PRESS.format(**cells))
        for name in ("Books", "Ribbon"):
            self.library.replaceByName(name, self.sources[name].replace("ActiveWorkbook", "WorkbookInFront"))
        kind = uno.createUnoStruct("com.sun.star.script.ModuleInfo")
        kind.ModuleType = 2
        self.library.insertModuleInfo("FakeControl", kind)
        self.library.insertByName("FakeControl", CONTROL)
        self.books: dict[str, Any] = {}

    def modules(self) -> dict[str, str]:
        """The sources as Calc read them."""
        return self.sources

    def compiles(self, module: str) -> str:
        """'' when Calc compiles the add-in's own *module*, else what it says."""
        probe = '\nPublic Function ProbeOfTest() As String\nProbeOfTest = "compiled"\nEnd Function\n'
        present = self.library.getByName(module)
        self.library.replaceByName(module, self.sources[module] + probe)
        try:
            answer = self.call(f"{module}.ProbeOfTest")
            return "" if answer == "compiled" else repr(answer)
        except Exception as error:
            return str(error)[:300] or "it did not run"
        finally:
            self.library.replaceByName(module, present)

    def call(self, name: str, *arguments: Any) -> Any:
        """A function of the add-in, `Module.Function`."""
        address = f"vnd.sun.star.script:{self.project}.{name}?language=Basic&location=document"
        return self.addin.getScriptProvider().getScript(address).invoke(arguments, (), ())[0]

    def record(self, name: str, text: str) -> None:
        self._cell(name).String = text

    def recorded(self, name: str) -> str:
        return str(self._cell(name).String)

    def open(self, url: str) -> str:
        """Open a workbook in front; its name."""
        book = self._load(url, value_of("Hidden", True))
        self.books[url] = book
        self.activate(url)
        return str(book.Title)

    def new(self) -> str:
        """A workbook that was never saved, in front; its name."""
        book = self._load("private:factory/scalc", value_of("Hidden", True))
        self.books[book.Title] = book
        self.activate(book.Title)
        return str(book.Title)

    def add_sheets(self, url: str, titles: list[str]) -> None:
        for title in titles:
            self.books[url].Sheets.insertNewByName(title, 0)

    def damage(self, module: str, old: str, new: str) -> None:
        """Make a mistake in what Calc read of *module*; with no *old*, mend it."""
        self.sources[module] = self.library.getByName(module) if not old else self.sources[module].replace(old, new)

    def activate(self, url: str) -> None:
        """Put an open workbook in front; '' for none."""
        self.record("front", self.books[url].Title if url else "")

    def close(self, url: str) -> None:
        """Close a workbook without saving it; then none is in front."""
        self.activate("")
        self.books.pop(url).close(True)

    def quit(self) -> None:
        for url in list(self.books):
            self.close(url)
        self.addin.close(True)
        self.office.terminate()

    def _cell(self, name: str) -> Any:
        return self.addin.Sheets.getByIndex(0).getCellRangeByName(_RECORDED[name])

    def _load(self, url: str, *extra: Any) -> Any:
        run_macros = value_of("MacroExecutionMode", 4)
        return self.office.loadComponentFromURL(url, "_blank", 0, (run_macros, *extra))


def main(addin: str, soffice: str, profile: str, pipe: str) -> None:
    bench = Bench(desktop(soffice, profile, pipe), addin)
    print(json.dumps({"answer": pipe}), flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        try:
            answer = {"answer": getattr(bench, name)(*arguments)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
        if name == "quit":
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
