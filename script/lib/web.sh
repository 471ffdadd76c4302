# The web server: gunicorn in the foreground of script/server, watched until somebody stops it. Sourced.

WEB_PID=

check_port() { # refuse early, and with a way out
  if [[ ! $PORT =~ ^[0-9]{1,5}$ ]] || ((10#$PORT < 1 || 10#$PORT > 65535)); then
    fail "PORT is '$PORT', which is no port number." "For example: PORT=8001 script/server"
  fi
  if _port_answers; then
    fail "Port $PORT is used by another program." "Stop it, or take another port: PORT=$((PORT + 1)) script/server"
  fi
}

_port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; }

only_server() { # one server in one folder; what a killed one left behind is ended first
  local pid
  exec 7>>"$VAR/server.lock"
  if ! flock -n 7; then
    fail "A server of this folder runs already: $(<"$VAR/server.address")" \
      "Use it, or stop it with Ctrl-C where it was started." \
      "For a second one beside it: VAR_DIR=/another/folder PORT=$((PORT + 1)) script/server"
  fi
  pid=$(cat "$VAR/gunicorn.pid" 2>/dev/null || true)
  if [[ $pid =~ ^[0-9]+$ ]] && grep -qsz "$VENV/bin/python" "/proc/$pid/cmdline"; then
    say "Ending the web server that a killed script left behind"
    _end_process "$pid"
  fi
  rm -f "$VAR/gunicorn.pid"
}

start_web() { # start gunicorn as the service user, and wait until the portal is ready to work
  local web=("${SERVICE[@]}")
  if ((EUID == 0)) && ! service_reaches "$ROOT"; then
    web=()
    notice "$SERVICE_USER cannot enter $ROOT, so the web server runs as root. Better: a folder that others may enter."
  elif ((EUID == 0)) && ! as_service "$PY" -c '' 2>/dev/null; then
    # A Python that root has made for itself, below its own home.
    web=()
    notice "$SERVICE_USER may not run $(readlink -f "$PY"), so the web server runs as root. Better: PYTHON=/usr/bin/python3"
  fi
  : >"$LOGS/web.log"
  own_var
  export PORT
  "${web[@]}" "$PY" -m gunicorn --config "$ROOT/deploy/gunicorn.conf.py" --pid "$VAR/gunicorn.pid" \
    portal.wsgi:application >>"$LOGS/web.log" 2>&1 </dev/null 7>&- 8>&- 9>&- &
  WEB_PID=$!
  _wait_until_ready
}

_wait_until_ready() {
  local answer deadline=$((SECONDS + 40))
  while ((SECONDS < deadline)); do
    if ! kill -0 "$WEB_PID" 2>/dev/null; then
      tail -n 25 "$LOGS/web.log" | sed 's/^/    /' >&2
      fail "The web server ended while starting." "Its log is $LOGS/web.log"
    fi
    answer=$(_ask /readyz 2>/dev/null || true)
    [[ $answer == HTTP/1.?" 200"* ]] && return 0
    sleep 0.2
  done
  tail -n 15 "$LOGS/web.log" | sed 's/^/    /' >&2
  fail "The portal did not become ready within 40 s: ${answer##*$'\n'}" "Its log is $LOGS/web.log"
}

_ask() { # an HTTP request without curl, which a fresh system lacks
  exec 3<>"/dev/tcp/127.0.0.1/$PORT" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" "$PORT" >&3
  timeout 10 cat <&3
  exec 3>&-
}

watch_web() { # stay until the web server ends; a crashed database is started again
  local status=0
  while kill -0 "$WEB_PID" 2>/dev/null; do
    sleep 2 &
    wait -n "$WEB_PID" $! || true
    [[ $OWN_DATABASE ]] || keep_database
  done
  wait "$WEB_PID" || status=$?
  WEB_PID=
  tail -n 5 "$LOGS/web.log" | sed 's/^/    /' >&2
  fail "The web server ended (status $status)." "Start again: nothing is lost. Its log is $LOGS/web.log"
}

stop_web() {
  _end_process "$WEB_PID"
  rm -f "$VAR/gunicorn.pid" "$VAR/server.address"
  WEB_PID=
}

_end_process() { # ask it to end, wait for open requests, then insist
  local turn
  kill -TERM "$1" 2>/dev/null || return 0
  for ((turn = 0; turn < 250; turn++)); do
    _runs "$1" || return 0
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
}
