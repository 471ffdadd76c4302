# What a fresh system lacks: decides which package lists are needed, and installs them as root or by sudo. Sourced.

need_packages() { # need_packages LIST …: complete these lists, or say exactly what is missing and stop
  local lines=() as_root=()
  mapfile -t lines < <(missing_lines "$@")
  ((${#lines[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    fail "This system has no apt-get, and these packages are missing: $(_readable "${lines[@]}")" \
      "Install what corresponds to them here, or use Debian 12, Debian 13 or Ubuntu 24.04, or docker compose up."
  fi
  if ((EUID != 0)); then
    if [[ ${TUYI_NO_APT:-} ]] || ! command -v sudo >/dev/null; then
      _cannot_install "${lines[@]}"
    fi
    sudo -v || _cannot_install "${lines[@]}"
    as_root=(sudo)
  elif [[ ${TUYI_NO_APT:-} ]]; then
    _cannot_install "${lines[@]}"
  fi
  step "Installing system packages: $(_readable "${lines[@]}")" "$LOGS/packages.log" \
    "${as_root[@]}" bash "$ROOT/script/lib/packages.sh" "$@" \
    || fail "The system packages could not be installed." \
      "Is the network there? Does 'apt-get update' work? Then start again: what is done is kept." \
      "The whole output is in $LOGS/packages.log"
}

_readable() { # expressions as people would write them: postgresql-N-postgis-3
  sed -E 's/\[0-9\]\+/N/g; s/\([^)]*\)\??//g; s/[\^$]//g' <<<"$*"
}

_cannot_install() {
  local names
  names=$(printf '%s\n' "$@" | package_names 2>/dev/null | tr '\n' ' ' || true)
  fail "System packages are missing, and you may not install them: $(_readable "$@")" \
    "Ask an administrator to run: apt-get install --no-install-recommends ${names:-$*}" \
    "Then start this script again."
}

find_postgres() { # print the folder of the programs of the newest PostgreSQL that has PostGIS
  local major bin
  for major in $(ls /usr/lib/postgresql 2>/dev/null | sort -rn); do
    bin=/usr/lib/postgresql/$major/bin
    if [[ -x $bin/postgres && -e /usr/share/postgresql/$major/extension/postgis.control ]]; then
      printf '%s\n' "$bin"
      return 0
    fi
  done
  bin=$(command -v pg_config 2>/dev/null) || return 1
  [[ -x $("$bin" --bindir)/postgres && -e $("$bin" --sharedir)/extension/postgis.control ]] || return 1
  "$bin" --bindir
}

find_python() { # print a Python of 3.11 or later that can make environments; each candidate is really tried
  local candidate runner
  # One that the service user may run as well is the better one: root's own may lie where nobody else may look.
  for runner in as_service command; do
    for candidate in ${PYTHON:-} python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
      candidate=$(command -v "$candidate") || continue
      "$runner" "$candidate" -c 'import ensurepip, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
        || continue
      printf '%s\n' "$candidate"
      return 0
    done
  done
  return 1
}
