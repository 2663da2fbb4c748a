//! Queries, and forms, which are written the same way.

/// The parameters of a query. What cannot be decoded is none.
pub(crate) fn parameters(query: &str) -> Vec<(String, String)> {
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(
        &hyper::Uri::builder().path_and_query(format!("/?{query}")).build().unwrap_or_default(),
    )
    .map(|query| query.0)
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let decoded = parameters("a=1&b=%E5%88%B8&c&d=x+y");
        let expected = [("a", "1"), ("b", "券"), ("c", ""), ("d", "x y")];
        assert_eq!(decoded, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(parameters(""), []);
    }
}
