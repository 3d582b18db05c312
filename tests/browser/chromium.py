"""Which Chromium drives the pages. `python -m tests.browser.chromium` makes sure that there is one.

On Debian, and as root, it is installed with apt-get; anywhere else a message says what to install. The tests
themselves install nothing and skip nothing: without a browser they fail.
"""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
CHOSEN = "REGISTRY_CHROMIUM"
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
MISSING = (
    "The browser tests need Chromium or Google Chrome, and found neither. Install it (Debian: apt-get install chromium; "
    f"macOS: brew install --cask chromium), or name one: {CHOSEN}=/path/to/chromium make browser."
)


class NoChromium(Exception):
    """There is no browser. The message says what to do."""


def find() -> str:
    """The program: the one named in REGISTRY_CHROMIUM, else the first one installed."""
    if chosen := os.environ.get(CHOSEN):
        if not os.access(chosen, os.X_OK):
            raise NoChromium(f"{CHOSEN} names {chosen}, which is no program. Name the browser's own file.")
        return chosen
    for candidate in (*map(shutil.which, NAMES), *PLACES):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    raise NoChromium(MISSING)


def ensure() -> str:
    """The program, installed first where that needs nobody's consent: on Debian, as root."""
    try:
        return find()
    except NoChromium:
        if os.environ.get(CHOSEN) or not Path("/etc/debian_version").exists() or os.geteuid() != 0:
            raise
    print("browser: apt-get install chromium", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        if subprocess.run(command, env=quietly, stdout=subprocess.DEVNULL, check=False).returncode:
            raise NoChromium(f"`{' '.join(command)}` failed. {MISSING}")
    return find()


if __name__ == "__main__":
    try:
        print(f"browser: {ensure()}")
    except NoChromium as missing:
        raise SystemExit(str(missing)) from None
