Attribute VB_Name = "Ribbon"
Option Explicit

' The callbacks of the tab. The tag of a control is the command that Python runs; its id is the key of its texts.

Private tabInExcel As IRibbonUI
Private events As ExcelEvents
Private running As Boolean

Public Sub RibbonLoaded(ribbon As IRibbonUI)
    Set tabInExcel = ribbon
    Set events = New ExcelEvents
    events.Follow
End Sub

Public Sub RibbonLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Texts.TextOf("label." & control.ID)
End Sub

Public Sub RibbonScreentip(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Texts.TextOf("screentip." & control.ID)
End Sub

Public Sub RibbonSupertip(control As IRibbonControl, ByRef returnedVal)
    Dim reason As String
    reason = WhyOff(control.Tag)
    If reason = "" Then reason = "supertip." & control.ID
    returnedVal = Texts.TextOf(reason)
End Sub

Public Sub RibbonEnabled(control As IRibbonControl, ByRef returnedVal)
    returnedVal = (WhyOff(control.Tag) = "")
End Sub

Public Sub RibbonAction(control As IRibbonControl)
    Dim reason As String
    On Error GoTo Failed
    reason = WhyOff(control.Tag)
    If reason = "" Then
        If ActiveWorkbook Is Nothing Then Workbooks.Add ' xlwings needs a workbook to call from
        reason = Books.Refusal()
    End If
    If reason <> "" Then
        Say reason
        Exit Sub
    End If
    running = True
    Host.FillStatusBar Texts.TextOf("said.title")
    RefreshTab
    If RunPython(Boundary.PythonCommand(control.Tag)) = -1 Then Err.Raise 5, "Ribbon", "Python could not be started"
    If Not Host.IsMac() Then RunEnded
    Exit Sub
Failed:
    RunEnded
    Say "said.failed"
End Sub

' On Windows Python has ended when RunPython returns; on a Mac it goes on by itself, and xlwings' CleanUp calls this.
Public Sub RunEnded()
    running = False
    Host.ClearStatusBar
    RefreshTab
End Sub

Public Sub RefreshTab()
    If Not tabInExcel Is Nothing Then tabInExcel.Invalidate
End Sub

' The key of the text that says why a button is off; "" when it is on.
Private Function WhyOff(ByVal command As String) As String
    WhyOff = ""
    If running And Host.IsMac() Then running = Not Host.IsStatusBarFree() ' a Python that died there tells nobody
    If running Then
        WhyOff = "said.busy"
    ElseIf command <> "new_workbook" And command <> "help" And command <> "about" Then
        If Not Books.IsOurs() Then WhyOff = "said.not_ours"
    End If
End Function

Private Sub Say(ByVal key As String)
    Host.Tell Texts.TextOf(key), Texts.TextOf("said.title")
End Sub
