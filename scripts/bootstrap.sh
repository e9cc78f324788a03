#!/bin/sh
# Bring this machine to where the portal runs:  scripts/bootstrap.sh run|dev
#
# A virtual environment in .venv from hash-pinned requirements, and the libraries that WeasyPrint draws text with. For
# dev also the tools of the tests, Chromium and poppler. Done already, it takes a fraction of a second. What it may not
# install it names in one sentence.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
case $kind in run) list=requirements.txt ;; dev) list=requirements-dev.txt ;; *) echo "usage: $0 run|dev" >&2; exit 2 ;; esac

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# --- Debian's packages -------------------------------------------------------------------------------------------------

may_apt() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then as_root=""; return 0; fi
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"; return 0; fi
    return 1
}

apt_install() { # names of packages
    may_apt || return 1
    say "Installing Debian's packages: $*"
    said=$(mktemp)
    install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends"
    if $install "$@" >"$said" 2>&1 </dev/null ||
        { $as_root apt-get -qq -o DPkg::Lock::Timeout=300 update >>"$said" 2>&1 </dev/null && $install "$@" >>"$said" 2>&1 </dev/null; }; then
        rm -f "$said"
        return 0
    fi
    tail -n 15 "$said" >&2
    rm -f "$said"
    return 1
}

how_to_install() { # names of packages
    if command -v apt-get >/dev/null; then echo "sudo apt-get install $*"; else echo "your system's packages for: $*"; fi
}

# --- The libraries that text is drawn with ------------------------------------------------------------------------------

can_draw() { # with which Python
    "$1" - <<'PYTHON'
import ctypes, sys
if sys.platform.startswith("linux"):
    names = ["libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0",
             "libharfbuzz-subset.so.0", "libfontconfig.so.1"]
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        sys.exit(1)
else:
    try:
        import weasyprint
    except OSError:
        sys.exit(1)
PYTHON
}

pango="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# --- Python ------------------------------------------------------------------------------------------------------------

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null && "$name" -c "$new_enough" 2>/dev/null; then command -v "$name"; return 0; fi
    done
    return 1
}

has_uv() { [ "${PORTAL_INSTALLER:-}" != pip ] && command -v uv >/dev/null; }
has_module() { "$python" -c "import $1" 2>/dev/null; }
has_outside_pip() { "$python" -c 'import pip, sys; sys.exit(tuple(map(int, pip.__version__.split(".")[:2])) < (22, 3))' 2>/dev/null; }

make_environment() {
    python=$(find_python) || stop "Python 3.11 or newer is needed: $(how_to_install python3 python3-venv)."
    # Only an environment that no longer starts is made anew.
    if [ -e .venv ]; then
        [ -f .venv/pyvenv.cfg ] || stop "The folder .venv is in the way: it is not a Python environment. Move it away."
        rm -rf .venv
    fi
    say "Making a Python environment in .venv"
    if has_uv; then uv venv --quiet --python "$python" .venv && return 0; fi
    if has_module ensurepip && "$python" -m venv .venv >/dev/null 2>&1; then return 0; fi
    rm -rf .venv
    # Debian without python3-venv: the environment can be made, only pip is missing in it.
    if has_module venv && has_outside_pip; then "$python" -m venv --without-pip .venv && return 0; fi
    if apt_install python3-venv && "$python" -m venv .venv; then return 0; fi
    rm -rf .venv
    missing=python3-venv
    can_draw "$python" || missing="$missing $pango" # named now, so that one visit to the administrator is enough
    # shellcheck disable=SC2086
    stop "Python here can make no environment. Install what is missing and start again: $(how_to_install $missing)."
}

install_packages() {
    say "Installing Python packages from $list (the first time takes a minute)"
    if has_uv; then
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "$list" && return 0
    fi
    options="install -qq --disable-pip-version-check --no-input --require-hashes -r $list"
    # shellcheck disable=SC2086
    if .venv/bin/python -c 'import pip' 2>/dev/null; then
        .venv/bin/python -m pip $options && return 0
    elif python=$(find_python) && has_outside_pip; then
        "$python" -m pip --python .venv/bin/python $options && return 0
    elif [ -z "${again:-}" ]; then
        again=1
        make_environment
        install_packages
        return 0
    fi
    stop "The Python packages could not be installed. Is a package index reachable? What went wrong is above."
}

.venv/bin/python -c "$new_enough" 2>/dev/null || make_environment

# The mark is a hash of the lists, so a changed list is installed once, by whoever starts next.
mark() { .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"; }
wanted=$(mark "$list")
have_mark() { [ -f ".venv/installed-$1" ] && [ "$(cat ".venv/installed-$1")" = "$2" ]; }
if ! have_mark "$kind" "$wanted" && ! { [ "$kind" = run ] && have_mark dev "$(mark requirements-dev.txt)"; }; then
    install_packages
    printf '%s\n' "$wanted" >".venv/installed-$kind"
fi

# --- Libraries and tools -----------------------------------------------------------------------------------------------

if ! can_draw .venv/bin/python; then
    # shellcheck disable=SC2086
    apt_install $pango || stop "To make PDFs, Pango's libraries are needed. Install them and start again: $(how_to_install $pango)."
    can_draw .venv/bin/python || stop "Pango's libraries are installed but cannot be loaded. Install them anew: $(how_to_install $pango)."
fi

if [ "$kind" = dev ]; then
    tools=""
    [ -x /usr/bin/chromium ] || tools="chromium"
    command -v pdftoppm >/dev/null || tools="$tools poppler-utils"
    # shellcheck disable=SC2086
    if [ -n "$tools" ] && ! apt_install $tools; then
        message="Some tests need more. Install it and start again: $(how_to_install $tools)."
        if [ "${CI:-}" = true ]; then stop "$message"; else say "$message"; fi
    fi
fi
