# Under whose name things run: never the database or the web server as root. Sourced.
#
#   started by            files belong to     database and web server run as
#   an ordinary user      that user           that user
#   root, folder not      the folder's owner  the folder's owner
#   root, folder root's   root                postgres (comes with the database package), else a new user tuyi

SERVICE=() # the words that go before a command to run it as the service user; empty where that is ourselves

choose_service() {
  SERVICE_USER=$(id -un 2>/dev/null) || fail "Your user id $(id -u) has no name on this system." \
    "PostgreSQL cannot be started without one. Run as a user of /etc/passwd, or as root, or set DATABASE_URL."
  ((EUID == 0)) || return 0
  SERVICE_USER=$(stat -c %U "$ROOT")
  if [[ $SERVICE_USER == root || $SERVICE_USER == UNKNOWN ]]; then
    SERVICE_USER=postgres
    if ! id postgres >/dev/null 2>&1; then
      SERVICE_USER=tuyi
      id tuyi >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin tuyi
    fi
  fi
  SERVICE=(setpriv "--reuid=$SERVICE_USER" "--regid=$(id -g "$SERVICE_USER")" --init-groups env "HOME=$VAR")
}

as_service() { "${SERVICE[@]}" "$@"; }

# Everything in var/ belongs to the service user, whoever made it (a command run as root makes root's files).
own_var() {
  [[ $EUID == 0 && ${SERVICE_USER:-} && -d $VAR ]] || return 0
  chown -Rh "$SERVICE_USER" "$VAR"
}

# .venv belongs to whom the folder belongs: root's set-up in somebody's folder leaves nothing of root's behind.
own_environment() {
  ((EUID == 0)) || return 0
  chown -Rh "$(stat -c %u:%g "$ROOT")" "$VENV"
}

service_reaches() { as_service test -x "$1" -a -r "$1"; }
