//! Every endpoint against a local server: what is sent to the last key, and what is made of the answers.

mod card;
mod code;
mod datacube;
#[path = "../shared/dispatch.rs"]
mod dispatch;
mod examples;
mod oddities;
mod other;
mod policy;
mod promoter;
mod reports;
mod submerchant;
mod support;
#[path = "../shared/walk.rs"]
mod walk;
mod write;

#[test]
fn every_endpoint_has_at_most_one_test_by_hand() {
    let mut covered: Vec<&str> = [
        card::COVERED,
        code::COVERED,
        datacube::COVERED,
        other::COVERED,
        promoter::COVERED,
        submerchant::COVERED,
        write::COVERED,
    ]
    .concat();
    covered.sort_unstable();
    assert!(covered.is_sorted_by(|one, next| one < next), "{covered:?}");
    // Those that nobody has written a test for go over the wire with their examples.
    dispatch::assert_complete(&weixin_tests::real());
    covered.retain(|path| !dispatch::PATHS.contains(path));
    assert_eq!(covered, [""; 0], "no endpoints");
}
