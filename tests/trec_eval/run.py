"""Compares `dateline eval` and `dateline compare` with public implementations, topic by topic.

    python3 run.py DATELINE VENV CACHE [COLLECTIONS]
    python3 run.py --speed DATELINE VENV
    python3 run.py --install VENV

Makes a virtual environment at VENV, installs requirements.txt into it and runs check.py there, or speed.py. Where that cannot be
done (no venv module, no pip, no network) it says so on stderr and passes over: exit 77.
"""

import hashlib
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PASSED_OVER = 77


def python_of(venv):
    """The environment's interpreter, with everything installed; None where it cannot be made."""
    requirements = HERE / "requirements.txt"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    python, stamp = venv / "bin" / "python", venv / "installed"
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return python
    for command in (
        [sys.executable, "-m", "venv", str(venv)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)],
    ):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            return complain(command, str(error))
        if done.returncode != 0:
            return complain(command, (done.stdout + done.stderr).strip())
    stamp.write_text(wanted)
    return python


def complain(command, why):
    last = why.splitlines()[-1] if why else "no reason given"
    print(f"passed over: `{' '.join(command)}` failed: {last}", file=sys.stderr)
    return None


def main():
    if sys.argv[1:2] == ["--install"]:
        sys.exit(PASSED_OVER if python_of(pathlib.Path(sys.argv[2])) is None else 0)
    is_speed = sys.argv[1:2] == ["--speed"]
    args = sys.argv[2:] if is_speed else sys.argv[1:]
    if len(args) < (2 if is_speed else 3):
        sys.exit(__doc__)
    dateline, venv, *rest = args
    python = python_of(pathlib.Path(venv))
    if python is None:
        sys.exit(PASSED_OVER)
    script = HERE / ("speed.py" if is_speed else "check.py")
    sys.exit(subprocess.run([str(python), "-B", str(script), dateline, *rest]).returncode)


main()
