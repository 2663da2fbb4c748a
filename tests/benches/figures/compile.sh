# What the crate alone takes to compile, not incremental, its dependencies built.

section_compile() {
    local ours=$work/synthetic-ours
    say "25 synthetic endpoints alone beside oas3-gen"
    if ! command -v oas3-gen >/dev/null; then
        echo "oas3-gen is not installed (cargo install oas3-gen): not measured"
        return
    fi
    synthetic "$root" "$ours"
    scale "$root" --openapi "$work/openapi.json"
    # Without builders is its default; with them its crate offers what ours does.
    peer "$work/synthetic-oas3"
    peer "$work/synthetic-oas3-builders" --enable-builders
    header
    modes "compile 25, oas3-gen" synthetic peer "$ours" "$work/synthetic-oas3" 0.45 0.55 0.65
    modes "compile 25, oas3-gen with builders" synthetic peer "$ours" "$work/synthetic-oas3-builders" 0.45 0.55 0.65
}

# peer FOLDER OPTION...: types and client of the same endpoints by oas3-gen, in a workspace.
peer() {
    mkdir -p "$1"
    oas3-gen generate client-mod --quiet --workspace "${@:2}" --input "$work/openapi.json" --output "$1/peer"
    printf '[workspace]\nresolver = "3"\nmembers = ["peer"]\n' >"$1/Cargo.toml"
    cp Cargo.lock "$1/"
}

section_before() {
    say "the real crate alone beside that of $BEFORE"
    before_tree
    workspace "$work/real-ours" "$root" weixin
    workspace "$work/real-before" "$work/before" weixin
    rm -rf "$work"/real-{ours,before}/weixin
    cp -r generated "$work/real-ours/weixin"
    cp -r "$work/before/generated" "$work/real-before/weixin"
    header
    modes "compile weixin" weixin weixin "$work/real-ours" "$work/real-before" 0.3 0.4 0.55
}
