@echo off
rem Runs Maven 3.9 or newer. Takes the one on the PATH if it is new enough. An older one fetches Maven by its
rem coordinates, so that mirrors and proxies of the user's settings.xml apply. With none, Apache's archive is the source.
setlocal EnableDelayedExpansion

set MAVEN_VERSION=3.9.16
if "%MAVEN_USER_HOME%"=="" set MAVEN_USER_HOME=%USERPROFILE%\.m2
set WRAPPER=%MAVEN_USER_HOME%\wrapper\tillbridge
set HOME_DIR=%WRAPPER%\apache-maven-%MAVEN_VERSION%
set FOUND=

for /f "tokens=3" %%v in ('mvn.cmd -v 2^>nul ^| findstr /b /c:"Apache Maven"') do set FOUND=%%v
if not "%FOUND%"=="" (
  for /f "tokens=1,2 delims=." %%a in ("%FOUND%") do (
    if %%a GTR 3 goto :path
    if %%a EQU 3 if %%b GEQ 9 goto :path
  )
)
if exist "%HOME_DIR%\bin\mvn.cmd" goto :wrapped

echo mvnw: Maven %MAVEN_VERSION% is fetched once into %HOME_DIR% 1>&2
if not exist "%WRAPPER%" mkdir "%WRAPPER%"
set ZIP=%WRAPPER%\apache-maven-%MAVEN_VERSION%-bin.zip
if not "%FOUND%"=="" (
  call mvn.cmd -q -B -f "%~dp0.mvn\wrapper.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=org.apache.maven:apache-maven:%MAVEN_VERSION%:zip:bin" "-DoutputDirectory=%WRAPPER%" 1>&2
  if errorlevel 1 goto :failed
) else (
  set SOURCE=https://archive.apache.org/dist/maven/maven-3/%MAVEN_VERSION%/binaries/apache-maven-%MAVEN_VERSION%-bin.zip
  powershell -NoProfile -Command "$ErrorActionPreference='Stop'; $ProgressPreference='SilentlyContinue'; [Net.ServicePointManager]::SecurityProtocol='Tls12'; Invoke-WebRequest -UseBasicParsing '!SOURCE!' -OutFile '%ZIP%'; $expected=(Invoke-WebRequest -UseBasicParsing '!SOURCE!.sha512').Content; if ($expected -is [byte[]]) { $expected=[Text.Encoding]::ASCII.GetString($expected) }; if ((Get-FileHash -Algorithm SHA512 '%ZIP%').Hash -ne $expected.Trim().Split(' ')[0]) { Remove-Item '%ZIP%'; throw 'The downloaded Maven does not match its checksum' }" 1>&2
  if errorlevel 1 goto :failed
)
powershell -NoProfile -Command "$ErrorActionPreference='Stop'; Expand-Archive -Force '%ZIP%' '%WRAPPER%'; Remove-Item '%ZIP%'" 1>&2
if errorlevel 1 goto :failed

:wrapped
call "%HOME_DIR%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:path
call mvn.cmd %*
exit /b %ERRORLEVEL%

:failed
echo mvnw: Maven %MAVEN_VERSION% could not be fetched; look at the settings.xml of the Maven on the PATH, or install Maven 3.9 or newer 1>&2
exit /b 1
