# The private PostgreSQL cluster: on a unix socket only, in var/pg, run as the service user. Sourced.
# Nothing here is used where DATABASE_URL is set.

PG_PORT=54329 # only the name of the socket; nothing listens on a port

start_database() { # start the cluster if it doesn't run, and set DATABASE_URL to it
  PG_BIN=$(find_postgres) || fail "PostgreSQL with PostGIS was not found after the installation." \
    "See $LOGS/packages.log, or set DATABASE_URL to a database that has PostGIS."
  export PATH=$PG_BIN:$PATH
  _place_database
  exec 8>"$VAR/database.users"
  flock -s 8
  [[ -s $PG_DATA/PG_VERSION ]] || _make_cluster
  _same_version
  _write_configuration
  if _database_runs; then
    say "Database: PostgreSQL $PG_MAJOR of this folder runs already"
  else
    _clear_stale_pid
    _start_cluster
  fi
  _make_role
  DATABASE_URL="postgis://portal@/portal?host=${PG_SOCKET//\//%2F}&port=$PG_PORT"
  export DATABASE_URL
}

stop_database() { # stop it, unless another script of this folder still uses it (each holds a shared lock)
  [[ ${PG_DATA:-} && -e $PG_DATA/postmaster.pid ]] || return 0
  flock -u 8
  flock -n -x 8 || return 0
  as_service "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w -t 30 stop >/dev/null 2>&1 7>&- 8>&- 9>&- \
    || notice "The database did not stop within 30 s; see $PG_LOG"
  flock -u 8
}

keep_database() { # start it again after a crash; a clean stop by an operator (no pid file left) is respected
  [[ ${PG_DATA:-} && -e $PG_DATA/postmaster.pid ]] || return 0
  if _database_runs; then return 0; fi
  notice "The database ended unexpectedly (see $PG_LOG); starting it again."
  _clear_stale_pid
  _start_cluster
}

_place_database() { # var/pg, or outside where the service user cannot reach it or the path is no good for a socket
  local mark
  mark=$(printf '%s' "$VAR" | sha256sum | cut -c 1-12)
  PG_HOME=$VAR/pg
  mkdir -p "$PG_HOME"
  own_var
  if ! service_reaches "$PG_HOME"; then
    PG_HOME=/var/lib/tuyi-$mark
    notice "$SERVICE_USER cannot enter $VAR: the database is kept in $PG_HOME."
    mkdir -p "$PG_HOME"
    chown -h "$SERVICE_USER" "$PG_HOME"
  fi
  chmod 700 "$PG_HOME"
  PG_DATA=$PG_HOME/data
  PG_LOG=$PG_HOME/postgresql.log
  PG_SOCKET=$PG_HOME/socket
  # The system allows 107 bytes for the whole socket's name; and an odd character would need quoting in three languages.
  if ((${#PG_SOCKET} > 80)) || [[ $PG_SOCKET == *[!A-Za-z0-9/._-]* ]]; then
    PG_SOCKET=/tmp/tuyi-$mark
  fi
  as_service mkdir -p -m 700 "$PG_SOCKET"
  if [[ -L $PG_SOCKET || $(stat -c %U "$PG_SOCKET") != "$SERVICE_USER" ]]; then
    fail "$PG_SOCKET belongs to somebody else." "Remove it, or set VAR_DIR to a folder with a shorter path."
  fi
  chmod 700 "$PG_SOCKET"
}

_make_cluster() { # made aside and moved: an interrupted initdb never looks like a cluster
  rm -rf "$PG_DATA.new"
  step "Making a private database cluster in ${PG_DATA#"$ROOT"/}" "$LOGS/initdb.log" \
    as_service "$PG_BIN/initdb" -D "$PG_DATA.new" --username=tuyi_owner --encoding=UTF8 --locale=C.UTF-8 --auth=trust \
    || fail "The database cluster could not be made." "The whole output is in $LOGS/initdb.log"
  mv "$PG_DATA.new" "$PG_DATA"
}

_same_version() { # after an upgrade of the system the programs may be of another version than the data
  local own
  PG_MAJOR=$(<"$PG_DATA/PG_VERSION")
  own=$("$PG_BIN/postgres" -V | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
  [[ $PG_MAJOR == "$own" ]] && return 0
  if [[ -x /usr/lib/postgresql/$PG_MAJOR/bin/postgres ]]; then
    PG_BIN=/usr/lib/postgresql/$PG_MAJOR/bin
    export PATH=$PG_BIN:$PATH
    return 0
  fi
  fail "The data in $PG_DATA are of PostgreSQL $PG_MAJOR; this system has $own." \
    "Install postgresql-$PG_MAJOR-postgis-3, make a backup (script/manage backup), move $PG_DATA away, and restore." \
    "docs/operations.md tells how."
}

_write_configuration() { # at every start, so that a moved folder works
  if ! grep -qs tuyi.conf "$PG_DATA/postgresql.conf"; then
    echo "include = 'tuyi.conf'" | as_service tee -a "$PG_DATA/postgresql.conf" >/dev/null
  fi
  as_service tee "$PG_DATA/tuyi.conf" >/dev/null <<CONF
# Written by script/ at every start.
listen_addresses = ''
port = $PG_PORT
unix_socket_directories = '$PG_SOCKET'
unix_socket_permissions = 0700
# A container's /dev/shm may have 64 MB only.
dynamic_shared_memory_type = mmap
jit = off
shared_buffers = 256MB
max_connections = 100
# What residents write stays out of the log: no statement's text, no values of keys.
log_min_error_statement = panic
log_error_verbosity = terse
CONF
}

_database_runs() { # is there a postmaster, and is it this cluster's? (a pid may have gone to another program)
  local pid
  pid=$(head -n 1 "$PG_DATA/postmaster.pid" 2>/dev/null) || return 1
  [[ $pid ]] && [[ $(as_service readlink "/proc/$pid/cwd" 2>/dev/null) == "$(readlink -f "$PG_DATA")" ]]
}

# A pid file left by kill -9: PostgreSQL itself copes with a dead pid, and looks for its orphaned backends, so it is
# left to it. Only where the pid now belongs to a stranger (usual in containers) it would refuse for ever.
_clear_stale_pid() {
  local pid process
  pid=$(head -n 1 "$PG_DATA/postmaster.pid" 2>/dev/null) || return 0
  [[ -d /proc/$pid ]] || return 0
  for process in /proc/[0-9]*; do
    if [[ $(as_service readlink "$process/cwd" 2>/dev/null) == "$(readlink -f "$PG_DATA")" ]]; then return 0; fi
  done
  rm -f "$PG_DATA/postmaster.pid"
}

_start_cluster() {
  local attempt
  for attempt in 1 2 3; do
    if as_service "$PG_BIN/pg_ctl" -D "$PG_DATA" -l "$PG_LOG" -w -t 60 start \
      >"$LOGS/pg_ctl.log" 2>&1 </dev/null 7>&- 8>&- 9>&-; then
      say "Database: private PostgreSQL $PG_MAJOR in ${PG_DATA#"$ROOT"/}, no network port"
      return 0
    fi
    # After kill -9 the old server's processes need a moment to notice.
    sleep "$attempt"
  done
  tail -n 10 "$PG_LOG" | sed 's/^/    /' >&2
  fail "The private database did not start." "Its log is $PG_LOG" \
    "Is the disk full? To begin again with an empty database move $PG_HOME away (docs/operations.md, Restore)."
}

# The portal's own role may make databases (for the tests) but is no superuser; so PostGIS and trigrams are put into
# template1, from which every new database is copied.
_make_role() {
  local sql=(as_service "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$PG_SOCKET" -p "$PG_PORT" -U tuyi_owner)
  [[ -e $PG_HOME/ready ]] && return 0
  "${sql[@]}" -d template1 -c 'SET client_min_messages = warning' \
    -c 'CREATE EXTENSION IF NOT EXISTS postgis' -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm' >"$LOGS/role.log" 2>&1 \
    && "${sql[@]}" -d postgres >>"$LOGS/role.log" 2>&1 <<'SQL' \
    || fail "The database could not be prepared." "See $LOGS/role.log"
SELECT 'CREATE ROLE portal LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal') \gexec
SELECT 'CREATE DATABASE portal OWNER portal' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
SQL
  as_service touch "$PG_HOME/ready"
}
