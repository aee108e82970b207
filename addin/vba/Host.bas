Attribute VB_Name = "Host"
Option Explicit

' What only Excel itself can say or do.

Private Const INTERFACE_LANGUAGE As Long = 2 ' msoLanguageIDUI
Private Const DUTCH As Long = 1043
Private Const DUTCH_BELGIUM As Long = 2067
Private Const COUNTRY_OF_EXCEL As Long = 1 ' xlCountryCode, for an Excel that does not tell its language
Private Const NETHERLANDS As Long = 31

Public Function IsDutch() As Boolean
    Dim language As Long
    IsDutch = False
    On Error GoTo ByCountry
    language = Application.LanguageSettings.LanguageID(INTERFACE_LANGUAGE)
    IsDutch = (language = DUTCH Or language = DUTCH_BELGIUM)
    Exit Function
ByCountry:
    On Error Resume Next
    IsDutch = (Application.International(COUNTRY_OF_EXCEL) = NETHERLANDS)
End Function

Public Function IsMac() As Boolean
    IsMac = InStr(1, Application.OperatingSystem, "Mac", vbTextCompare) > 0
End Function

Public Sub FillStatusBar(ByVal text As String)
    Application.StatusBar = text
End Sub

Public Sub ClearStatusBar()
    Application.StatusBar = False
End Sub

Public Function IsStatusBarFree() As Boolean
    IsStatusBarFree = (VarType(Application.StatusBar) = vbBoolean)
End Function

Public Sub Tell(ByVal message As String, ByVal title As String)
    MsgBox message, vbExclamation, title
End Sub
