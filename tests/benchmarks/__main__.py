"""`python -m tests.benchmarks [NAME]...`: all of them where none is named; `ALL` has the names."""

from __future__ import annotations

import sys

from tests.benchmarks import ami_events, behaviours, dialogues, live, memory, soak, speakers, speed

ALL = {
    "speed": speed.main,
    "memory": memory.main,
    "speakers": speakers.main,
    "behaviours": behaviours.main,
    "events": ami_events.main,
    "dialogues": dialogues.main,
    "soak": soak.main,
    "live": live.main,
}


def main() -> None:
    names = sys.argv[1:] or list(ALL)
    unknown = [name for name in names if name not in ALL]
    if unknown:
        sys.exit(f"Unknown: {', '.join(unknown)}. Known: {', '.join(ALL)}")
    for name in names:
        print(f"== {name}")
        ALL[name]()
        print()


if __name__ == "__main__":
    main()
