# What each feature that is off by default costs: the crates that it adds, and the processor seconds that they take to compile.

section_features() {
    local base=$work/features-default all=$work/features-all feature folder
    say "each feature beside the default, on $(machine)"
    # One build of everything tells what each crate takes.
    dependent "$all" "$(features_off)"
    : >"$work/times"
    TIMES=$work/times RUSTC_WRAPPER=$root/$here/timed quietly cargo build --quiet \
        --manifest-path "$all/Cargo.toml" --target-dir "$all/target"
    rm -rf "$all/target"
    dependent "$base" ''
    tree "$base" >"$work/tree-default"
    printf '| feature | crates more | processor seconds more |\n|---|---|---|\n'
    printf '| the default: %s crates, %s s | | |\n' "$(wc -l <"$work/tree-default")" "$(seconds "$work/tree-default")"
    for feature in $(features_off); do
        folder=$work/features-$feature
        dependent "$folder" "$feature"
        tree "$folder" | comm -13 "$work/tree-default" - >"$work/tree"
        printf '| `%s` | %d | %s |\n' "$feature" "$(wc -l <"$work/tree")" "$(seconds "$work/tree")"
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

# dependent FOLDER FEATURES: a workspace of one library that has nothing but the crate.
dependent() {
    local features
    features=$(printf '"%s", ' $2)
    workspace "$1" "$root" lib
    mkdir -p "$1/lib/src"
    printf '[package]\nname = "lib"\nversion = "0.1.0"\nedition = "2024"\n[dependencies]\nweixin = { workspace = true%s }\n' \
        "${2:+, features = [${features%, }]}" >"$1/lib/Cargo.toml"
    echo 'pub use weixin;' >"$1/lib/src/lib.rs"
    quietly cargo fetch --manifest-path "$1/Cargo.toml"
}

# The crates that are compiled for a folder, each as its name and its version.
tree() {
    cargo tree --quiet --manifest-path "$1/Cargo.toml" --edges normal,build --prefix none --format '{p}' |
        awk '{ print $1, $2 }' | sort -u
}

# The seconds that the crates of a list took. What is compiled twice, for a macro too, counts twice.
seconds() {
    awk 'NR == FNR { wanted[$1 " " $2]; next } ($1 " " $2) in wanted { sum += $3 + $4 } END { printf "%.1f", sum }' \
        "$1" "$work/times"
}

machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
    echo "${model:-$(uname -m)}, $(nproc) cores, $(rustc --version)"
}
