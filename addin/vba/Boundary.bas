Attribute VB_Name = "Boundary"
Option Explicit

' What may pass from Excel into a command line. Pure functions of strings: they know no workbook.

' Only these letters can name a command, so no tag can close a quote or start another statement.
Public Function IsCommandName(ByVal name As String) As Boolean
    Dim i As Long
    IsCommandName = Len(name) > 0
    For i = 1 To Len(name)
        If InStr(1, "abcdefghijklmnopqrstuvwxyz_", Mid$(name, i, 1), vbBinaryCompare) = 0 Then IsCommandName = False
    Next i
End Function

Public Function PythonCommand(ByVal name As String) As String
    If Not IsCommandName(name) Then Err.Raise 5, "Boundary", "This is no command name"
    PythonCommand = "import factuurbode.ribbon; factuurbode.ribbon.run('" & name & "')"
End Function

' xlwings puts the workbook's path and name into one line for cmd.exe (Windows) or a shell (Mac), and splits them again
' in Python. Spaces, &, quotes of one stroke, brackets and letters of every language come through. What does not is
' refused: what ends a quotation, escapes xlwings' own escape of &, separates its list of folders, names a variable,
' or (=, blanks around it) makes it look for another workbook.
Public Function IsSafeBook(ByVal name As String, ByVal fullName As String, ByVal onMac As Boolean) As Boolean
    Dim refused As String
    IsSafeBook = False
    If name = "" Or name <> Trim$(name) Or InStr(1, name, "=", vbBinaryCompare) > 0 Then Exit Function
    refused = Chr$(34) & ";^|<>" & Chr$(96)
    If onMac Then refused = refused & "$\"
    If HasOneOf(fullName, refused) Or HasOneOf(name, refused & "\/:") Or HasControl(fullName) Then Exit Function
    If NamesVariable(fullName, "%") Or NamesVariable(fullName, "$") Then Exit Function
    IsSafeBook = True
End Function

' A sheet that xlwings would take its settings or its code from.
Public Function IsForeignSheet(ByVal name As String) As Boolean
    IsForeignSheet = LCase$(Right$(name, 5)) = ".conf" Or LCase$(Right$(name, 3)) = ".py"
End Function

Private Function HasOneOf(ByVal text As String, ByVal letters As String) As Boolean
    Dim i As Long
    HasOneOf = False
    For i = 1 To Len(letters)
        If InStr(1, text, Mid$(letters, i, 1), vbBinaryCompare) > 0 Then HasOneOf = True
    Next i
End Function

Private Function HasControl(ByVal text As String) As Boolean
    Dim i As Long
    HasControl = False
    For i = 1 To Len(text)
        If AscW(Mid$(text, i, 1)) >= 0 And AscW(Mid$(text, i, 1)) < 32 Then HasControl = True
    Next i
End Function

' %NAME% is filled in by cmd.exe, $NAME and ${NAME} by Python. One % alone, %20 of a web address, and the $\ of a hidden
' share stay as they are.
Private Function NamesVariable(ByVal text As String, ByVal mark As String) As Boolean
    Dim start As Long, after As Long
    NamesVariable = False
    start = InStr(1, text, mark, vbBinaryCompare)
    Do While start > 0
        after = start + 1
        If mark = "$" Then
            If IsVariableLetter(Mid$(text, after, 1)) Then NamesVariable = True
        Else
            Do While IsVariableLetter(Mid$(text, after, 1))
                after = after + 1
            Loop
            If after > start + 1 And Mid$(text, after, 1) = mark And Not IsDigit(Mid$(text, start + 1, 1)) Then NamesVariable = True
        End If
        start = InStr(start + 1, text, mark, vbBinaryCompare)
    Loop
End Function

Private Function IsVariableLetter(ByVal letter As String) As Boolean
    IsVariableLetter = False
    If letter <> "" Then
        IsVariableLetter = InStr(1, "abcdefghijklmnopqrstuvwxyz0123456789_{(}):~", LCase$(letter), vbBinaryCompare) > 0
    End If
End Function

Private Function IsDigit(ByVal letter As String) As Boolean
    IsDigit = False
    If letter <> "" Then IsDigit = InStr(1, "0123456789", letter, vbBinaryCompare) > 0
End Function
