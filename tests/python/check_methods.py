"""Runs the NumPy methods, modifiers and schedules of src/export/code side by side with the engine.

    python check_methods.py path/to/descent-lab [word …]

Every case is a run in the words of links, on functions that are written out below. For each method, modifier and schedule
the largest deviation of any coordinate at any step is printed, relative to the size of the path. Words choose cases that
have one of them in their name. Exit status 1 if a deviation is above its bound.
"""

import itertools
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np

CODE = Path(__file__).resolve().parents[2] / "src" / "export" / "code"
BOUND = 1e-9
CHAOTIC = 1e-6


# Functions, in the letters of src/surface and src/matrix. Gradients are written in the engine's order of operations, so that
# what is compared is the methods and not how rounding of the gradient grows along a path.


class Function:
    """A function with exact derivatives."""

    minimum, blocks, residuals = None, None, None

    def __init__(self):
        self.dim = len(self.region)
        self.blocks = self.blocks or [(self.dim, 1, 0)]


class Rosenbrock(Function):
    words, region, minimum = "rosenbrock", [(-2, 2), (-1, 3)], 0.0

    def value(self, x):
        along, across = 1 - x[0], x[1] - x[0] * x[0]
        return along * along + across * across * 100

    def gradient(self, x):
        along, across = 1 - x[0], x[1] - x[0] * x[0]
        return np.array([-2 * along - 4 * (x[0] * across) * 100, 2 * across * 100])

    def hessian(self, x):
        across = x[1] - x[0] * x[0]
        bend = 8 * (x[0] * x[0]) - 2 * across - 2 * across
        return np.array([[2 + bend * 100, -400 * x[0]], [-400 * x[0], 200.0]])

    def residuals(self, x):
        return np.array([1 - x[0], 10 * (x[1] - x[0] ** 2)]), np.array([[-1.0, 0.0], [-20 * x[0], 10.0]])


class Himmelblau(Function):
    words, region, minimum = "himmelblau", [(-6, 6), (-6, 6)], 0.0

    def residuals(self, x):
        return (
            np.array([x[0] * x[0] + x[1] - 11, x[0] + x[1] * x[1] - 7]),
            np.array([[2 * x[0], 1.0], [1.0, 2 * x[1]]]),
        )

    def value(self, x):
        r, s = self.residuals(x)[0]
        return r * r + s * s

    def gradient(self, x):
        r, s = self.residuals(x)[0]
        return np.array([4 * (x[0] * r) + 2 * s, 2 * r + 4 * (x[1] * s)])

    def hessian(self, x):
        r, jacobian = self.residuals(x)
        return 2 * jacobian.T @ jacobian + np.diag(4 * r)


class Saddle(Function):
    words, region = "saddle", [(-2, 2), (-2, 2)]

    def value(self, x):
        return x[0] * x[0] - x[1] * x[1]

    def gradient(self, x):
        return np.array([2 * x[0], -2 * x[1]])

    def hessian(self, x):
        return np.diag([2.0, -2.0])


class Ravine(Function):
    words, region, minimum = "ravine(kappa=30,theta=20)", [(-4, 4), (-4, 4)], 0.0
    kappa, c, s = 30.0, math.cos(20 * (math.pi / 180)), math.sin(20 * (math.pi / 180))

    def turned(self, x):
        return x[0] * self.c + x[1] * self.s, x[1] * self.c - x[0] * self.s

    def value(self, x):
        u, v = self.turned(x)
        return (u * u + v * v * self.kappa) * 0.5

    def gradient(self, x):
        u, v = self.turned(x)
        return np.array([self.c * u - self.s * v * self.kappa, self.s * u + self.c * v * self.kappa])

    def hessian(self, x):
        turn = np.array([[self.c, self.s], [-self.s, self.c]])
        return turn.T @ np.diag([1.0, self.kappa]) @ turn

    def residuals(self, x):
        jacobian = np.sqrt([[0.5], [0.5 * self.kappa]]) * np.array([[self.c, self.s], [-self.s, self.c]])
        return jacobian @ x, jacobian


def product(a, b):
    """a b, summed in order; BLAS sums otherwise."""
    return sum(np.multiply.outer(a[:, l], b[l]) for l in range(len(b)))


class MatrixLsq(Function):
    words, side = "matrix_lsq(k=4)", 4
    region, minimum, blocks = [(-2, 2)] * 16, 0.0, [(4, 4, 0)]
    i, j = np.indices((4, 4))
    a, b = np.cos(i * j + 1) + 2 * np.eye(4), np.sin(i + 3 * j + 1)

    def error(self, x):
        return product(self.a, x.reshape(4, 4)) - self.b

    def value(self, x):
        return 0.5 * sum(e * e for e in self.error(x).ravel())

    def gradient(self, x):
        return product(self.a.T, self.error(x)).ravel()

    def hessian(self, x):
        return np.kron(self.a.T @ self.a, np.eye(4))

    def residuals(self, x):
        return self.error(x).ravel() * math.sqrt(0.5), np.kron(self.a, np.eye(4)) * math.sqrt(0.5)


# The program and what it lists.


class Program:
    def __init__(self, path):
        self.path = path
        self.specs = {kind: {s["key"]: s for s in self.list(kind)} for kind in ("optimizers", "modifiers", "schedules")}

    def run(self, *words):
        done = subprocess.run([self.path, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}\n{done.stderr}")
        return done.stdout

    def list(self, kind):
        return json.loads(self.run("list", kind, "--format", "json"))

    def trace(self, function, case):
        words = ["trace", *place(function, case), "--steps", str(case.steps), "--seed", str(case.seed)]
        edits = [w for e in case.edits for w in ("--edit", f"1@{e[0]}:{e[1]}")]
        rows = self.run(*words, "--run", case.run, *edits, "--format", "csv").split()
        head = rows[0].split(",")
        columns = [i for i, name in enumerate(head) if re.fullmatch(r"x\d*|y", name)]
        cells = [row.split(",") for row in rows[1:]]
        return np.array([[float(c[i]) for i in columns] for c in cells]), [float(c[head.index("lr")]) for c in cells]


def place(function, case):
    if function.blocks[0][1] > 1:
        return ["--problem", function.words]
    return ["--surface", function.words, "--start=" + ",".join(repr(float(v)) for v in case.start)]


def typed(spec, text):
    """A value as a script has it: a number, a switch, a word, a list."""
    if "choices" in spec:
        return text
    if spec["default"] in ("on", "off"):
        return text in ("on", "true", "1")
    return float(text)


def values(specs, given=()):
    p = {s["key"]: typed(s, s["default"]) for s in specs}
    for s, text in given:
        p[s["key"]] = typed(s, text)
    return p


# Pieces of a script.


def piece(scope, folder, key, loaded):
    """Executes a file and what it uses, each once."""
    if (folder, key) in loaded:
        return
    loaded.add((folder, key))
    source = (CODE / folder / f"{key}.py").read_text()
    first = source.split("\n", 1)[0]
    if first.startswith("# uses:"):
        for other in first.removeprefix("# uses:").split():
            piece(scope, "shared", other, loaded)
    exec(compile(source, f"{folder}/{key}.py", "exec"), scope)  # noqa: S102


def camel(key):
    return "".join(part.capitalize() for part in key.split("_"))


class Script:
    """A run in Python, from settings in the words of links."""

    def __init__(self, program, function, case):
        self.specs, self.function, self.case = program.specs, function, case
        self.scope, self.loaded = {"np": np, "math": math}, set()
        self.info = SimpleNamespace(
            seed=case.seed, steps=case.steps, warmup=0, region=function.region, blocks=function.blocks,
            minimum=function.minimum, dim=function.dim,
        )
        self.key, _, settings = case.run.partition(":")
        self.p = values(self.specs["optimizers"][self.key]["params"])
        self.modifiers, self.parts, self.schedules = {}, [], {}
        for setting in filter(None, split(settings)):
            self.set(setting)

    def get(self, folder, key, name):
        piece(self.scope, folder, key, self.loaded)
        return self.scope[name]

    def set(self, setting):
        key, _, value = setting.partition("=")
        own = {s["key"]: s for s in self.specs["optimizers"][self.key]["params"]}
        if key in own:
            self.p[key] = typed(own[key], value)
        elif key == "warmup":
            self.info.warmup = int(value)
        elif key == "schedule":
            self.parts = self.sequence(value)
        elif value == "off":
            del self.modifiers[key]
        else:
            specs = self.specs["modifiers"][key]["params"]
            new = values(specs, zip(specs, value.split("/")) if value else ())
            # One that is on keeps what it remembers.
            if key in self.modifiers:
                self.modifiers[key] = (self.modifiers[key][0], new)
            else:
                self.modifiers[key] = (self.get("modifiers", key, camel(key))(), new)

    def sequence(self, text):
        pieces = split(text, "+")
        return [self.schedule(s, int(n) if n else None) for s, n in itertools.zip_longest(pieces[::2], pieces[1::2])]

    def schedule(self, text, length):
        key, _, rest = text.rstrip(")").partition("(")
        spec = self.specs["schedules"][key]
        p = values(spec["params"])
        if spec.get("list"):
            p[spec["list"]["key"]] = [float(v) for v in spec["list"]["default"]]
        for word in filter(None, re.split("[,;]", rest)):
            name, _, value = word.partition("=")
            one = next((s for s in spec["params"] if s["key"] == name), None)
            p[name] = typed(one, value) if one else [float(v) for v in value.split("/")]
        found = self.get("schedules", key, camel(key) if key == "reduce_on_plateau" else key)
        if isinstance(found, type):
            found = self.schedules.setdefault(key, found())
        return found, p, length

    def pipeline(self):
        """The modifiers that are on, in the order in which they act."""
        return [self.modifiers[key] for key in self.specs["modifiers"] if key in self.modifiers]

    def points(self):
        function, info, edits = self.function, self.info, list(self.case.edits)
        plain = not self.modifiers and not any(e[1].split("=")[0] in self.specs["modifiers"] for e in edits)
        x, loss = np.array(self.case.start, dtype=float), None
        if plain:
            k = self.get("shared", "step", "Step")(function, info)
        else:
            k = self.get("shared", "pipeline", "Pipeline")(function, info, self.pipeline())
        method = self.get("methods", self.key, camel(self.key))(x, dict(self.p), info)
        has_lr = "lr" in self.p
        points, rates = [x.copy()], []
        with np.errstate(all="ignore"):
            for step in range(info.steps):
                schedule = self.get("shared", "schedule", "Schedule")(self.parts or [(lambda *_: 1.0, {}, None)], info)
                factor, momentum = schedule(step, loss)
                p, base = dict(self.p), self.p["lr"] if has_lr else 1.0
                if has_lr:
                    p["lr"] = base * factor
                moved = next((name for name in ("momentum", "beta1") if name in p), None)
                if momentum is not None and moved:
                    p[moved] = momentum
                rates.append(base * factor)
                loss = function.value(x)
                x = k.advance(method, x, p, base * factor, base)
                points.append(x.copy())
                while edits and edits[0][0] <= step + 1:
                    self.set(edits.pop(0)[1])
                    if not plain:
                        k.modifiers = self.pipeline()
        return np.array(points), rates


def split(text, separator=","):
    """Parts of a text, but for separators inside parentheses."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == separator and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


# Cases.


def case(name, run, start, steps=150, seed=3, bound=BOUND, edits=(), on=None):
    return SimpleNamespace(name=name, run=run, start=start, steps=steps, seed=seed, bound=bound, edits=edits, on=on)


def compare(program, function, one):
    """The largest deviation, relative to the size of the path, as far as the engine's run went."""
    want, lrs = program.trace(function, one)
    if one.start is None:
        one.start = want[0]
    got, rates = Script(program, function, one).points()
    got, size = got[: len(want)], max(1.0, float(np.abs(want).max()))
    n = min(len(rates), len(lrs) - 1)
    by_rate = max((abs(a - b) / max(abs(b), 1e-12) for a, b in zip(rates[:n], lrs[:n])), default=0.0)
    deviation = float(np.abs(got - want).max() / size)
    return math.inf if math.isnan(deviation) else max(deviation, by_rate), len(want) - 1


def main():
    from check_methods_cases import cases

    program, chosen = Program(sys.argv[1]), sys.argv[2:]
    worst, failed = {}, 0
    for one in cases():
        if chosen and not any(word in one.name or word in one.run for word in chosen):
            continue
        for surface in one.on:
            function = surface()
            deviation, steps = compare(program, function, SimpleNamespace(**vars(one)))
            bad = not deviation <= one.bound
            failed += bad
            before = worst.get(one.name, (0.0, 0, 0))
            worst[one.name] = (max(before[0], deviation), before[1] + 1, before[2] + bad)
            if bad:
                print(f"  {deviation:.1e} over {steps} steps: {function.words} --run {one.run} {one.edits or ''}")
    for name, (deviation, runs, bad) in worst.items():
        print(f"{name:32} {deviation:8.1e} {runs:4} runs{f', {bad} failed' if bad else ''}")
    have = {kind: {f.stem for f in (CODE / folder).glob("*.py")} for kind, folder in
            (("optimizers", "methods"), ("modifiers", "modifiers"), ("schedules", "schedules"))}
    for kind, keys in have.items():
        missing = [key for key in program.specs[kind] if key not in keys]
        print(f"without Python: {kind}: {', '.join(missing) or 'none'}")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
