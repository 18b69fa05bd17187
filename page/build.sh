#!/usr/bin/env bash
# Builds the engine as WebAssembly and packs it with the page into one file, `target/page/ombud.html`, that needs no network.
#
# WebAssembly needs a Rust compiler with the source of its standard library, no older than `rust-version` in Cargo.toml. Looked
# for, in this order:
#   OMBUD_WASM_SYSROOT   a folder with bin/rustc and lib/rustlib/src/rust
#   rustup               with its components rust-src (any toolchain)
#   Debian               rustc-web and rust-web-src, unpacked into target/ without installing them
# Where there is none, the script says so and exits 3; `--or-skip` makes that 0.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
    echo "page: skipped: $1" >&2
    [ "${2:-}" = "--or-skip" ] && exit 0 || exit 3
}

target=wasm32-unknown-unknown
out=target/page
mkdir -p "$out"

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

std() { [ -f "$1/lib/rustlib/src/rust/library/Cargo.lock" ]; }

# Is the version $1 at least `rust-version`?
recent() { [ "$(printf '%s\n%s\n' "$wanted" "$1" | sort -V | head -1)" = "$wanted" ]; }
release() { "$1" --version 2>/dev/null | cut -d' ' -f2; }

# The version of the compiler that Debian would give.
offered() { apt-cache policy rustc-web 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p'; }

debian() {
    local root=target/wasm-toolchain
    if [ ! -x "$root/usr/bin/rustc" ]; then
        command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
        # A list of packages from before the last security update offers an older compiler.
        recent "$(offered)" || apt-get update >/dev/null 2>&1 || true
        recent "$(offered)" || return 1
        local packages
        packages=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
            rustc-web rust-web-src 2>/dev/null | grep -E '^(rustc-web|rust-web-src|libstd-rust-web.*|libllvm[0-9]+)$' | sort -u) || return 1
        [ -n "$packages" ] || return 1
        mkdir -p "$root.new/deb"
        # shellcheck disable=SC2086
        (cd "$root.new/deb" && apt-get download $packages >/dev/null 2>&1) || return 1
        for deb in "$root.new"/deb/*.deb; do dpkg -x "$deb" "$root.new" || return 1; done
        rm -rf "$root.new/deb" "$root"
        mv "$root.new" "$root"
    fi
    local libraries
    libraries=$(cd "$root" && echo "$PWD"/usr/lib/*-linux-gnu)
    export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    rustc="$PWD/$root/usr/bin/rustc"
    recent "$(release "$rustc")"
}

rustc=
if [ -n "${OMBUD_WASM_SYSROOT:-}" ] && std "$OMBUD_WASM_SYSROOT" && recent "$(release "$OMBUD_WASM_SYSROOT/bin/rustc")"; then
    rustc="$OMBUD_WASM_SYSROOT/bin/rustc"
elif command -v rustc >/dev/null && std "$(rustc --print sysroot)" && recent "$(release rustc)"; then
    rustc=$(command -v rustc)
elif ! debian; then
    skip "no Rust compiler from $wanted on with the source of its standard library (rustup component add rust-src, or Debian's rustc-web)" "${1:-}"
fi
command -v node >/dev/null || skip "node is not installed" "${1:-}"

# The linker: rust-lld comes with rustup's toolchains, not with Debian's.
lld=$(find "$(command rustc --print sysroot 2>/dev/null || echo /nonexistent)" -name rust-lld -type f 2>/dev/null | head -1)
[ -n "$lld" ] || lld=$(command -v wasm-ld || command -v rust-lld || true)
[ -n "$lld" ] || skip "no linker for WebAssembly (rust-lld or wasm-ld)" "${1:-}"

echo "page: $("$rustc" --version)"
RUSTC="$rustc" RUSTC_BOOTSTRAP=1 RUSTDOC=/bin/true CARGO_TARGET_DIR=target/wasm \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$lld" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Clink-arg=-zstack-size=4194304 --remap-path-prefix=$PWD=." \
    cargo rustc --locked --lib --crate-type cdylib --no-default-features --features pdf --profile wasm --target "$target" \
    -Zbuild-std=std,panic_abort
cp "target/wasm/$target/wasm/ombud.wasm" "$out/ombud.wasm"
[ ! -f page/pack.mjs ] || node page/pack.mjs "$out"
ls -l "$out"
