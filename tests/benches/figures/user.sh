# What the crate costs in a user's own binary: one that calls 25 endpoints, without the HTTP client.

section_user() {
    local ours=$work/user-ours theirs=$work/user-before
    say "a release binary that calls 25 endpoints, without HTTP client, beside $BEFORE"
    before_tree
    user "$root" "$ours"
    user "$work/before" "$theirs"
    quietly crate "$ours" user release
    quietly crate "$theirs" user release
    header
    pair "user binary rebuild" 0.15 "$RUNS" "crate $ours user release" "crate $theirs user release"
    figure "user binary stripped" 0.6 "$(built "$ours")" "$(built "$theirs")"
}

# user REPOSITORY FOLDER: the binary beside the crate as that repository generates it.
user() {
    synthetic "$1" "$2"
    sed -i 's/^members = .*/members = ["synthetic", "user"]/' "$2/Cargo.toml"
    mkdir -p "$2/user/src"
    cat >"$2/user/Cargo.toml" <<'TOML'
[package]
name = "user"
version = "0.1.0"
edition = "2024"
[dependencies]
synthetic = { path = "../synthetic", default-features = false, features = ["area0"] }
TOML
    user_main "$2/synthetic/src" >"$2/user/src/main.rs"
}

# user_main SOURCES: a call of every request type that the sources hold.
user_main() {
    cat <<'RUST'
use std::hint::black_box;

use synthetic::Endpoint;

const BODY: &[u8] = br#"{"errcode":0,"errmsg":"ok","answer_0":"x","answer_1":1,"answer_2":"y"}"#;

fn call<E: Endpoint>(request: &E) {
    let _ = black_box(black_box(request).wire());
    let _ = black_box(E::read(200, black_box(BODY)));
}

fn main() {
RUST
    # src/area0/group0/call7.rs holds `impl rt::Endpoint for Call7`: area0::group0::Call7.
    grep -rE '^impl .*Endpoint for [A-Za-z0-9]+' "$1" | sort |
        sed -E "s|^$1/(.*)/[^/]+\.rs:impl .*Endpoint for ([A-Za-z0-9]+).*|\1/\2|; s|/|::|g" |
        sed -E 's|(.*)|    call(\&synthetic::\1::new(black_box("a"), 1));|'
    echo '}'
}

# The size in bytes, built last for this folder: both sides put their binary in one place.
built() {
    crate "$1" user release
    stat -c %s "$work/target/release/user"
}
