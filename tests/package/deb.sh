#!/usr/bin/env bash
# Builds the Debian package of target/release/dateline, unpacks it into a clean root, and runs it there.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
. tests/tool.sh
binary=target/release/dateline
extra=target/debian/extra

if ! command -v dpkg-deb > /dev/null; then
  echo "deb: passed over: no dpkg-deb"
  exit 0
fi
tool cargo-deb 3.8.0
mkdir -p "$extra"
"$binary" man --into "$extra/man"
"$binary" completions bash > "$extra/dateline.bash"
"$binary" completions zsh > "$extra/_dateline"
"$binary" completions fish > "$extra/dateline.fish"
package=$(cargo deb --quiet --locked --no-build --no-strip --output target/debian)
echo "built $package"

clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
dpkg-deb --extract "$package" "$clean"
for file in usr/bin/dateline usr/share/man/man1/dateline-query.1.gz usr/share/doc/dateline/copyright \
  usr/share/bash-completion/completions/dateline; do
  [ -e "$clean/$file" ] || { echo "deb: $file is not in the package"; exit 1; }
done
# the root has what the package depends on, libc and its kin, and nothing else
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$clean$(dirname "$library")"
  cp -L "$library" "$clean$library"
done
mkdir -p "$clean/tmp"
cp -r seeds/articles "$clean/articles"
run() {
  if [ "$(id -u)" = 0 ]; then chroot "$clean" "$@"; else unshare --map-root-user chroot "$clean" "$@"; fi
}
run /usr/bin/dateline index /articles --index /tmp/index > /dev/null 2>&1
found=$(run /usr/bin/dateline query --index /tmp/index "Helsinki venue" -n 1)
grep -q '\[Helsinki\]' <<< "$found" || { printf 'deb: what it finds there:\n%s\n' "$found"; exit 1; }
echo "it runs in a clean root"
