"""Stop early, in words, where Python is too old or cannot make virtual environments."""

import importlib.util
import sys

if sys.version_info < (3, 11):
    sys.exit(f"Listener needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run")
if importlib.util.find_spec("ensurepip") is None:
    sys.exit("This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv")
