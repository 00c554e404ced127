"""Find a Chromium for the browser tests, or bring one; print its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    for bring in (None, from_packages, from_playwright):
        if bring:
            bring()
        if path := found():
            print(path)
            return 0
    sys.stderr.write(
        "No Chromium for the browser tests. Install one (Debian, Ubuntu: apt install chromium fonts-noto-cjk)\n"
        "or name one in FENGHUO_CHROMIUM.\n"
    )
    return 1


def found() -> str | None:
    if named := os.environ.get("FENGHUO_CHROMIUM"):
        return named
    for name in NAMES:
        if (path := shutil.which(name)) and works(path):
            return path
    for own in sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")):
        if works(str(own)):
            return str(own)
    return None


def works(path: str) -> bool:
    asked = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, timeout=60, check=False)
    return asked.returncode == 0


def from_packages() -> None:
    if shutil.which("apt-get") is None:
        return
    if os.geteuid() == 0:
        as_root = []
    elif (
        shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        as_root = ["sudo", "-n"]
    else:
        return
    sys.stderr.write("installing chromium and fonts-noto-cjk from the system's packages\n")
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
        run([*as_root, "apt-get", "-qq", *words])


def from_playwright() -> None:
    sys.stderr.write("trying Playwright's own Chromium\n")
    run([sys.executable, "-m", "playwright", "install", "chromium"])


def run(words: list[str]) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(words, stdout=sys.stderr, env=quiet, check=False)


if __name__ == "__main__":
    sys.exit(main())
