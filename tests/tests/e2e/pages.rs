//! Every long list of the model, made of the endpoint's own example, served page by page and read item by item.

use serde_json::{Value, json};
use weixin_codegen::model::{Endpoint, ErrorClass, ErrorCode, Model, Page, Paging, PagingEnd};

use crate::dispatch;
use crate::support::{Reply, Server};

/// One of many that look alike: the first text or number in it tells it apart.
fn numbered(value: &Value, number: usize) -> Value {
    match value {
        Value::String(text) => json!(format!("{text}{number}")),
        Value::Number(first) => json!(first.as_u64().expect("a number that is not negative") + number as u64),
        Value::Object(fields) => {
            let mut fields = fields.clone();
            let scalar = fields.values_mut().find(|value| value.is_string() || value.is_number());
            let scalar = scalar.expect("a text or a number");
            *scalar = numbered(scalar, number);
            fields.into()
        }
        other => panic!("{other} cannot be told apart"),
    }
}

/// A long list, and how it is served.
struct List<'a> {
    model: &'a Model,
    endpoint: &'a Endpoint,
    paging: &'a Paging,
    request: Value,
    response: &'a Value,
    items: Vec<Value>,
}

impl<'a> List<'a> {
    /// One with so many items on its last page, behind two that are full.
    fn of(model: &'a Model, endpoint: &'a Endpoint, paging: &'a Paging, on_last: usize) -> Self {
        let shown = endpoint.examples.iter().find_map(|example| {
            let response = example.response.as_ref()?;
            let first = response.get(&paging.items)?.get(0)?;
            Some((example.request.clone()?, response, first))
        });
        let (mut request, response, first) = shown.unwrap_or_else(|| panic!("{} shows no page", endpoint.path));
        if let PagingEnd::FewerThanAsked(size) = &paging.end {
            request[size] = paging.max.into();
        }
        let length = 2 * paging.max as usize + on_last;
        let items = (0..length).map(|number| numbered(first, number)).collect();
        List { model, endpoint, paging, request, response, items }
    }

    /// The items of each page; with `overlap`, each begins with the last item of the one before.
    fn pages(&self, overlap: bool) -> Vec<&[Value]> {
        let (most, mut pages, mut at) = (self.paging.max as usize, Vec::new(), 0);
        loop {
            let start = if overlap && at > 0 { at - 1 } else { at };
            let end = self.items.len().min(start + most);
            pages.push(&self.items[start..end]);
            // Whether more may come cannot be told from a full page.
            let total = matches!(self.paging.end, PagingEnd::Total(_));
            if end - start < most || (total && end == self.items.len()) {
                return pages;
            }
            at = end;
        }
    }

    /// The cursor that leads to a page.
    fn cursor(&self, next: &str, page: usize) -> Value {
        numbered(&self.response[next], page)
    }

    fn reply(&self, number: usize, page: &[Value]) -> Reply {
        if let (true, Some(code)) = (page.is_empty(), self.paging.end_error) {
            return Reply::json(&json!({ &self.model.api.code_field: code, &self.model.api.message_field: "no more" }));
        }
        let mut body = self.response.clone();
        body[&self.paging.items] = page.into();
        if let Page::Cursor { next, .. } = &self.paging.page {
            body[next] = self.cursor(next, number + 1);
        }
        match &self.paging.end {
            PagingEnd::CountBelowMax(count) => body[count] = page.len().into(),
            PagingEnd::Total(total) => body[total] = self.items.len().into(),
            PagingEnd::FewerThanAsked(_) | PagingEnd::Empty => {}
        }
        Reply::json(&body)
    }

    /// What the request for a page holds where pages differ.
    fn asks(&self, number: usize) -> (&str, Value) {
        match &self.paging.page {
            Page::Cursor { cursor, .. } if number == 0 => (cursor, self.request[cursor].clone()),
            Page::Cursor { cursor, next } => (cursor, self.cursor(next, number)),
            Page::Offset { offset } => {
                let start = self.request[offset].as_u64().expect("a number");
                (offset, (start + number as u64 * u64::from(self.paging.max)).into())
            }
        }
    }

    async fn assert_read(&self, overlap: bool) {
        let path = &self.endpoint.path;
        let pages = self.pages(overlap);
        let server =
            Server::start(pages.iter().enumerate().map(|(number, page)| self.reply(number, page)).collect()).await;
        let (items, error) = dispatch::items(path, &self.request, &server.client()).await;
        assert!(error.is_none(), "{path}: {error:?}");
        assert_eq!(items, self.items, "{path}");
        let seen = server.seen();
        assert_eq!(seen.len(), pages.len(), "{path}");
        for (number, seen) in seen.iter().enumerate() {
            let mut expected = self.request.clone();
            let (key, value) = self.asks(number);
            // The first page may be asked for without a cursor.
            if !value.is_null() {
                expected[key] = value;
            }
            assert_eq!(seen.json(), expected, "{path}: page {number}");
        }
    }
}

#[tokio::test]
async fn every_list_is_read_to_its_end() {
    let model = weixin_tests::real();
    let mut paged = Vec::new();
    for endpoint in &model.endpoints {
        let Some(paging) = &endpoint.paging else { continue };
        paged.push(endpoint.path.as_str());
        for on_last in [0, 1, 3] {
            let list = List::of(&model, endpoint, paging, on_last);
            list.assert_read(false).await;
            if paging.overlap {
                list.assert_read(true).await;
            }
        }
    }
    assert_eq!(paged, dispatch::PAGED);
    assert!(!paged.is_empty());
}

#[tokio::test]
async fn every_list_ends_at_an_error() {
    let model = weixin_tests::real();
    for endpoint in &model.endpoints {
        let Some(paging) = &endpoint.paging else { continue };
        let list = List::of(&model, endpoint, paging, 1);
        let first = list.reply(0, &list.items[..paging.max as usize]);
        let other = |error: &&ErrorCode| error.class == ErrorClass::Argument && Some(error.code) != paging.end_error;
        let code = model.errors.iter().find(other).expect("an error").code;
        let body = json!({ &model.api.code_field: code, &model.api.message_field: "no" });
        let server = Server::start(vec![first, Reply::json(&body)]).await;
        let (items, error) = dispatch::items(&endpoint.path, &list.request, &server.client()).await;
        assert_eq!(items, list.items[..paging.max as usize], "{}", endpoint.path);
        assert_eq!(error.and_then(|error| error.code()), Some(code), "{}", endpoint.path);
    }
}
