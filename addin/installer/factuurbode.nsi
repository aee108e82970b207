; The set-up program for Windows, for one person and without administrator rights.
; Compiled by build.py, which defines VERSION, STAGE (the folder with what goes in) and TARGET.

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh

!define NAME "Factuurbode"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\factuurbode"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\factuurbode"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails show
ShowUninstDetails show

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"

!define MUI_FINISHPAGE_TEXT "$(READY)"
!define MUI_FINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_LICENSE "${STAGE}/LICENSE.txt"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"
!include "${STAGE}/texts.nsh"

; Excel holds its add-ins open, and Windows lets no file be replaced that is open.
!macro WAIT_FOR_EXCEL
  excel_again:
    FindWindow $0 "XLMAIN"
    StrCmp $0 0 excel_closed
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(EXCEL_OPEN)" /SD IDCANCEL IDRETRY excel_again
    Abort
  excel_closed:
!macroend

!macro RUN WHAT TOLD WRONG
  DetailPrint "${TOLD}"
  nsExec::ExecToLog `${WHAT}`
  Pop $0
  StrCmp $0 0 +2
    Abort "${WRONG}"
!macroend

!macro ENVIRONMENT
  ; uv keeps everything inside our own folder, and reads no settings of another project
  System::Call 'kernel32::SetEnvironmentVariable(t "UV_PYTHON_INSTALL_DIR", t "$INSTDIR\cpython")'
  System::Call 'kernel32::SetEnvironmentVariable(t "UV_CACHE_DIR", t "$INSTDIR\cache")'
  System::Call 'kernel32::SetEnvironmentVariable(t "UV_NO_CONFIG", t "1")'
  System::Call 'kernel32::SetEnvironmentVariable(t "UV_PYTHON_INSTALL_REGISTRY", t "0")'
  System::Call 'kernel32::SetEnvironmentVariable(t "UV_PYTHON_INSTALL_BIN", t "0")'
!macroend

Section
  !insertmacro WAIT_FOR_EXCEL
  SetOutPath "$INSTDIR"
  File "${STAGE}/uv.exe"
  File "${STAGE}/requirements.lock"
  File "${STAGE}/LICENSE.txt"
  RMDir /r "$INSTDIR\wheels"
  SetOutPath "$INSTDIR\wheels"
  File "${STAGE}/wheels/*.whl"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

  !insertmacro ENVIRONMENT
  !insertmacro RUN '"$INSTDIR\uv.exe" venv --clear --managed-python --python ${PYTHON} "$INSTDIR\python"' "$(PREPARING)" "$(NO_PYTHON)"
  !insertmacro RUN '"$INSTDIR\uv.exe" pip install --python "$INSTDIR\python" --offline --no-index --find-links "$INSTDIR\wheels" --require-hashes --requirement "$INSTDIR\requirements.lock"' "$(INSTALLING)" "$(NO_PACKAGES)"
  !insertmacro RUN '"$INSTDIR\uv.exe" pip install --python "$INSTDIR\python" --offline --no-index --no-deps "$INSTDIR\wheels\${WHEEL}"' "$(INSTALLING)" "$(NO_PACKAGES)"
  !insertmacro RUN '"$INSTDIR\python\Scripts\factuurbode.exe" install' "$(INTO_EXCEL)" "$(NOT_INTO_EXCEL)"
  RMDir /r "$INSTDIR\cache"
  RMDir /r "$INSTDIR\wheels"
SectionEnd

Section Uninstall
  !insertmacro WAIT_FOR_EXCEL
  IfFileExists "$INSTDIR\python\Scripts\factuurbode.exe" 0 no_program
  nsExec::ExecToLog '"$INSTDIR\python\Scripts\factuurbode.exe" uninstall'
  Pop $0
  StrCmp $0 0 no_program
    Abort "$(NOT_OUT_OF_EXCEL)"
  no_program:
  ; only what was put there by name, whatever else the folder may hold
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\cpython"
  RMDir /r "$INSTDIR\cache"
  RMDir /r "$INSTDIR\wheels"
  Delete "$INSTDIR\uv.exe"
  Delete "$INSTDIR\requirements.lock"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
