Attribute VB_Name = "Texts"
Option Explicit

' The sheet "texts": a key in column A, its Dutch in B, its English in C. The build fills it.

Private Const MOST_ROWS As Long = 500

Public Function TextOf(ByVal key As String) As String
    TextOf = TextIn(key, IIf(Host.IsDutch(), 2, 3))
End Function

Public Function IsTitleOf(ByVal key As String, ByVal name As String) As Boolean
    IsTitleOf = (LCase$(name) = LCase$(TextIn(key, 2)) Or LCase$(name) = LCase$(TextIn(key, 3)))
End Function

Private Function TextIn(ByVal key As String, ByVal column As Long) As String
    Dim sheet As Object, row As Long
    TextIn = ""
    Set sheet = ThisWorkbook.Worksheets("texts")
    For row = 1 To MOST_ROWS
        If sheet.Cells(row, 1).Value = key Then
            TextIn = sheet.Cells(row, column).Value
            Exit Function
        End If
        If sheet.Cells(row, 1).Value = "" Then Exit Function
    Next row
End Function
