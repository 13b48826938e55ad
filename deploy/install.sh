#!/usr/bin/env bash
# Install the project into a virtual environment at its locked versions: install.sh PYTHON VENV TARGET
set -euo pipefail
python=$1 venv=$2 target=$3

"$python" - <<'CHECK' || exit 1
import sys
if not (3, 11) <= sys.version_info[:2] < (3, 14):
    sys.exit(f"Nightdesk needs Python 3.11 to 3.13; {sys.executable} is {sys.version.split()[0]}. Say `make PYTHON=python3.12 ...`.")
CHECK

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
if command -v uv >/dev/null 2>&1; then
    # Byte-compiled once here: otherwise every start of every tool pays for it again.
    uv pip install --quiet --compile-bytecode --python "$venv/bin/python" -c constraints.txt -e "$target"
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$target"
fi
