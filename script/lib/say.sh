# What the scripts say: one line a step, progress for long ones, and on failure what to do. Sourced.

# Where the lines go: script/manage sets 2 and SAY_QUIET=1, so that a command's own output stays clean.
SAY_FD=${SAY_FD:-1}
SAY_QUIET=${SAY_QUIET:-}
STEP_GROUP=

say() { # say TEXT: one line, a step that is done or a fact
  [[ $SAY_QUIET ]] || printf '· %s\n' "$*" >&"$SAY_FD"
}

notice() { # notice TEXT: something to know; also when quiet
  printf '! %s\n' "$*" >&2
}

fail() { # fail TEXT [HINT …]: say what is wrong and what to do, and stop
  printf '✗ %s\n' "$1" >&2
  shift
  local hint
  for hint in "$@"; do printf '  → %s\n' "$hint" >&2; done
  exit 1
}

# step TEXT LOG COMMAND …: run a long command with its output in LOG, and show that it lives.
# Returns the command's status; on failure the end of the log is shown. The command gets a process group of its own,
# so that Ctrl-C ends it through end_step and never half of it.
step() {
  local text=$1 log=$2 started=$SECONDS status=0 pid
  shift 2
  : >"$log"
  set -m
  "$@" >"$log" 2>&1 </dev/null 7>&- 8>&- 9>&- &
  pid=$!
  set +m
  STEP_GROUP=$pid
  if [[ ! -t $SAY_FD ]]; then printf '· %s … ' "$text" >&"$SAY_FD"; fi
  while _runs "$pid"; do
    _show_progress "$text" "$log" $((SECONDS - started))
    sleep 0.3
  done
  wait "$pid" || status=$?
  STEP_GROUP=
  if [[ -t $SAY_FD ]]; then printf '\r\033[K· %s … ' "$text" >&"$SAY_FD"; fi
  if ((status)); then
    printf 'failed after %s s. The end of %s:\n' $((SECONDS - started)) "$log" >&"$SAY_FD"
    tail -n 15 "$log" | sed 's/^/    /' >&2
  else
    printf '%s s\n' $((SECONDS - started)) >&"$SAY_FD"
  fi
  return "$status"
}

_runs() { # alive and not a zombie
  local state
  read -r _ _ state _ 2>/dev/null <"/proc/$1/stat" && [[ $state != Z ]]
}

_show_progress() { # on a terminal the line itself moves; elsewhere one line each fifteen seconds
  local last
  if [[ -t $SAY_FD ]]; then
    last=$(tail -c 300 "$2" | tr '\r' '\n' | grep -v '^ *$' | tail -n 1 || true)
    printf '\r\033[K· %s … %s s  %.60s' "$1" "$3" "$last" >&"$SAY_FD"
  elif (($3 >= ${STEP_SHOWN:-0} + 15)); then
    last=$(tail -c 300 "$2" | tr '\r' '\n' | grep -v '^ *$' | tail -n 1 || true)
    printf '\n    %s s: %.90s … ' "$3" "$last" >&"$SAY_FD"
    STEP_SHOWN=$3
  fi
  if (($3 == 0)); then STEP_SHOWN=0; fi
}

end_step() { # called by the EXIT trap: a step that is still running is ended with all its children
  [[ $STEP_GROUP ]] || return 0
  kill -TERM -- "-$STEP_GROUP" 2>/dev/null || true
  wait "$STEP_GROUP" 2>/dev/null || true
  STEP_GROUP=
}
