# The set-up that server, test, manage and messages share: what they source first.

set -euo pipefail
umask 022
ROOT=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
cd "$ROOT"
for part in say packages system environment people database; do
  # shellcheck source=/dev/null
  source "$ROOT/script/lib/$part.sh"
done

VAR=${VAR_DIR:-$ROOT/var}
[[ $VAR == /* ]] || VAR=$PWD/$VAR
LOGS=$VAR/log
# An empty variable means the same as none.
[[ ${DATABASE_URL:-} ]] || unset DATABASE_URL
OWN_DATABASE=${DATABASE_URL:+yes}

prepare_folders() {
  mkdir -p "$VAR" "$LOGS" 2>/dev/null || fail "$VAR can't be written by $(id -un)." \
    "Run as $(stat -c %U "$ROOT"), or keep the data elsewhere: VAR_DIR=/path/to/a/folder"
  VAR=$(cd "$VAR" && pwd -P)
  LOGS=$VAR/log
  [[ -w $VAR && -w $LOGS ]] || fail "$VAR belongs to $(stat -c %U "$VAR"), not to $(id -un)." \
    "Run as $(stat -c %U "$VAR"), or keep the data elsewhere: VAR_DIR=/path/to/a/folder"
  chmod go-w "$VAR"
  export VAR_DIR=$VAR
}

take_turns() { # one set-up at a time in one folder: held from here to end_turn
  exec 9>"$VAR/setup.lock"
  flock -n 9 && return 0
  say "Waiting for another script of this folder to finish its set-up"
  flock -w 900 9 || fail "Another script has been setting up in this folder for 15 minutes." \
    "Look what it does: $LOGS. End it, then start again."
}

end_turn() { flock -u 9; }

# set_up REQUIREMENTS LIST …: from nothing to a Python environment and a running database, with system packages of LISTs.
set_up() {
  local requirements=$1
  shift
  local lists=(runtime "$@")
  prepare_folders
  take_turns
  [[ -x $PY ]] || find_python >/dev/null || lists+=(python)
  [[ $OWN_DATABASE ]] || find_postgres >/dev/null || lists+=(database)
  need_packages "${lists[@]}"
  choose_service
  need_environment "$requirements"
  if [[ ! $OWN_DATABASE ]]; then start_database; fi
}

finish() { # the EXIT trap: leave nothing running that this script started
  local status=$?
  trap '' INT TERM
  set +e
  end_step
  [[ ${WEB_PID:-} ]] && stop_web
  if [[ ! $OWN_DATABASE ]]; then
    stop_database
  fi
  own_var
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
