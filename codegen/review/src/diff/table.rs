//! The table of rules.

use super::axes::Action::{Added, Changed, Loosened, Removed, Tightened};
use super::axes::Area::{self, *};
use super::axes::Direction;
use super::axes::Kind::{self, Any, Meaning, Note, Optional};
use super::axes::Rust::{self as R, Major, Minor, Patch};
use super::axes::Validators::{self as V, Looser, Stricter};
use super::axes::Wire::{self as W, Breaking, Compatible};
use super::axes::{Action, Effects};

/// One row: a rule for each direction.
pub(super) struct Row {
    pub(super) directions: &'static [Direction],
    pub(super) area: Area,
    pub(super) kind: Kind,
    pub(super) action: Action,
    pub(super) effects: Effects,
    pub(super) why: &'static str,
}

/// Sent: fields of the body and of the query.
const SENT: &[Direction] = &[Direction::Request, Direction::Query];
/// Received: fields of answers and pushes.
const RECEIVED: &[Direction] = &[Direction::Response, Direction::Event];
/// Named types know only whether they are sent or received.
const REQUEST: &[Direction] = &[Direction::Request];
const RESPONSE: &[Direction] = &[Direction::Response];
/// The direction makes no difference.
const ALL: &[Direction] = &[Direction::None];

const NO_WIRE: W = W::None;
const NO_RUST: R = R::None;
const SAME: V = V::None;

#[allow(clippy::too_many_arguments)]
const fn row(
    directions: &'static [Direction],
    area: Area,
    kind: Kind,
    action: Action,
    wire: W,
    rust: R,
    validators: V,
    why: &'static str,
) -> Row {
    Row { directions, area, kind, action, effects: Effects { wire, rust, validators }, why }
}

/// What each change does. The columns: direction, area, kind, action; wire, Rust, validators; why.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Fields.
    row(SENT, Field, Optional, Added, Compatible, Minor, SAME, "callers may send it; there is a new method"),
    row(SENT, Field, Optional, Removed, Breaking, Major, SAME, "whoever sends it relies on something undocumented; its method is gone"),
    row(SENT, Field, Kind::Required, Added, Breaking, Major, SAME, "calls without it are refused; `new` takes one value more"),
    row(SENT, Field, Kind::Required, Removed, Breaking, Major, SAME, "whoever sends it relies on something undocumented; `new` takes one value less"),
    row(RECEIVED, Field, Optional, Added, Compatible, Minor, SAME, "unknown fields were ignored before; there is a new public field"),
    row(RECEIVED, Field, Optional, Removed, Breaking, Major, SAME, "readers no longer get it; the public field is gone"),
    row(RECEIVED, Field, Kind::Required, Added, Compatible, Minor, SAME, "unknown fields were ignored before; there is a new public field"),
    row(RECEIVED, Field, Kind::Required, Removed, Breaking, Major, SAME, "readers no longer get what had to be there; the public field is gone"),
    row(SENT, Required, Any, Tightened, Breaking, Major, SAME, "calls without it are now refused; it moves from a method to `new`"),
    row(SENT, Required, Any, Loosened, Compatible, Major, SAME, "it may be left out; it moves from `new` to a method"),
    row(RECEIVED, Required, Any, Tightened, Compatible, Major, SAME, "reading fails without it; the public field is no `Option` any more, unless it is a list"),
    row(RECEIVED, Required, Any, Loosened, Breaking, Major, SAME, "readers can no longer count on it; the public field becomes an `Option`, or a list that may be empty"),
    row(SENT, Type, Any, Changed, Breaking, Major, SAME, "the JSON is of another kind, or its values are other ones"),
    row(SENT, Type, Any, Tightened, Breaking, Major, Stricter, "fewer values are allowed than were"),
    row(SENT, Type, Any, Loosened, Compatible, Major, Looser, "all old values are still allowed, and more; the Rust type is another"),
    row(RECEIVED, Type, Any, Changed, Breaking, Major, SAME, "the JSON is of another kind, or its values are other ones"),
    row(RECEIVED, Type, Any, Tightened, Compatible, Major, SAME, "fewer values can come than could; the Rust type is another"),
    row(RECEIVED, Type, Any, Loosened, Breaking, Major, SAME, "values can come that a reader of the old type cannot hold"),
    row(ALL, Type, Kind::Rust, Changed, NO_WIRE, Major, SAME, "the JSON is the same; the Rust type is another"),
    row(ALL, Type, Meaning, Changed, NO_WIRE, Patch, SAME, "JSON and Rust type are the same; what the value stands for is told differently"),
    row(ALL, Flatten, Any, Changed, Breaking, Patch, SAME, "the keys stand elsewhere in the JSON"),
    // Limits.
    row(SENT, Limit, Any, Added, Breaking, Minor, Stricter, "values beyond it were fine and are now refused"),
    row(SENT, Limit, Any, Removed, Compatible, Patch, Looser, "values beyond it are now fine"),
    row(SENT, Limit, Any, Tightened, Breaking, Minor, Stricter, "values between the two limits were fine and are now refused"),
    row(SENT, Limit, Any, Loosened, Compatible, Patch, Looser, "values between the two limits are now fine"),
    row(RECEIVED, Limit, Any, Added, Compatible, Patch, SAME, "readers may count on a bound that nobody gave before"),
    row(RECEIVED, Limit, Any, Removed, Breaking, Patch, SAME, "columns and buffers made for the bound can overflow; answers are never validated"),
    row(RECEIVED, Limit, Any, Tightened, Compatible, Patch, SAME, "what comes fits what was made for the old bound"),
    row(RECEIVED, Limit, Any, Loosened, Breaking, Patch, SAME, "columns and buffers made for the old bound can overflow; answers are never validated"),
    row(SENT, LimitUnit, Any, Tightened, Breaking, Minor, Stricter, "counted in the new unit, some value that was fine is too much or too little"),
    row(SENT, LimitUnit, Any, Loosened, Compatible, Patch, Looser, "counted in the new unit, every value that was fine still is"),
    row(RECEIVED, LimitUnit, Any, Tightened, Compatible, Patch, SAME, "what comes fits what was made for the old bound"),
    row(RECEIVED, LimitUnit, Any, Loosened, Breaking, Patch, SAME, "columns and buffers made for the old bound can overflow"),
    row(ALL, Printed, Any, Added, NO_WIRE, Patch, SAME, "documentation: a printed limit that is not enforced"),
    row(ALL, Printed, Any, Removed, NO_WIRE, Patch, SAME, "documentation: a printed limit that was not enforced"),
    row(ALL, Printed, Any, Changed, NO_WIRE, Patch, SAME, "documentation: a printed limit that is not enforced"),
    // Views: one object seen from several sides.
    row(REQUEST, View, Optional, Added, Compatible, Minor, SAME, "it can now be sent from this side too"),
    row(REQUEST, View, Optional, Removed, Breaking, Major, SAME, "it can no longer be sent from this side"),
    row(REQUEST, View, Kind::Required, Added, Breaking, Major, SAME, "it must now be sent from this side too"),
    row(REQUEST, View, Kind::Required, Removed, Breaking, Major, SAME, "it can no longer be sent from this side"),
    row(RESPONSE, View, Optional, Added, Compatible, Minor, SAME, "it now comes on this side too"),
    row(RESPONSE, View, Optional, Removed, Breaking, Major, SAME, "it no longer comes on this side"),
    row(RESPONSE, View, Kind::Required, Added, Compatible, Minor, SAME, "it now comes on this side too"),
    row(RESPONSE, View, Kind::Required, Removed, Breaking, Major, SAME, "it no longer comes on this side"),
    // Enumerations and unions.
    row(REQUEST, Value, Any, Added, Compatible, Minor, SAME, "it may be sent; there is a new variant"),
    row(REQUEST, Value, Any, Removed, Breaking, Major, SAME, "whoever sends it relies on something undocumented; the variant is gone"),
    row(RESPONSE, Value, Any, Added, Compatible, Minor, SAME, "enumerations are open: it came through as unknown before"),
    row(RESPONSE, Value, Any, Removed, Compatible, Major, SAME, "readers see one value less; the variant is gone"),
    row(REQUEST, Variant, Any, Added, Compatible, Minor, SAME, "it may be sent; there is a new variant"),
    row(REQUEST, Variant, Any, Removed, Breaking, Major, SAME, "it can no longer be sent; the variant is gone"),
    row(RESPONSE, Variant, Any, Added, Compatible, Minor, SAME, "unions are open: it came through as unknown before"),
    row(RESPONSE, Variant, Any, Removed, Compatible, Major, SAME, "readers see one kind less; the variant is gone"),
    row(ALL, Also, Any, Added, Compatible, Patch, SAME, "what came through as unknown is read as this value; it is never written"),
    row(ALL, Also, Any, Removed, Compatible, Patch, SAME, "it comes through as unknown again"),
    row(ALL, Also, Any, Changed, Compatible, Patch, SAME, "other values than before are read as this one; the rest come through as unknown"),
    row(ALL, ResponseForm, Any, Added, Compatible, Minor, Stricter, "texts of this form are refused where values are sent; there are new methods"),
    row(ALL, ResponseForm, Any, Removed, Compatible, Major, Looser, "texts of this form are not refused any more; the methods are gone"),
    row(ALL, ResponseForm, Any, Changed, Compatible, Major, Stricter, "texts of another form are refused, or the methods have other names"),
    row(ALL, ResponseValue, Any, Added, NO_WIRE, Patch, SAME, "it is told which value a response means"),
    row(ALL, ResponseValue, Any, Removed, NO_WIRE, Patch, SAME, "it is no longer told which value a response means"),
    row(ALL, ResponseValue, Any, Changed, NO_WIRE, Patch, SAME, "responses give something else in place of the value, or were misread"),
    row(ALL, VariantKey, Any, Changed, Breaking, Patch, SAME, "the content stands under another key"),
    row(ALL, Condition, Any, Changed, Compatible, Patch, SAME, "the same JSON may be read as another variant"),
    row(ALL, Tag, Any, Added, Breaking, Patch, SAME, "the variant is now told by a key that was not there"),
    row(ALL, Tag, Any, Removed, Breaking, Patch, SAME, "the key that told the variant is gone"),
    row(ALL, Tag, Any, Changed, Breaking, Patch, SAME, "the variant is told by another key"),
    row(ALL, Content, Any, Changed, Breaking, Patch, SAME, "the fields of variants stand elsewhere"),
    // Types and names.
    row(ALL, NamedType, Any, Added, NO_WIRE, Minor, SAME, "there is a new Rust type; the fields that use it tell the rest"),
    row(ALL, NamedType, Any, Removed, NO_WIRE, Major, SAME, "the Rust type is gone; the fields that used it tell the rest"),
    row(ALL, TypeKind, Any, Changed, Breaking, Major, SAME, "values are made of something else"),
    row(ALL, Name, Any, Changed, NO_WIRE, Major, SAME, "programs that use the old Rust name no longer compile"),
    row(ALL, Arguments, Any, Changed, NO_WIRE, Major, SAME, "`new` takes its values in another order; calls may even compile and mean something else"),
    // What a page says beside the type.
    row(ALL, Declared, Any, Added, NO_WIRE, Patch, SAME, "documentation: what the page prints is recorded"),
    row(ALL, Declared, Any, Removed, NO_WIRE, Patch, SAME, "documentation: what the page prints is no longer recorded"),
    row(ALL, Declared, Any, Changed, NO_WIRE, Patch, SAME, "documentation: the page prints something else, or was misread"),
    row(ALL, Quirk, Any, Added, NO_WIRE, Patch, SAME, "documentation: a defect of a page is explained"),
    row(ALL, Quirk, Any, Removed, NO_WIRE, Patch, SAME, "documentation: the page was mended, or the reading was"),
    row(ALL, Quirk, Any, Changed, NO_WIRE, Patch, SAME, "documentation: a defect is explained differently"),
    row(ALL, Default, Any, Added, Compatible, Patch, SAME, "callers may count on it; it is never sent for them"),
    row(ALL, Default, Any, Removed, Breaking, Patch, SAME, "callers who leave the field out can no longer count on it"),
    row(ALL, Default, Any, Changed, Breaking, Patch, SAME, "calls that leave the field out now mean something else"),
    row(ALL, Clears, Any, Added, Compatible, Patch, SAME, "an empty value is told to clear the field; what it is refused for is told with its limits"),
    row(ALL, Clears, Any, Removed, Breaking, Patch, SAME, "callers can no longer count on an empty value to clear the field"),
    row(ALL, Secret, Any, Added, NO_WIRE, Patch, SAME, "it no longer shows in logs"),
    row(ALL, Secret, Any, Removed, NO_WIRE, Patch, SAME, "it shows in logs"),
    row(ALL, Unit, Any, Added, NO_WIRE, Patch, SAME, "documentation: the number's unit is told"),
    row(ALL, Unit, Any, Removed, NO_WIRE, Patch, SAME, "documentation: the number's unit is no longer told"),
    row(ALL, Unit, Any, Changed, Breaking, Patch, SAME, "the same number now means another amount"),
    row(ALL, Review, Any, Tightened, Breaking, Patch, SAME, "changing the field now starts a review"),
    row(ALL, Review, Any, Loosened, Compatible, Patch, SAME, "changing the field no longer starts a review"),
    row(ALL, Review, Any, Changed, NO_WIRE, Patch, SAME, "documentation: that no review follows is told, or no longer told"),
    row(ALL, RequiredIf, Any, Added, Breaking, Patch, SAME, "callers to whom it applies must now send the field; only they can know"),
    row(ALL, RequiredIf, Any, Removed, Compatible, Patch, SAME, "nobody must send the field any more for this reason"),
    row(ALL, RequiredIf, Any, Changed, Breaking, Patch, SAME, "the field may be required from other callers than before"),
    row(ALL, Rule, Any, Added, Breaking, Minor, Stricter, "combinations that were fine are now refused"),
    row(ALL, Rule, Any, Removed, Compatible, Patch, Looser, "combinations that were refused are now fine"),
    row(ALL, Rule, Any, Tightened, Breaking, Minor, Stricter, "combinations that were fine are now refused"),
    row(ALL, Rule, Any, Loosened, Compatible, Patch, Looser, "combinations that were refused are now fine"),
    row(ALL, Rule, Any, Changed, Breaking, Minor, Stricter, "it demands something else: some combinations that were fine are now refused"),
    row(ALL, Rule, Note, Added, NO_WIRE, Patch, SAME, "documentation: no machine checks it"),
    row(ALL, Rule, Note, Removed, NO_WIRE, Patch, SAME, "documentation: no machine checked it"),
    row(ALL, Rule, Note, Changed, NO_WIRE, Patch, SAME, "documentation: no machine checks it"),
    row(ALL, RuleError, Any, Added, NO_WIRE, Patch, SAME, "documentation: the code that breaking the rule leads to"),
    row(ALL, RuleError, Any, Removed, NO_WIRE, Patch, SAME, "documentation: the code that breaking the rule leads to"),
    row(ALL, RuleError, Any, Changed, NO_WIRE, Patch, SAME, "documentation: the code that breaking the rule leads to"),
    row(ALL, Doc, Any, Changed, NO_WIRE, Patch, SAME, "documentation"),
    row(ALL, Example, Any, Added, NO_WIRE, Patch, SAME, "documentation, and one more test of the generated types"),
    row(ALL, Example, Any, Removed, NO_WIRE, Patch, SAME, "documentation, and one test of the generated types less"),
    row(ALL, Example, Any, Changed, NO_WIRE, Patch, SAME, "documentation, and a test of the generated types"),
    row(ALL, Source, Any, Changed, NO_WIRE, Patch, SAME, "documentation: the statement is found elsewhere"),
    // Endpoints and pushes.
    row(ALL, Endpoint, Any, Added, Compatible, Minor, SAME, "there is something new to call"),
    row(ALL, Endpoint, Any, Removed, Breaking, Major, SAME, "calls to it are on their own"),
    row(ALL, Method, Any, Changed, Breaking, Patch, SAME, "calls with the old verb are refused"),
    row(ALL, Body, Any, Changed, Breaking, Patch, SAME, "bodies written the old way are refused"),
    row(ALL, Repeat, Any, Tightened, Breaking, Patch, SAME, "repeating after a lost answer may now do harm; the client repeats less"),
    row(ALL, Repeat, Any, Loosened, Compatible, Patch, SAME, "repeating after a lost answer does less harm than told; the client may repeat more"),
    row(ALL, Success, Any, Tightened, Compatible, Patch, SAME, "a response without the code proves nothing any more; the client takes it for an error"),
    row(ALL, Success, Any, Loosened, Breaking, Patch, SAME, "a success may come without the code; the client reads it, readers that wait for the code do not"),
    row(ALL, Success, Any, Changed, Breaking, Patch, SAME, "a success without the code is known by other fields"),
    row(ALL, Paging, Any, Added, Compatible, Minor, SAME, "there are new methods to read page by page"),
    row(ALL, Paging, Any, Removed, Breaking, Major, SAME, "long lists cannot be read on; the methods are gone"),
    row(ALL, PagingItems, Any, Changed, Breaking, Patch, SAME, "the items stand in another list"),
    row(ALL, PagingCursor, Any, Changed, Breaking, Patch, SAME, "the next page is asked for in another way; the old way may miss items or never end"),
    row(ALL, PagingSize, Any, Added, Compatible, Patch, SAME, "callers may say how many items they want"),
    row(ALL, PagingSize, Any, Removed, Breaking, Patch, SAME, "how many items were wanted no longer tells the last page"),
    row(ALL, PagingSize, Any, Changed, Breaking, Patch, SAME, "how many items are wanted is said by another field"),
    row(ALL, PagingTotal, Any, Added, Compatible, Patch, SAME, "one more field tells the last page"),
    row(ALL, PagingTotal, Any, Removed, Breaking, Patch, SAME, "readers that wait for it may never end"),
    row(ALL, PagingTotal, Any, Changed, Breaking, Patch, SAME, "the last page is known by another field"),
    row(ALL, PagingMax, Any, Tightened, Breaking, Patch, SAME, "pages of the old size are refused, or taken for the last one"),
    row(ALL, PagingMax, Any, Loosened, Compatible, Patch, SAME, "pages may be larger; those of the old size still come"),
    row(ALL, PagingEnd, Any, Added, Breaking, Patch, SAME, "the end of the list now comes as an error"),
    row(ALL, PagingEnd, Any, Removed, Compatible, Patch, SAME, "no error tells the end of the list any more"),
    row(ALL, PagingEnd, Any, Changed, Breaking, Patch, SAME, "another error tells the end of the list"),
    row(ALL, TokenUse, Any, Changed, Breaking, Patch, SAME, "the call goes out with another address"),
    row(ALL, FindOut, Any, Added, NO_WIRE, Patch, SAME, "documentation: `explain` says how to find out what a lost call did"),
    row(ALL, FindOut, Any, Removed, NO_WIRE, Patch, SAME, "documentation: `explain` no longer says how to find out what a lost call did"),
    row(ALL, FindOut, Any, Changed, NO_WIRE, Patch, SAME, "documentation: `explain` says something else"),
    row(ALL, Closed, Any, Added, Breaking, Patch, SAME, "it was switched off"),
    row(ALL, Closed, Any, Removed, Compatible, Patch, SAME, "it is in service again"),
    row(ALL, Closed, Any, Changed, NO_WIRE, Patch, SAME, "documentation: what became of it is told differently"),
    row(ALL, Restricted, Any, Added, Breaking, Patch, SAME, "part of it was switched off"),
    row(ALL, Restricted, Any, Removed, Compatible, Patch, SAME, "all of it is in service again"),
    row(ALL, Restricted, Any, Changed, NO_WIRE, Patch, SAME, "documentation: what no longer works is told differently"),
    row(ALL, EndpointError, Any, Added, Compatible, Patch, SAME, "the endpoint may answer one more code, which was an error without explanation before"),
    row(ALL, EndpointError, Any, Removed, Compatible, Patch, SAME, "the endpoint is no longer documented to answer it"),
    row(ALL, Push, Any, Added, Compatible, Minor, SAME, "there is something new to receive"),
    row(ALL, Push, Any, Removed, Breaking, Major, SAME, "it no longer comes; its type is gone"),
    row(ALL, KnownBy, Any, Changed, Breaking, Patch, SAME, "pushes are recognized by other values"),
    // Error codes.
    row(ALL, ErrorCode, Any, Added, Compatible, Minor, SAME, "an unknown code was an error before and still is; now it has a name"),
    row(ALL, ErrorCode, Any, Removed, Compatible, Major, SAME, "it is still an error; its constant is gone"),
    row(ALL, General, Any, Changed, NO_WIRE, Patch, SAME, "documentation: any endpoint may return it, or no longer any"),
    row(ALL, ErrorClass, Any, Tightened, Compatible, Patch, SAME, "the client no longer repeats the call by itself"),
    row(ALL, ErrorClass, Any, Loosened, Compatible, Patch, SAME, "the client may now repeat the call by itself"),
    row(ALL, ErrorClass, Any, Changed, Compatible, Patch, SAME, "the predicates of the error answer differently"),
    row(ALL, ErrorText, Any, Changed, NO_WIRE, Patch, SAME, "documentation: `explain` says something else"),
    // The whole interface.
    row(ALL, Document, Any, Added, NO_WIRE, Patch, SAME, "documentation: statements may cite one more page"),
    row(ALL, Document, Any, Removed, NO_WIRE, Patch, SAME, "documentation: nothing cites the page any more"),
    row(ALL, Read, Any, Changed, NO_WIRE, NO_RUST, SAME, "the page was read again"),
    row(ALL, Section, Any, Added, NO_WIRE, NO_RUST, SAME, "the text of the section that was transcribed is recorded"),
    row(ALL, Section, Any, Removed, NO_WIRE, NO_RUST, SAME, "the text of the section that was transcribed is no longer recorded"),
    row(ALL, Section, Any, Changed, NO_WIRE, NO_RUST, SAME, "the section has another text than before, and was transcribed again"),
    row(ALL, Language, Any, Changed, NO_WIRE, Patch, SAME, "documentation"),
    row(ALL, Url, Any, Changed, NO_WIRE, Patch, SAME, "documentation: the page is at another address"),
    row(ALL, Official, Any, Changed, NO_WIRE, Patch, SAME, "documentation: what only this document says is marked, or no longer"),
    row(ALL, Host, Any, Changed, Breaking, Patch, SAME, "all calls go elsewhere"),
    row(ALL, Zone, Any, Changed, Breaking, Minor, Stricter, "days begin at another hour, so that some dates are now refused"),
    row(ALL, Token, Any, Changed, Breaking, Patch, SAME, "the access token travels under another name"),
    row(ALL, TokenIssue, Any, Changed, NO_WIRE, Minor, SAME, "the client gets access tokens by itself, or in another way"),
    row(ALL, Envelope, Any, Changed, Breaking, Patch, SAME, "errors are told under another name or number"),
    row(ALL, Trace, Any, Changed, NO_WIRE, Patch, SAME, "the id of a call is looked for behind other words of the message"),
    row(ALL, Reference, Any, Changed, NO_WIRE, Patch, SAME, "links lead to the reference at another address"),
    row(ALL, Crate, Any, Changed, NO_WIRE, Major, SAME, "programs import the crate under its old name"),
    row(ALL, Version, Any, Changed, NO_WIRE, NO_RUST, SAME, "the release itself"),
];
