# Messages, timing and small questions about the machine; sourced by ./dev.
# shellcheck shell=bash

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' red='' green='' plain=''
fi

# Trunk reads NO_COLOR as a boolean and stops at the customary "1".
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; else unset NO_COLOR; fi

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command for at most so many seconds, where the machine has `timeout`.
limit() {
  local seconds=$1
  shift
  if ! have timeout; then
    "$@"
  elif [ -t 0 ]; then
    timeout --foreground -k 10 "$seconds" "$@" # so that Ctrl-C reaches it
  else
    timeout -k 10 "$seconds" "$@"
  fi
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The status line of GET / on a local port.
http_status() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET / HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n' >&3
    read -r -t 5 line <&3 && printf '%s\n' "$line"
  ) 2>/dev/null
}

# Runs one installation step: says what it does, how long it took, and how to do it by hand if it fails.
# Without a terminal the command's own output is shown only if it fails.
install_step() { # title by-hand command…
  local title=$1 by_hand=$2 start=$SECONDS log status=0
  shift 2
  say "${bold}install:${plain} $title"
  if [ -t 1 ]; then
    "$@" || status=$?
  else
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || tail -n 40 "$log" >&2
    rm -f "$log"
  fi
  [ "$status" -eq 0 ] || die "${red}failed:${plain} $title (after $((SECONDS - start)) s)" "By hand: $by_hand"
  say "         done in $((SECONDS - start)) s"
}
