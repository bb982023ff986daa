# What the project needs on a machine, and how it gets there; sourced by ./dev.
# Everything that is not the system's goes into a cache of the project's own, so nothing of the user's is replaced.
# shellcheck shell=bash

tools=${XDG_CACHE_HOME:-$HOME/.cache}/descent-lab/tools
export PATH=$tools/bin:$PATH

# Each version stands in one place; wasm-bindgen's and wasm-opt's where Trunk reads them too.
trunk_version=0.21.14
mdbook_version=0.5.4
rust_channel=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)
wasm_bindgen_version=$(sed -n 's/^wasm_bindgen = "\(.*\)"$/\1/p' Trunk.toml)
binaryen_version=$(sed -n 's/^wasm_opt = "version_\(.*\)"$/\1/p' Trunk.toml).0.0
node_major=20
python_minor=11
# What exported scripts are tested with; src/export/code/head.rs says so in them.
python_packages="numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2 optax==0.2.8"
torch_version=2.15.0
wasm_target=wasm32-unknown-unknown

# --- system packages -------------------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

apt_get_install() {
  as_root apt-get update || true # an old package list may still serve
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# Installs Debian packages, or says what is missing where there is no apt-get.
system_packages() { # what-is-missing packages…
  local what=$1
  shift
  have apt-get || die "Missing: $what. This machine has no apt-get to install it with." \
    "Install it by hand (on Debian the packages are: $*), then run this again."
  install_step "$what (apt-get install $*)" "sudo apt-get install $*" apt_get_install "$@"
}

# --- Rust ------------------------------------------------------------------------------------------------------------

need_rust() {
  have cargo || die "Rust is missing. Install rustup from https://rustup.rs, then run this again."
  have cc || system_packages "a C linker" gcc libc6-dev
  if have rustup && ! rustup run "$rust_channel" rustc --version >/dev/null 2>&1; then
    install_step "Rust $rust_channel (rustup)" "rustup toolchain install $rust_channel" \
      rustup toolchain install "$rust_channel" --profile minimal --no-self-update
  fi
}

need_rust_component() { # name subcommand
  cargo "$2" --version >/dev/null 2>&1 && return
  have rustup || die "cargo $2 is missing, and there is no rustup to add it with."
  install_step "$1 for Rust $rust_channel" "rustup component add $1 --toolchain $rust_channel" \
    rustup component add "$1" --toolchain "$rust_channel"
}

need_wasm_target() {
  [ -d "$(rustc --print target-libdir --target "$wasm_target")" ] && return
  have rustup || die "Rust's $wasm_target target is missing, and there is no rustup to add it with."
  install_step "Rust's $wasm_target target" "rustup target add $wasm_target --toolchain $rust_channel" \
    rustup target add "$wasm_target" --toolchain "$rust_channel"
}

# Trunk builds with --offline, so the crates must be there before it.
need_crates() {
  local host
  host=$(rustc -vV | sed -n 's/^host: //p')
  set -- cargo fetch --target "$wasm_target" --target "$host"
  [ -z "${CI:-}" ] || set -- "$@" --locked
  "$@" --offline >/dev/null 2>&1 || install_step "the crates in Cargo.lock" "$*" "$@"
}

# `cargo install` for a build tool: quick to compile rather than quick to run. An interrupted build is taken up again.
build_tool() {
  local build_dir=$tools/build
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR=$build_dir cargo install --root "$tools" "$@" && rm -rf "$build_dir"
}

need_cargo_tool() { # crate version binary [flags…]
  local crate=$1 version=$2 binary=$3
  shift 3
  [ "$("$binary" --version 2>/dev/null)" = "$binary $version" ] && return
  install_step "$crate $version, compiled once into $tools (takes minutes)" \
    "cargo install $crate --version $version $*" build_tool "$crate" --version "$version" "$@"
}

need_trunk() { need_cargo_tool trunk "$trunk_version" trunk --locked; }

# Not --locked: its lock file names a crate version that has been withdrawn.
need_wasm_bindgen() { need_cargo_tool wasm-bindgen-cli "$wasm_bindgen_version" wasm-bindgen; }

need_mdbook() {
  [ "$(mdbook --version 2>/dev/null)" = "mdbook v$mdbook_version" ] && return
  need_cargo_tool mdbook "$mdbook_version" mdbook --locked --no-default-features
}

# --- Node ------------------------------------------------------------------------------------------------------------

need_node() {
  local found
  found=$(node --version 2>/dev/null || true)
  found=${found#v}
  [ "${found%%.*}" -ge "$node_major" ] 2>/dev/null && have npm && return
  die "Node.js $node_major or later with npm is missing (found: ${found:-none})." \
    "Install it from https://nodejs.org or your system's packages (Debian: sudo apt-get install nodejs npm), then run this again."
}

unpack_binaryen() { # directory
  rm -rf "$1" "$1.partial" && mkdir -p "$1.partial" "$tools/bin" &&
    npm install --prefix "$1.partial" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
      --loglevel=error "binaryen@$binaryen_version" &&
    mv "$1.partial" "$1"
}

# wasm-opt is the one of the binaryen package, a Node script.
need_wasm_opt() {
  local dir=$tools/binaryen-$binaryen_version
  local script=$dir/node_modules/binaryen/bin/wasm-opt
  need_node
  [ -f "$script" ] || install_step "wasm-opt (binaryen $binaryen_version from npm)" \
    "npm install --prefix $dir binaryen@$binaryen_version" unpack_binaryen "$dir"
  [ "$(readlink "$tools/bin/wasm-opt")" = "$script" ] || ln -sfn "$script" "$tools/bin/wasm-opt"
}

install_e2e_modules() {
  npm ci --prefix tests/e2e --ignore-scripts --no-audit --no-fund --loglevel=error &&
    cp tests/e2e/package-lock.json tests/e2e/node_modules/.installed-from
}

need_e2e_modules() {
  need_node
  cmp -s tests/e2e/package-lock.json tests/e2e/node_modules/.installed-from && return
  install_step "playwright-core and axe-core (npm ci in tests/e2e)" "npm ci --prefix tests/e2e" install_e2e_modules
}

# --- other systems' sites ---------------------------------------------------------------------------------------------

install_site_modules() { # folder
  rm -rf "$1" && python3 -m venv "$1" &&
    "$1/bin/pip" install --quiet --disable-pip-version-check --requirement tests/sites/requirements.txt &&
    cp tests/sites/requirements.txt "$1/.installed-from"
}

# Sphinx, MkDocs and Jupyter, in a place of their own; leaves it in DESCENT_SITES_VENV, which the tests read.
need_site_modules() {
  DESCENT_SITES_VENV=${tools%/tools}/sites-venv
  export DESCENT_SITES_VENV
  cmp -s tests/sites/requirements.txt "$DESCENT_SITES_VENV/.installed-from" && return
  python3 -c 'import ensurepip' 2>/dev/null || system_packages "Python 3 with venv" python3 python3-venv
  install_step "Sphinx, MkDocs and Jupyter (tests/sites/requirements.txt)" \
    "python3 -m venv $DESCENT_SITES_VENV && $DESCENT_SITES_VENV/bin/pip install -r tests/sites/requirements.txt" \
    install_site_modules "$DESCENT_SITES_VENV"
}

# --- Chromium --------------------------------------------------------------------------------------------------------

first_program() {
  local name
  for name in "$@"; do
    command -v "$name" 2>/dev/null && return
  done
  return 1
}

find_chromium() {
  first_program ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome-stable google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
}

find_chromedriver() {
  first_program ${CHROMEDRIVER:+"$CHROMEDRIVER"} chromedriver /usr/lib/chromium-browser/chromedriver
}

# Leaves both in CHROMIUM and CHROMEDRIVER, which the tests read.
need_chromium() {
  if [ -n "${CHROMIUM:-}" ] && ! have "$CHROMIUM"; then die "CHROMIUM names $CHROMIUM, which is not a program."; fi
  if [ -n "${CHROMEDRIVER:-}" ] && ! have "$CHROMEDRIVER"; then die "CHROMEDRIVER names $CHROMEDRIVER, which is not a program."; fi
  if ! find_chromium >/dev/null || ! find_chromedriver >/dev/null; then
    system_packages "Chromium and its driver" chromium chromium-driver fonts-liberation
  fi
  CHROMIUM=$(find_chromium || true)
  CHROMEDRIVER=$(find_chromedriver || true)
  if [ -z "$CHROMIUM" ] || [ -z "$CHROMEDRIVER" ]; then
    die "Chromium or chromedriver is still missing." \
      "Install both in the same version and name them: CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver ./dev test"
  fi
  export CHROMIUM CHROMEDRIVER
}

# --- Python ----------------------------------------------------------------------------------------------------------

python_home=$(dirname "$tools")/python
python=$python_home/bin/python

make_python() {
  rm -rf "$python_home"
  # shellcheck disable=SC2086 # one word per package
  python3 -m venv "$python_home" && "$python" -m pip install --quiet --disable-pip-version-check $python_packages &&
    say "$python_packages" >"$python_home/installed"
}

python_is_recent() { python3 -c "import sys; sys.exit(sys.version_info < (3, $python_minor))" 2>/dev/null; }

# An environment of our own with the libraries that exported scripts call, on the processor only.
need_python() {
  if ! python_is_recent || ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
    system_packages "Python 3.$python_minor or later with venv" python3 python3-venv
    python_is_recent || die "Python 3.$python_minor or later is needed (found: $(python3 --version 2>&1 || true))." \
      "Install a later one so that it is the python3 in the path, then run this again. Without it: ./dev test --quick"
  fi
  [ "$(cat "$python_home/installed" 2>/dev/null)" = "$python_packages" ] ||
    install_step "NumPy, JAX and optax in $python_home (0.6 GB)" "python3 -m venv $python_home && $python -m pip install $python_packages" make_python
}

# The wheel for Linux on x86_64 is linked with CUDA. Its 3 GB are left out, and scripts/torch_without_cuda.py puts stand-ins in their place.
install_torch() {
  "$python" -m pip install --quiet --disable-pip-version-check filelock typing_extensions sympy networkx jinja2 fsspec setuptools &&
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps "torch==$torch_version" || return
  if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ]; then "$python" scripts/torch_without_cuda.py "$python_home" || return; fi
  "$python" -c 'import torch; torch.zeros(1)' && say "$torch_version" >"$python_home/torch"
}

need_torch() {
  need_python
  [ "$(cat "$python_home/torch" 2>/dev/null)" = "$torch_version" ] && return
  # scripts/torch_without_cuda.py asks it.
  if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ]; then have readelf || system_packages "readelf" binutils; fi
  install_step "PyTorch $torch_version (0.9 GB)" "$python -m pip install torch==$torch_version" install_torch
}

# --- what each command needs -----------------------------------------------------------------------------------------

need_build_tools() {
  need_rust
  need_wasm_target
  need_wasm_opt
  need_wasm_bindgen
  need_trunk
  need_crates
}
