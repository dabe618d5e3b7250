#!/usr/bin/env bash
# The official Python SDKs against `alipay-instore sandbox --tls`, unmodified. They insist on port 443, so the whole
# runs in a network namespace of its own, which needs no root: the user's id is mapped to root's only in there.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
work=$target/interop
program=${ALIPAY_INSTORE_PROGRAM:-$target/debug/alipay-instore}

if [[ ${1:-} != inside ]]; then
    [[ -x $program ]] || { echo "there is no $program: run make interop" >&2; exit 2; }
    # What is installed is kept until the list changes.
    if ! cmp -s "$here/requirements.txt" "$work/installed.txt"; then
        mkdir -p "$work"
        python3 -m venv --clear "$work/venv"
        "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
        cp "$here/requirements.txt" "$work/installed.txt"
    fi
    exec timeout 120 unshare --user --map-root-user --net "$0" inside
fi

# SIOCSIFFLAGS: the loopback interface up and running, where there is no iproute2.
ip link set lo up 2>/dev/null || python3 - <<'PYTHON'
import fcntl, socket, struct
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
PYTHON

folder=$(mktemp -d)
"$program" sandbox --tls --listen 127.0.0.1:443 --data-dir "$folder" --customer pays_after=1000 >"$folder/log" 2>&1 &
sandbox=$!
trap 'kill "$sandbox" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
    [[ -e $folder/sandbox.json ]] && break
    kill -0 "$sandbox" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done

export SSL_CERT_FILE=$folder/ca.pem REQUESTS_CA_BUNDLE=$folder/ca.pem
# Isolated from the caller's Python settings.
"$work/venv/bin/python" -P "$here/interop.py" "$folder"
