# Sourced by ./run and ./test: looks for what they need by its files, and installs what is missing with apt.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

has_postgres() {
    local folder
    for folder in "$(pg_config --bindir 2>/dev/null)" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin ${PATH//:/ }; do
        [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && return 0
    done
    return 1
}

has_dotnet() {
    local folder
    for folder in "" "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        [ -z "$folder" ] || [ -x "$folder/dotnet" ] || continue
        PATH="${folder:+$folder:}$PATH" dotnet --list-sdks 2>/dev/null | grep -qE '^[1-9][0-9]\.' || continue
        export PATH="${folder:+$folder:}$PATH"
        return 0
    done
    return 1
}

has_node() { command -v node >/dev/null && command -v npm >/dev/null; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif sudo -n true 2>/dev/null; then sudo -n "$@"
    elif [ -t 0 ] && command -v sudo >/dev/null; then sudo "$@"
    else return 1; fi
}

# install PURPOSE PACKAGE…
install() {
    local purpose=$1 output; shift
    local wanted="$purpose is missing and cannot be installed from here: install it (on Debian and Ubuntu: apt-get install ${told:-$*}), then run this again."
    command -v apt-get >/dev/null || die "$wanted"
    say "Installing what is missing: ${purpose,} ($*) …"
    if [ -z "${apt_updated:-}" ]; then
        output=$(as_root apt-get update -qq 2>&1) || die "${output:+$output$'\n'}$wanted"
        apt_updated=1
    fi
    output=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" 2>&1) || die "${output:+$output$'\n'}$wanted"
}

# The service runs a cluster of its own, so the package must not create and start one for the system. Debian asks
# postgresql-common's setting for that; it is put back, since it belongs to whoever runs this machine.
install_postgres() {
    local setting=/etc/postgresql-common/createcluster.conf told=postgresql
    install "The PostgreSQL server" postgresql-common
    if [ -f "$setting" ]; then
        as_root cp -p "$setting" "$setting.orderservice"
        as_root sh -c "echo 'create_main_cluster = false' >> $setting"
    fi
    (install "The PostgreSQL server" postgresql)
    local outcome=$?
    if [ -f "$setting.orderservice" ]; then as_root mv "$setting.orderservice" "$setting"; fi
    return $outcome
}

# A container engine that the tests may ask: its socket, or what the docker command finds.
has_engine() {
    if [ -n "${DOCKER_HOST:-}" ]; then [ -S "${DOCKER_HOST#unix://}" ]; else command -v docker >/dev/null && docker version >/dev/null 2>&1; fi
}

prepare_dotnet() {
    HOME=${HOME:-/}
    has_dotnet || die "The .NET 10 SDK is missing: install it (https://dotnet.microsoft.com/download/dotnet/10.0), then run this again."
}

prepare() {
    prepare_dotnet
    has_postgres || install_postgres || exit 1
}

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# The browser that the page is tested in, and a font for it to write with.
prepare_chromium() { has_chromium || install "Chromium" chromium fonts-dejavu-core; }

# What deploy/ha is tried with, by programs alone: the services that come with the packages are not started at the machine's next start.
prepare_patroni() {
    if command -v patroni >/dev/null && command -v etcd >/dev/null; then return; fi
    install "Patroni with etcd" patroni etcd-server
    if [ -d /run/systemd/system ]; then as_root systemctl disable --now --quiet patroni etcd || true; fi
}

prepare_node() {
    has_node || install "Node.js" nodejs npm
    local folder=$1
    if [ ! -e "$folder/node_modules/.package-lock.json" ] || [ "$folder/node_modules/.package-lock.json" -ot "$folder/package-lock.json" ]; then
        say "Installing the npm packages of $folder …"
        (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error >&2) || die "npm could not install the packages of $folder."
        touch "$folder/node_modules/.package-lock.json"
    fi
}
