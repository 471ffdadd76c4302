# System packages: which lists are incomplete, and how to complete them. Sourced; also run by the Dockerfile:
#   bash script/lib/packages.sh runtime
# A list is script/packages/NAME.txt.

PACKAGE_LISTS=${PACKAGE_LISTS:-$(cd "${BASH_SOURCE[0]%/*}/../packages" && pwd)}

package_lines() { # package_lines LIST …: the lines of these lists without their comments
  local list
  for list in "$@"; do
    grep -vE '^(#|[[:space:]]*$)' "$PACKAGE_LISTS/$list.txt"
  done
}

missing_lines() { # missing_lines LIST …: those lines for which no installed package is found
  local installed line
  command -v dpkg-query >/dev/null || return 0
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
  while read -r line; do
    [[ $line == ^* ]] || line="^${line//+/\\+}\$"
    grep -qE "$line" <<<"$installed" || printf '%s\n' "$line"
  done < <(package_lines "$@")
}

# package_names: read lines, write the archive's package names. Of several names that an expression matches the newest
# is taken, but PostGIS for a server of PostgreSQL that is installed already goes before a second server.
package_names() {
  local line name server
  while read -r line; do
    name=
    [[ $line == ^* ]] || name=$line
    if [[ $line == *postgis* ]]; then
      for server in $(ls /usr/lib/postgresql 2>/dev/null | sort -rn); do
        [[ -x /usr/lib/postgresql/$server/bin/postgres ]] || continue
        name=$(apt-cache search --names-only "^postgresql-$server-postgis-3\$" | awk '{print $1}')
        [[ -z $name ]] || break
      done
    fi
    [[ $name ]] || name=$(apt-cache search --names-only "$line" | awk '{print $1}' | sort -V | tail -n 1)
    if [[ -z $name ]]; then
      printf 'No package matches %s\n' "$line" >&2
      return 1
    fi
    printf '%s\n' "$name"
  done
}

# install_lines LINE …: install what these lines name. Must run as root. The distribution must not make and start a
# database cluster "main" of its own beside ours: while installing, and only then, it is told so.
install_lines() {
  local names rule=/etc/postgresql-common/createcluster.d/tuyi-no-main.conf options
  options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
  apt-get "${options[@]}" update || return 1
  names=$(printf '%s\n' "$@" | package_names) || return 1
  mkdir -p "${rule%/*}"
  echo 'create_main_cluster = false' >"$rule"
  # shellcheck disable=SC2086 # one word for each package
  apt-get "${options[@]}" install $names
  local status=$?
  rm -f "$rule"
  return "$status"
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  mapfile -t lines < <(missing_lines "$@")
  ((${#lines[@]} == 0)) || install_lines "${lines[@]}"
fi
