#!/usr/bin/env bash
# Prints every figure that we hold ourselves to. Nothing here fails because of a time.
set -euo pipefail
cd "$(dirname "$0")/../.."
target="${CARGO_TARGET_DIR:-target}"

say() { printf '\n== %s\n' "$*"; }
# Five runs of a command; the median of the wall clock.
median() {
    local runs=()
    for _ in 1 2 3 4 5; do
        local start end
        start=$(date +%s%N)
        "$@" >/dev/null 2>&1
        end=$(date +%s%N)
        runs+=($(((end - start) / 1000000)))
    done
    printf '%s\n' "${runs[@]}" | sort -n | sed -n 3p
}
# One command that cannot be repeated as it is: its wall clock.
once() {
    local start end
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}

cargo build --quiet -p xtask
say "the real spec, debug build, median of 5, milliseconds"
for command in "generate" "generate --check" "check" "facts" "diff HEAD"; do
    # shellcheck disable=SC2086
    printf '%-18s %6s\n' "$command" "$(median "$target/debug/xtask" $command)"
done

say "the crate alone, dependencies built, debug, milliseconds (three runs)"
cargo build --quiet -p weixin
for _ in 1 2 3; do
    touch generated/src/lib.rs
    once cargo build --quiet -p weixin
done

say "the longest generated files"
find generated -name '*.rs' -exec wc -l {} + | sort -n | tail -4 | head -3

say "a synthetic spec, release"
for size in 25 250 2500; do cargo bench --quiet -p weixin-tests --bench scale -- "$size" | tail -1; done

say "the synthetic crate of 25 endpoints alone, debug, milliseconds (three runs)"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo bench --quiet -p weixin-tests --bench scale -- 25 --write "$folder/synthetic" >/dev/null
# A workspace of its own with our versions: what is inherited there is inherited here.
{
    printf '[workspace]\nresolver = "3"\nmembers = ["synthetic"]\n'
    sed -n '/^\[workspace.package\]/,/^\[profile/p' Cargo.toml | sed -e '/^\[profile/d' -e "s|path = \"|path = \"$PWD/|"
} >"$folder/Cargo.toml"
cp Cargo.lock "$folder/"
alone() { cargo build --quiet --offline --manifest-path "$folder/Cargo.toml" --target-dir "$folder/target"; }
alone
for _ in 1 2 3; do
    touch "$folder/synthetic/src/lib.rs"
    once alone
done

say "generated code beside plain code"
cargo bench --quiet -p weixin-tests --bench runtime
