//! Every endpoint against a local server: what is sent to the last key, and what is made of the answers.

mod card;
mod code;
mod datacube;
mod oddities;
mod other;
mod policy;
mod promoter;
mod submerchant;
mod support;
mod write;

#[test]
fn every_endpoint_of_the_spec_is_covered() {
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
    let model = weixin_tests::real();
    let mut documented: Vec<&str> = model.endpoints.iter().map(|endpoint| endpoint.path.as_str()).collect();
    documented.sort_unstable();
    assert_eq!(covered, documented);
}
