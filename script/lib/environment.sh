# The Python environment in .venv, from pinned requirements. Sourced.

VENV=$ROOT/.venv
PY=$VENV/bin/python

# need_environment REQUIREMENTS: make or complete .venv; nothing is done when its stamp fits. Programs of the
# environment are started as `python -m NAME`, so that a moved or copied folder keeps working.
need_environment() {
  local requirements=$1 wanted python
  wanted=$(_wanted "$requirements")
  if [[ -x $PY ]] && _environment_fits; then
    grep -qsF -- "$wanted" "$VENV/.tuyi" && return 0
  else
    python=$(find_python) || fail "No Python of 3.11 or later that can make environments was found." \
      "On Ubuntu 22.04 it is too old; use Debian 12, Debian 13 or Ubuntu 24.04, or set PYTHON=/path/to/python3."
    step "Making the Python environment ($("$python" -V))" "$LOGS/venv.log" _make_environment "$python" \
      || fail "The Python environment could not be made." "The whole output is in $LOGS/venv.log"
  fi
  step "Installing Python packages from $requirements" "$LOGS/pip.log" \
    "$PY" -m pip install --no-input --disable-pip-version-check --only-binary :all: --progress-bar off \
    -r "$ROOT/$requirements" -c "$ROOT/constraints.txt" \
    || fail "The Python packages could not be installed." \
      "Is the package index reachable? Behind a mirror set PIP_INDEX_URL. Then start again: what is done is kept." \
      "The whole output is in $LOGS/pip.log"
  # The tests' requirements hold those of the portal.
  printf '%s\n' "$wanted" "$(_wanted requirements.txt)" >"$VENV/.tuyi"
  own_environment
}

_wanted() { # the line that the stamp must hold for this requirements file
  printf '%s %s\n' "$1" "$(cd "$ROOT" && cat requirements.txt constraints.txt "$1" | sha256sum | cut -c 1-16)"
}

_make_environment() { # the stamp file comes last: an interrupted build never looks like a finished one
  rm -rf "$VENV"
  "$1" -m venv "$VENV" && : >"$VENV/.tuyi"
}

_environment_fits() { # the interpreter runs and is still the version that the packages were installed for
  local version
  version=$("$PY" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
  [[ -d $VENV/lib/python$version/site-packages/pip ]] || return 1
  [[ -e $VENV/.tuyi ]] || "$PY" -m pip --version >/dev/null 2>&1
}
