#!/bin/sh
# Choose exact versions for what pyproject.toml names. The files hold hashes of every build and no address of an index.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "Install uv first (pip install uv): it chooses the versions." >&2; exit 1; }
export UV_CUSTOM_COMPILE_COMMAND="make lock"
options="--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links"
# shellcheck disable=SC2086
uv pip compile pyproject.toml $options "$@" --output-file requirements.txt
# shellcheck disable=SC2086
uv pip compile pyproject.toml --group dev --constraints requirements.txt $options "$@" --output-file requirements-dev.txt
