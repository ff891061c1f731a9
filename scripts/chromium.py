"""Where Chromium is on this machine."""

import shutil

_COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is Chromium without windows: it opens a page in a third of the time of the others."""


class NoChromium(LookupError):
    """There is none on the PATH."""

    def __init__(self) -> None:
        super().__init__("Chromium is not on the PATH: apt-get install chromium-headless-shell (or chromium).")


def chromium() -> str:
    """The path of Chromium.

    Raises:
        NoChromium: There is none.
    """
    for command in _COMMANDS:
        if path := shutil.which(command):
            return path
    raise NoChromium
