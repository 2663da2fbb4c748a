# What each feature that is off by default costs: crates in the tree, and processor seconds of a clean build.

section_features() {
    local base=$work/features-default feature folder
    dependent "$base" ''
    say "each feature beside the default, on $(machine)"
    printf '| feature | crates more | processor seconds more |\n|---|---|---|\n'
    local crates seconds
    crates=$(crates "$base")
    seconds=$(clean_seconds "$base")
    printf '| the default: %s crates, %s s | | |\n' "$crates" "$seconds"
    for feature in $(features_off); do
        folder=$work/features-$feature
        dependent "$folder" "$feature"
        printf '| `%s` | %+d | %+.1f |\n' "$feature" "$(($(crates "$folder") - crates))" \
            "$(awk -v with="$(clean_seconds "$folder")" -v without="$seconds" 'BEGIN { print with - without }')"
        rm -rf "$folder"
    done
}

# The features of the generated crate that its default leaves out.
features_off() {
    local all default
    all=$(sed -n '/^\[features\]/,/^\[/s/^\([a-z-]*\) *=.*/\1/p' "$root/generated/Cargo.toml")
    default=" $(sed -n '/^default *=/,/\]/p' "$root/generated/Cargo.toml" | tr -d '\n' | grep -o '"[a-z-]*"' | tr -d '"' | tr '\n' ' ') "
    for feature in $all; do
        [ "$feature" = default ] || [[ $default == *" $feature "* ]] || echo "$feature"
    done
}

# dependent FOLDER FEATURE: a workspace of one library that has nothing but the crate.
dependent() {
    workspace "$1" "$root" lib
    mkdir -p "$1/lib/src"
    printf '[package]\nname = "lib"\nversion = "0.1.0"\nedition = "2024"\n[dependencies]\nweixin = { workspace = true%s }\n' \
        "${2:+, features = [\"$2\"]}" >"$1/lib/Cargo.toml"
    echo 'pub use weixin;' >"$1/lib/src/lib.rs"
    quietly cargo fetch --manifest-path "$1/Cargo.toml"
}

# The median of clean builds, in seconds of all cores together: on a busy machine the wall clock says little.
clean_seconds() {
    local run TIMEFORMAT='%U %S'
    for ((run = 0; run < CLEAN_RUNS; run++)); do
        rm -rf "$1/target"
        { time quietly cargo build --quiet --manifest-path "$1/Cargo.toml" --target-dir "$1/target"; } 2>&1 |
            awk 'END { print $1 + $2 }'
    done | median | awk '{ printf "%.1f", $1 }'
    rm -rf "$1/target"
}

machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
    echo "${model:-$(uname -m)}, $(nproc) cores, $(rustc --version)"
}
