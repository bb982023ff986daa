"""Stand-ins for the CUDA libraries that PyTorch's Linux wheel is linked with, so that it runs on the processor without
the three gigabytes of them. What they are asked for they refuse, as on a machine without a graphics card.

    python torch_without_cuda.py VENV
"""
import re
import subprocess
import sys
from pathlib import Path

PREFIXES = {"libcublas.": "cublas", "libcusparseLt.": "cusparseLt", "libnccl.": "nccl", "libcufile.": "cuFile", "libcusolver.": "cusolver", "libcuda.": "cu"}
NO_DEVICE = 100  # cudaErrorNoDevice


def main(lib):
    own = {path.name for path in lib.iterdir()}
    needed, unversioned, versioned, owners = set(), set(), {}, {}
    for so in sorted(lib.glob("*.so")):
        command = ["readelf", "-dVW", "--dyn-syms", so]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        needed |= {name for name in re.findall(r"NEEDED.*\[(.*)\]", text) if re.match(r"lib(cu|nv|nccl)", name)} - own
        file = None
        for found, version in re.findall(r"File: (\S+)|Name: (\S+)  Flags", text):
            file = found or file
            if version:
                owners.setdefault(file, set()).add(version)
        for name, version in re.findall(r" UND (\w+)(?:@(\S+))?", text):
            versioned.setdefault(version, set()).add(name) if version else unversioned.add(name)
    for name in sorted(needed):
        prefix = next((p for start, p in PREFIXES.items() if name.startswith(start)), None)
        plain = {s for s in unversioned if prefix and s.startswith(prefix)}
        nodes = {version: versioned.get(version, set()) for version in owners.get(name, ())}
        symbols = sorted(plain.union(*nodes.values()))
        code = "\n".join(f"int {s}(void) {{ return {NO_DEVICE}; }}" for s in symbols) or "int empty;"
        script = "".join(f"{v} {{ global: {' '.join(s + ';' for s in sorted(ss))} }};\n" for v, ss in nodes.items())
        (lib / "stub.map").write_text(script or "{ global: *; };\n")
        flags = ["-shared", "-fPIC", "-w", "-fno-builtin", f"-Wl,-soname,{name}", f"-Wl,--version-script,{lib / 'stub.map'}"]
        subprocess.run(["cc", "-x", "c", "-", *flags, "-o", lib / name], input=code, text=True, check=True)
    (lib / "stub.map").unlink(missing_ok=True)


main(next(Path(sys.argv[1]).glob("lib/python3*/site-packages/torch/lib")))
