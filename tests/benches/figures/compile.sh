# What the crate alone takes to compile, not incremental, its dependencies built.

section_compile() {
    local ours=$work/synthetic-ours theirs=$work/synthetic-oas3
    say "25 synthetic endpoints alone beside oas3-gen"
    if ! command -v oas3-gen >/dev/null; then
        echo "oas3-gen is not installed (cargo install oas3-gen): not measured"
        return
    fi
    synthetic "$root" "$ours"
    scale "$root" --openapi "$work/openapi.json"
    mkdir -p "$theirs"
    oas3-gen generate client-mod --quiet --workspace --input "$work/openapi.json" --output "$theirs/peer"
    printf '[workspace]\nresolver = "3"\nmembers = ["peer"]\n[profile.release]\nstrip = true\n' >"$theirs/Cargo.toml"
    cp Cargo.lock "$theirs/"
    header
    modes "compile 25 endpoints" synthetic peer "$ours" "$theirs" 0.45 0.55 0.65
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
