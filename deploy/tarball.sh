#!/usr/bin/env bash
# Makes a tarball that needs no .NET: the runtime, the service, its page, the systemd files and the documents.
#   deploy/tarball.sh [FOLDER] [RUNTIME]     FOLDER (.) gets orderservice-VERSION-RUNTIME.tar.gz; RUNTIME is linux-x64 or another of .NET's names
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/.ci/prepare.sh"
prepare_dotnet

to=$(cd "${1:-.}" && pwd) runtime=${2:-linux-x64}
version=$(git -C "$root" describe --tags --always --dirty 2>/dev/null || date -u +%Y%m%d)
name=orderservice-$version-$runtime
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# In a copy: a restore for one runtime writes other lock files and other intermediate files than the build of the checkout.
mkdir "$work/source" "$work/$name"
tar -C "$root" --exclude=bin --exclude=obj -cf - src Directory.Build.props .editorconfig | tar -C "$work/source" -xf -
say "Publishing for $runtime …"
published=$(dotnet publish "$work/source/src/OrderService" -c Release -r "$runtime" --self-contained -p:RunAnalyzers=false -p:SourceRevisionId="$version" \
    -o "$work/$name" -v quiet -nologo --disable-build-servers 2>&1) || die "$published"
cp -r "$root/LICENSE" "$root/NOTICE" "$root/CHANGELOG.md" "$root/docs" "$root/deploy/systemd" "$work/$name/"
chmod -R u=rwX,go=rX "$work/$name"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "$to/$name.tar.gz" "$name"
say "$(du -h "$to/$name.tar.gz" | cut -f1), unpacked $(du -sh "$work/$name" | cut -f1)"
echo "$to/$name.tar.gz"
