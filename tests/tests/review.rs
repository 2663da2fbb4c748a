//! A request tells which of its fields start a review: each of those that the spec marks, wherever it stands.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "shared/walk.rs"]
mod walk;

use std::collections::BTreeSet;

use weixin_codegen::model::TypeKind;

#[test]
fn every_field_that_starts_a_review_is_told() {
    let model = weixin_tests::real();
    let (mut told, mut quiet) = (BTreeSet::new(), 0);
    // Of a field below one that starts a review, the upper one is told.
    let mut below = Vec::new();
    walk::fields(&model, &mut |place| {
        below.retain(|upper: &String| place.path.starts_with(upper.as_str()));
        let request = (place.request)(walk::valid(&model, &place.field.ty));
        let found = dispatch::review_fields(place.endpoint, &request);
        let expected = place.field.review == Some(true) && below.is_empty();
        assert_eq!(found.contains(&place.path), expected, "{} {}: {found:?} of {request}", place.endpoint, place.path);
        if expected {
            below.push(format!("{}.", place.path));
            told.insert((place.owner.to_owned(), place.field.wire.clone()));
        }
        quiet += usize::from(!expected);
    });
    let marked: BTreeSet<_> = model
        .types
        .iter()
        .filter(|ty| ty.side.request)
        .filter_map(|ty| match &ty.kind {
            TypeKind::Object(object) => Some((&ty.ident, &object.fields)),
            _ => None,
        })
        .flat_map(|(owner, fields)| fields.iter().map(move |field| (owner, field)))
        .filter(|(_, field)| field.review == Some(true))
        .map(|(owner, field)| (owner.clone(), field.wire.clone()))
        .collect();
    assert_eq!(told, marked);
    assert!(quiet > told.len(), "{quiet} are not told");
    println!("REVIEW {} fields told, {quiet} not", told.len());
}
