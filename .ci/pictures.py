"""Draw the pictures of the README from the bundled example: `make pictures`."""

import re
import subprocess
import sys
from io import StringIO

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import example_folder, guidelines_file
from listener.reports.json_report import parse
from listener.reports.terminal_report import TerminalReport

WIDTH = 80
LINES = 58
"""As much of the page as a README has room for."""
LOCAL_FONTS = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""Rich's page without its web fonts: a picture must not fetch anything."""


def main() -> None:
    replay = [sys.executable, "-m", "listener", "replay", "--example", "--json", "--model", "base"]
    report = parse(subprocess.run(replay, check=True, capture_output=True).stdout)
    titles = {g.id: g.title for g in load_rubric(guidelines_file()).guidelines}
    page = TerminalReport(titles, WIDTH, colour=True).render(report).decode().splitlines()[:LINES]
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(page)))
    svg = console.export_svg(title="listener replay --example", code_format=LOCAL_FONTS)
    example_folder().joinpath("report.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
