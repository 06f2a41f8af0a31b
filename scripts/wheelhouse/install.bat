@echo off
rem Installs ACH Desk from this folder alone, without a network: install.bat [FOLDER]. Not tried on Windows yet.
setlocal
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%LOCALAPPDATA%\ach-desk"
py -3 -m venv --clear "%TARGET%" || exit /b 1
"%TARGET%\Scripts\python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0." --no-deps -r "%~dp0requirements.txt" ach-desk || exit /b 1
"%TARGET%\Scripts\ach" --version
echo Installed in %TARGET%. Start it with "%TARGET%\Scripts\ach-desk.exe"
