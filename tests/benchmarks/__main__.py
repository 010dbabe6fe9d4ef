"""`python -m tests.benchmarks [speed|memory|speakers|behaviours|events|soak|live]...`: all where none is named."""

from __future__ import annotations

import sys

from tests.benchmarks import ami_events, behaviours, live, memory, soak, speakers, speed

ALL = {
    "speed": speed.main,
    "memory": memory.main,
    "speakers": speakers.main,
    "behaviours": behaviours.main,
    "events": ami_events.main,
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
