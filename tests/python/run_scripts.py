"""Exports runs as scripts, runs every script in this one process, and tells which of them did not come where the engine did.

    python run_scripts.py path/to/descent-lab numpy|optax|pytorch [word …]

Words choose cases that have one of them in their name or options. Exit status 1 if a script failed.
"""

import contextlib
import io
import json
import subprocess
import sys
import time
import traceback
import warnings

import numpy as np
from export_cases import cases

# A key that no library has in these settings is written out; that says its script.
WRITTEN_OUT = "written out in NumPy"
# A run that rounding changes before its end is checked only up to there.
CUT = "This run is chaotic"


def call(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


def deviation(scope):
    """How far the path is from where the engine was; a script that looks at its start alone has not checked a step."""
    if max(scope["expected"]) == 0 and scope["path"][1:]:
        raise AssertionError(f"only the start is checked, of {len(scope['path']) - 1} steps")
    far = 0.0
    for step, point in scope["expected"].items():
        got = np.ravel(np.asarray(scope["path"][step], dtype=float))
        far = max(far, float(np.max(np.abs(got - point) / (1 + np.abs(point)))))
    return far


def run(text, name):
    scope = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, name, "exec"), scope)  # noqa: S102
    return scope


def main():
    program, flavour, *chosen = sys.argv[1:]
    keys = [o["key"] for o in json.loads(call(program, "list", "optimizers", "--format", "json"))]
    begun, count, failed, worst, loose, written, cut = time.time(), 0, 0, (0.0, ""), 0, 0, 0
    by_library, to_the_end = set(), set()
    for number, (name, options) in enumerate(cases(keys, flavour)):
        label = f"{name}: {' '.join(options)}"
        if chosen and not any(word in label for word in chosen):
            continue
        count += 1
        text = ""
        try:
            text = call(program, "export", "--to", flavour, *options)
            scope = run(text, f"script {number}")
            far = deviation(scope)
            worst = max(worst, (far, label))
            loose += "rtol=1e-9" not in text
            if CUT in text:
                cut += 1
            else:
                to_the_end.add(name.removesuffix(" on a matrix"))
            if WRITTEN_OUT in text:
                written += 1
            elif name in keys:
                by_library.add(name)
            if "-v" in sys.argv:
                print(f"{far:.1e} {label}")
        except Exception as error:  # noqa: BLE001 each failure is told
            failed += 1
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"line {last.lineno}" if last.filename.startswith("script") else f"{last.filename}:{last.lineno}"
            said = " ".join(str(error).split())[:300]
            print(f"FAILED {label}\n    {type(error).__name__} at {place}: {said}")
            if "--show" in sys.argv:
                print(text)
    for key in [] if chosen else [key for key in keys if key not in to_the_end]:
        count, failed = count + 1, failed + 1
        print(f"FAILED {key}: no script of it is checked to its end")
    print(f"{flavour}: {count} scripts in {time.time() - begun:.0f} s, {written} of them with the method written out in NumPy")
    print(f"called from the library: {len(by_library)} of {len(keys)} optimizers" if flavour != "numpy" else f"{len(keys)} optimizers")
    print(f"largest deviation {worst[0]:.1e} ({worst[1]}); {loose} held to 1e-6, the others to 1e-9; {cut} too chaotic for their end")
    print(f"{count - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
