//! How wire names become identifiers.

/// Whether a name may be the identifier of a field or a module as it is.
#[must_use]
pub fn is_snake_ident(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase() || c == '_')
        && name != "_"
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a name may be the identifier of a type or a variant as it is.
#[must_use]
pub fn is_type_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.all(|c| c.is_ascii_alphanumeric())
}

/// The words of a name: split at everything that is no letter or digit, and where a capital follows a small
/// letter or begins a word after capitals.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        let before = index.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(index + 1);
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `payOriginalFee` -> `pay_original_fee`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    let joined = words(name).join("_");
    if joined.starts_with(|c: char| c.is_ascii_digit()) { format!("_{joined}") } else { joined }
}

/// `CARD_STATUS_VERIFY_OK` -> `CardStatusVerifyOk`.
#[must_use]
pub fn pascal_case(name: &str) -> String {
    words(name)
        .into_iter()
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_where_people_split_them() {
        assert_eq!(snake_case("payOriginalFee"), "pay_original_fee");
        assert_eq!(snake_case("ToUserName"), "to_user_name");
        assert_eq!(snake_case("openID"), "open_id");
        assert_eq!(snake_case("cgi-bin"), "cgi_bin");
        assert_eq!(snake_case("custom_field1"), "custom_field1");
        assert_eq!(pascal_case("CARD_STATUS_VERIFY_OK"), "CardStatusVerifyOk");
        assert_eq!(pascal_case("card_merchant_check_result"), "CardMerchantCheckResult");
    }
}
