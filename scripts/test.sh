# ./dev test: every suite, its counts, and one line that sums them; sourced by ./dev.
# shellcheck shell=bash disable=SC2016 # awk programs

test_results=() # "title|passed|failed|seconds", one per suite
test_logs=
test_filters=()

browser_never_started() {
  grep -qE 'session not created|failed to create a Chrome session|driver failed to|DevToolsActivePort|Chrome failed to start' "$1"
}

# Runs one suite and goes on after a failure, so that one run shows all of them.
suite() { # title counter command…
  local title=$1 counter=$2 start=$SECONDS log status=0 counts
  shift 2
  log=$test_logs/${#test_results[@]}
  printf '\n%s\n' "${bold}== $title${plain}"
  "$@" 2>&1 | tee "$log" || status=1
  if [ "$status" -ne 0 ] && browser_never_started "$log"; then
    say "Chromium did not start: once more."
    status=0
    "$@" 2>&1 | tee "$log" || status=1
  fi
  counts=$("$counter" "$status" "$log")
  test_results+=("$title|${counts% *}|${counts#* }|$((SECONDS - start))")
  say "-- $title: ${counts% *} passed, ${counts#* } failed, $((SECONDS - start)) s"
  return "$status"
}

# Counters print "passed failed". A suite that stopped without naming a failed test counts as one failure.
count_step() { if [ "$1" -eq 0 ]; then say 1 0; else say 0 1; fi; }

count_sum() { # status log awk-program
  awk -v status="$1" "$3"'
    END { if (status != 0 && failed == 0) failed = 1; print passed + 0, failed + 0 }' "$2"
}

# "test result: ok. 3 passed; 0 failed; …" of libtest and of wasm-bindgen's runner
count_libtest() {
  count_sum "$1" "$2" '/test result: / {
    for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i-1); if ($i ~ /^failed/) failed += $(i-1) } }'
}

# "ℹ pass 3", "ℹ fail 0", "ℹ cancelled 0" of Node's spec reporter
count_node() {
  count_sum "$1" "$2" '$1 == "ℹ" && $2 == "pass" { passed += $3 }
    $1 == "ℹ" && ($2 == "fail" || $2 == "cancelled") { failed += $3 }'
}

# "3 passed, 0 failed"
count_said() {
  count_sum "$1" "$2" '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }'
}

# --- the suites ------------------------------------------------------------------------------------------------------

web_tests() {
  local file
  for file in tests/web_*.rs; do
    [ -e "$file" ] && basename "$file" .rs
  done
  return 0
}

# --test NAME for each test that runs in the browser
web_test_flags() { web_tests | sed 's/^/--test=/'; }

clippy_native() { cargo clippy --workspace --all-targets -- -D warnings; }

# Everything together, and each of the page's two programs as it is built.
clippy_wasm() {
  local status=0 program
  # shellcheck disable=SC2046 # one word per test
  cargo clippy --target "$wasm_target" --lib --bins $(web_test_flags) -- -D warnings || status=1
  for program in page lab; do
    cargo clippy --target "$wasm_target" --lib --bins --no-default-features --features "$program" -- -D warnings || status=1
  done
  return "$status"
}

native_tests() { limit 1800 cargo test --workspace --no-fail-fast -- "${test_filters[@]}"; }

# The driver's capabilities, with the Chromium that was found.
webdriver_json() {
  local file=$test_logs/webdriver.json
  node -e '
    const caps = JSON.parse(require("fs").readFileSync("webdriver.json"));
    caps["goog:chromeOptions"].binary = process.env.CHROMIUM;
    console.log(JSON.stringify(caps));' >"$file"
  say "$file"
}

wasm_tests() {
  local filter status=0
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
  export WASM_BINDGEN_TEST_TIMEOUT=180 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=30
  WASM_BINDGEN_TEST_WEBDRIVER_JSON=$(webdriver_json)
  export WASM_BINDGEN_TEST_WEBDRIVER_JSON
  # the runner takes one filter at a time
  [ "${#test_filters[@]}" -gt 0 ] || set -- ''
  for filter in "${test_filters[@]}" "$@"; do
    # shellcheck disable=SC2046 # one word per test
    limit 1200 cargo test --no-fail-fast --target "$wasm_target" $(web_test_flags) -- ${filter:+"$filter"} || status=1
  done
  return "$status"
}

# Exports runs as scripts and runs those.
python_tests() { # numpy, optax or pytorch
  cargo build --quiet --bin descent-lab &&
    JAX_PLATFORMS=cpu limit 900 "$python" tests/python/run_scripts.py target/debug/descent-lab "$1" "${test_filters[@]}"
}

e2e_tests() {
  local filter flags=()
  for filter in "${test_filters[@]}"; do flags+=("--test-name-pattern=$filter"); done
  limit 2400 env -u FORCE_COLOR NO_COLOR=1 node --test-reporter=spec "${flags[@]}" tests/e2e/all.mjs
}

# Other systems' sites with the page in them.
site_tests() {
  local filter flags=()
  for filter in "${test_filters[@]}"; do flags+=("--test-name-pattern=$filter"); done
  limit 1200 env -u FORCE_COLOR NO_COLOR=1 node --test-reporter=spec "${flags[@]}" tests/sites/sites.test.mjs
}

# --- the command -----------------------------------------------------------------------------------------------------

suites_native() {
  if [ "${#test_filters[@]}" -eq 0 ]; then
    suite "format" count_step cargo fmt --package descent-lab --package finish --check || true
    suite "clippy, native" count_step clippy_native || true
  fi
  suite "native tests" count_libtest native_tests || true
}

# Whether a name of an exported script can contain a word: names are made of what stands in this file and of optimizers.
scripts_chosen() {
  local word part parts known
  [ "${#test_filters[@]}" -gt 0 ] || return 0
  known=$(cat tests/python/export_cases.py && cd src/optim && printf '%s\n' *.rs)
  for word in "${test_filters[@]}"; do
    read -ra parts <<<"$word"
    for part in "${parts[@]}"; do
      [[ $known == *"$part"* ]] || continue 2
    done
    return 0
  done
  return 1
}

# --full also those of PyTorch, which is a large download.
suites_python() { # full
  local flavour
  for flavour in numpy optax ${1:+pytorch}; do
    suite "exported scripts, $flavour" count_said python_tests "$flavour" || true
  done
}

suites_browser() { # full
  if [ "${#test_filters[@]}" -eq 0 ]; then
    suite "clippy, wasm" count_step clippy_wasm || true
  fi
  [ -z "$(web_tests)" ] || suite "wasm tests in Chromium" count_libtest wasm_tests || true
  if suite "release build" count_step build_page; then
    [ "${#test_filters[@]}" -gt 0 ] || suite "size" count_step node scripts/size.mjs || true
    suite "end-to-end tests" count_node e2e_tests || true
    [ -z "$1" ] || suite "other systems' sites" count_node site_tests || true
  else
    say "The page did not build: its size and the end-to-end tests were left out."
  fi
}

# The table of suites and the last line; fails if anything did, or if nothing ran.
summary() {
  local row title passed failed seconds all_passed=0 all_failed=0 mark
  say ''
  for row in "${test_results[@]}"; do
    IFS='|' read -r title passed failed seconds <<<"$row"
    all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed))
    mark="${green}ok${plain}    "
    [ "$failed" -eq 0 ] || mark="${red}FAILED${plain}"
    printf '%s  %-24s %5d passed %4d failed %5d s\n' "$mark" "$title" "$passed" "$failed" "$seconds"
  done
  say "$all_passed passed, $all_failed failed"
  [ "$all_failed" -eq 0 ] && [ "$all_passed" -gt 0 ]
}

run_tests() {
  local quick='' full=''
  while [ $# -gt 0 ]; do
    case $1 in
      --quick) quick=yes ;;
      --full) full=yes ;;
      -*) die "./dev test: unknown option $1. Allowed: --quick, --full, and words that test names contain." ;;
      *) test_filters+=("$1") ;;
    esac
    shift
  done
  test_logs=$(mktemp -d)
  trap 'rm -rf "$test_logs"' EXIT
  need_rust
  need_rust_component rustfmt fmt
  need_rust_component clippy clippy
  if [ -z "$quick" ]; then
    need_build_tools
    need_e2e_modules
    need_chromium
    if [ -n "$full" ]; then need_mdbook && need_site_modules; fi
  fi
  if [ -z "$quick" ] && scripts_chosen; then
    need_python
    [ -z "$full" ] || need_torch
  fi
  suites_native
  if [ -z "$quick" ] && scripts_chosen; then suites_python "$full"; fi
  [ -n "$quick" ] || suites_browser "$full"
  summary
}
