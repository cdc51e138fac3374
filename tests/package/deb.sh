#!/usr/bin/env bash
# Builds the Debian package of target/release/dateline, unpacks it into a clean root, and runs it there.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$PWD/target/tools/bin:$PATH"
binary=target/release/dateline
extra=target/debian/extra

if ! command -v dpkg-deb > /dev/null; then
  echo "deb: passed over: no dpkg-deb"
  exit 0
fi
if ! command -v cargo-deb > /dev/null; then
  echo "deb: installing cargo-deb into target/tools"
  cargo install --quiet --locked --root target/tools cargo-deb@3.8.0
fi
mkdir -p "$extra"
"$binary" man --into "$extra/man"
"$binary" completions bash > "$extra/dateline.bash"
"$binary" completions zsh > "$extra/_dateline"
"$binary" completions fish > "$extra/dateline.fish"
package=$(cargo deb --quiet --locked --no-build --no-strip --output target/debian)
echo "built $package"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
dpkg-deb --extract "$package" "$root"
for file in usr/bin/dateline usr/share/man/man1/dateline-query.1.gz usr/share/doc/dateline/copyright \
  usr/share/bash-completion/completions/dateline; do
  [ -e "$root/$file" ] || { echo "deb: $file is not in the package"; exit 1; }
done
# the root has what the package depends on, libc and its kin, and nothing else
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
mkdir -p "$root/tmp"
cp -r seeds/articles "$root/articles"
run() {
  if [ "$(id -u)" = 0 ]; then chroot "$root" "$@"; else unshare --map-root-user chroot "$root" "$@"; fi
}
run /usr/bin/dateline index /articles --index /tmp/index > /dev/null 2>&1
found=$(run /usr/bin/dateline query --index /tmp/index "Helsinki venue" -n 1)
grep -q '\[Helsinki\]' <<< "$found" || { printf 'deb: what it finds there:\n%s\n' "$found"; exit 1; }
echo "it runs in a clean root"
