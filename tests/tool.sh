# To be sourced: puts a cargo tool of one version on the PATH, out of target/tools, where it is installed if it is missing.

# tool NAME VERSION
tool() {
  export PATH="$root/target/tools/bin:$PATH"
  command -v "$1" > /dev/null && return
  echo "$1: installing it into target/tools"
  cargo install --quiet --locked --root "$root/target/tools" "$1@$2"
}
