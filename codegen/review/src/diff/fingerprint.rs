//! A name for a change that survives rebases.

/// The FNV-1a hash of some texts, blank space made even: 16 hexadecimal digits.
pub(super) fn of(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    };
    for part in parts {
        for word in part.split_whitespace() {
            word.bytes().for_each(&mut feed);
            feed(b' ');
        }
        // A byte that no text holds, so that neighbors cannot be mistaken for one another.
        feed(0xff);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn space_does_not_count_and_borders_do() {
        assert_eq!(of(&["a  b\n"]), of(&["a b"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&[]), "cbf29ce484222325");
    }
}
