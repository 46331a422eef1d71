# Shared by the scripts; sourced, not run.

say() { printf '\n== %s\n' "$*"; }

# The .NET 10 SDK: found, or installed into the user's home after asking.
need_sdk() {
  if [ -x "$HOME/.dotnet/dotnet" ] && ! command -v dotnet >/dev/null 2>&1; then
    export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
  fi
  if command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    return
  fi
  echo "The .NET 10 SDK is needed and was not found."
  if [ ! -t 0 ]; then
    echo "Install it (https://dotnet.microsoft.com/download/dotnet/10.0) and run this again." >&2
    exit 3
  fi
  read -r -p "Install it into $HOME/.dotnet with Microsoft's own script? [y/N] " answer
  case $answer in
    y|Y|yes|o|oui) ;;
    *) exit 3 ;;
  esac
  local script
  script=$(mktemp)
  curl -fsSL https://dot.net/v1/dotnet-install.sh -o "$script"
  bash "$script" --channel 10.0 --install-dir "$HOME/.dotnet"
  rm -f "$script"
  export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
}

# need_package COMMAND-OR-PATH PACKAGE WHY: installs a Debian package that is missing.
need_package() {
  if command -v "$1" >/dev/null 2>&1 || compgen -G "$1" >/dev/null; then
    return
  fi
  echo "Installing Debian package $2 ($3)"
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  if [ -z "${PACKAGE_LISTS_READ:-}" ]; then
    "${as_root[@]}" apt-get update -qq
    PACKAGE_LISTS_READ=1
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

free_port() {
  # A port nobody answers on; the moment between asking and using it is short.
  local port
  while :; do
    port=$((20000 + RANDOM % 30000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
