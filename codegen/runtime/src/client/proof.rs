//! How a call is asked about, and what the response proves.

use crate::error::{Error, Fault};
use crate::json::{self, Json};
use crate::object::{Chosen, Object, View};
use crate::verify::{Expected, Proof, Verifiable, Verified, Verify};

/// The request that asks what became of another one.
pub(super) fn asks<E: Verifiable>(request: &E) -> Result<E::Asks, Error> {
    let json = members(request, &E::VERIFY);
    // The spec has equal types on both sides, so that what is written on one is read on the other.
    json::read(json.as_str().as_bytes()).map_err(|error| {
        Error::new(Some(E::META), Fault::Config(format!("the request cannot be asked about: {error}")))
    })
}

fn members(request: &dyn Object, verify: &Verify) -> Json {
    let fixed = verify.fixed.iter().map(|(key, json)| (*key, Json::from_written((*json).to_owned())));
    let mut members: Vec<_> = fixed.collect();
    request.lend(&mut |shape, fields| {
        for (asked, own) in verify.with {
            let found = shape.keys.iter().zip(fields).find(|(key, field)| *key == own && !field.view().is_absent());
            members.extend(found.map(|(_, field)| (*asked, Json::from_written(json::to_string(*field)))));
        }
    });
    Json::object(members)
}

impl Proof {
    /// What a response tells; of a change nothing, as it takes two.
    pub(super) fn state(&self, response: View<'_>) -> Verified {
        let Proof::State(expected) = self else { return Verified::Unknown };
        let mut verified = Verified::Done;
        for Expected { path, values } in *expected {
            let mut found = None;
            look(response, path, &mut |view| found = view.to_text());
            match found {
                None => return Verified::Unknown,
                Some(found) if !values.contains(&found.as_str()) => verified = Verified::NotDone,
                Some(_) => {}
            }
        }
        verified
    }

    /// The number that the call changes, as a response has it.
    pub(super) fn number(&self, response: View<'_>) -> Option<i128> {
        let mut found = None;
        if let Proof::Change { number, .. } = self {
            look(response, number, &mut |view| found = integer(view));
        }
        found
    }

    /// By how much the call changes it.
    pub(super) fn change(&self, request: View<'_>) -> i128 {
        let Proof::Change { plus, minus, .. } = self else { return 0 };
        let sum = |key: &Option<&'static str>| {
            let mut found = None;
            look(request, key.as_slice(), &mut |view| found = integer(view));
            found.unwrap_or_default()
        };
        sum(plus) - sum(minus)
    }
}

/// What a number tells that was looked at before and after a call that was to change it.
pub(super) fn compare(before: Option<i128>, after: Option<i128>, change: i128) -> Verified {
    match (before, after) {
        (Some(before), Some(after)) if change != 0 && after == before + change => Verified::Done,
        (Some(before), Some(after)) if change != 0 && after == before => Verified::NotDone,
        // Nothing was to change, or somebody else has changed it meanwhile.
        _ => Verified::Unknown,
    }
}

fn integer(view: View<'_>) -> Option<i128> {
    match view {
        View::Int(value) => Some(value.into()),
        View::Uint(value) => Some(value.into()),
        _ => None,
    }
}

/// Follows a path and shows what is there, if anything.
fn look(view: View<'_>, path: &[&str], show: &mut dyn FnMut(View<'_>)) {
    match (view, path.split_first()) {
        (View::Absent, _) => {}
        (view, None) => show(view),
        (View::Object(object), Some((first, rest))) => object.lend(&mut |shape, fields| {
            let found = shape.keys.iter().zip(fields).find(|(key, _)| *key == first);
            if let Some((_, field)) = found {
                look(field.view(), rest, show);
            }
        }),
        (View::Union(union), Some((first, rest))) => match union.chosen() {
            Chosen::Known(index, _) if rest.is_empty() && *first == union.shape().tag => {
                union.shape().variants.get(index).into_iter().for_each(|variant| show(View::Text(variant.value)));
            }
            Chosen::Known(_, Some(content)) => look(content.view(), path, show),
            Chosen::Unknown(variant) if rest.is_empty() && *first == union.shape().tag => {
                show(View::Text(variant.tag()))
            }
            _ => {}
        },
        _ => {}
    }
}
