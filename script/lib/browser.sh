# A Chromium for the browser tests. Sourced by script/test.

# Debian's package is the browser itself. Ubuntu's is only a pointer to a snap, useless in containers: there Playwright
# fetches its own. Sets CHROMIUM to the program.
need_browser() {
  CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
  if [[ -x $CHROMIUM ]] && ! grep -qs snap "$CHROMIUM"; then
    export CHROMIUM
    return 0
  fi
  CHROMIUM=$(command -v google-chrome-stable || command -v google-chrome || _fetched_chromium || true)
  if [[ -z $CHROMIUM ]]; then
    step "Fetching Chromium through Playwright" "$LOGS/browser.log" "$PY" -m playwright install --with-deps chromium \
      || fail "No Chromium could be installed, and the browser tests need one." \
        "Install Chromium or Google Chrome yourself and set CHROMIUM=/path/to/it." "The output is in $LOGS/browser.log"
    CHROMIUM=$(_fetched_chromium) || fail "Playwright's Chromium was not found." "Set CHROMIUM=/path/to/chromium."
  fi
  export CHROMIUM
}

_fetched_chromium() {
  "$PY" - <<'PY' 2>/dev/null
import os
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
assert os.path.exists(path)
print(path)
PY
}
