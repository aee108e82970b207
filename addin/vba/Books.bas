Attribute VB_Name = "Books"
Option Explicit

' What there is to know of the workbook in front: is it one of ours, and may Python be started for it?

Public Function IsOurs() As Boolean
    IsOurs = False
    If Not ActiveWorkbook Is Nothing Then IsOurs = HasSheet("sheet.invoices") And HasSheet("sheet.settings")
End Function

' The key of the text that says why nothing is started; "" when all is well.
Public Function Refusal() As String
    Dim sheet As Object
    Refusal = ""
    For Each sheet In ActiveWorkbook.Worksheets
        If Boundary.IsForeignSheet(sheet.Name) Then Refusal = "said.config_sheet"
    Next sheet
    If Not Boundary.IsSafeBook(ActiveWorkbook.Name, ActiveWorkbook.FullName, Host.IsMac()) Then Refusal = "said.unsafe_name"
End Function

Private Function HasSheet(ByVal key As String) As Boolean
    Dim sheet As Object
    HasSheet = False
    For Each sheet In ActiveWorkbook.Worksheets
        If Texts.IsTitleOf(key, sheet.Name) Then HasSheet = True
    Next sheet
End Function
