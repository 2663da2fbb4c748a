//! Paging: that its fields exist and fit together.

use super::context::Context;
use super::{errors, prose};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{EndpointError, Field, ObjectType, Page, Paging, PagingEnd, TypeRef, nearest};
use crate::source::Node;
use crate::spec;

/// How an endpoint is read page by page.
pub(super) fn paging(
    cx: &Context<'_>,
    written: &spec::Paging,
    (request, response): (&ObjectType, &ObjectType),
    errors: &[EndpointError],
    at: &Node<'_>,
) -> Option<Paging> {
    let finder = Finder { cx, at };
    let items = finder.find(response, &written.items, "items")?;
    if !matches!(items.ty, TypeRef::List(_)) && !items.ty.is_unknown() {
        finder.fault("items", "the items are no list");
    }
    if written.max == 0 {
        finder.fault("max", "a page holds at least one item");
    }
    let page = finder.page(written, request, response)?;
    if written.overlap && matches!(page, Page::Offset { .. }) {
        finder.fault("overlap", "pages by offset do not overlap");
    }
    let end = finder.end(written, request, response);
    if let Some(code) = written.end_error {
        let at = at.key("end_error");
        let known = errors::known(cx, code, &at, Label::node(&at, "this code")).is_some();
        if known && errors.iter().all(|error| error.code != code) {
            finder.fault("end_error", &format!("the endpoint does not list the code {code}"));
        }
    }
    Some(Paging {
        items: written.items.clone(),
        page,
        end,
        max: written.max,
        end_error: written.end_error,
        overlap: written.overlap,
        text: prose::text(cx, written.text.as_ref(), &at.key("text"), "how paging ends"),
    })
}

struct Finder<'f, 's> {
    cx: &'f Context<'s>,
    at: &'f Node<'f>,
}

impl Finder<'_, '_> {
    fn page(&self, written: &spec::Paging, request: &ObjectType, response: &ObjectType) -> Option<Page> {
        match (&written.cursor, &written.next, &written.offset) {
            (Some(cursor), Some(next), None) => {
                let from = self.find(response, next, "next")?;
                let to = self.find(request, cursor, "cursor")?;
                if from.ty != to.ty && !from.ty.is_unknown() && !to.ty.is_unknown() {
                    self.fault("next", &format!("`{next}` and `{cursor}` have different types"));
                }
                Some(Page::Cursor { cursor: cursor.clone(), next: next.clone() })
            }
            (None, None, Some(offset)) => {
                self.number(request, offset, "offset")?;
                Some(Page::Offset { offset: offset.clone() })
            }
            _ => {
                self.fault("items", "paging goes by `cursor` and `next`, or by `offset`");
                None
            }
        }
    }

    fn end(&self, written: &spec::Paging, request: &ObjectType, response: &ObjectType) -> PagingEnd {
        if let Some(count) = &written.count {
            self.number(response, count, "count");
            return PagingEnd::CountBelowMax(count.clone());
        }
        if let Some(total) = &written.total {
            self.number(response, total, "total");
            return PagingEnd::Total(total.clone());
        }
        if let Some(size) = &written.size {
            self.number(request, size, "size");
            return PagingEnd::FewerThanAsked(size.clone());
        }
        PagingEnd::Empty
    }

    fn number<'o>(&self, object: &'o ObjectType, name: &str, key: &str) -> Option<&'o Field> {
        let field = self.find(object, name, key)?;
        if !matches!(field.ty, TypeRef::Scalar(scalar) if scalar.is_number()) && !field.ty.is_unknown() {
            self.fault(key, &format!("`{name}` is no number"));
        }
        Some(field)
    }

    fn find<'o>(&self, object: &'o ObjectType, name: &str, key: &str) -> Option<&'o Field> {
        let found = object.fields.iter().find(|field| field.wire == name);
        if found.is_none() {
            let fault = self.told(key, &format!("there is no field `{name}`"));
            let near = nearest(name, object.fields.iter().map(|field| field.wire.as_str())).map(str::to_owned);
            self.cx.report(match near {
                Some(near) => fault.about(name).meant(Some(&near), String::new),
                None => fault.about(name),
            });
        }
        found
    }

    fn fault(&self, key: &str, message: &str) {
        self.cx.report(self.told(key, message));
    }

    fn told(&self, key: &str, message: &str) -> Diagnostic {
        Diagnostic::at(Code::BadPaging, &self.at.key(key), message, "named here").help(match key {
                "max" => "write the documented number of items on a page",
                "end_error" => "add it to `errors`",
                "overlap" => "remove it: only a page that begins with its `cursor` may repeat an item",
                _ => "`cursor`, `offset` and `size` are fields of the request; `items`, `next`, `count` and `total` of the response",
            })
    }
}
