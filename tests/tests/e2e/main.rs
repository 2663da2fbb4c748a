//! Every endpoint against a local server: what is sent to the last key, and what is made of the responses. Endpoints are
//! taken from the model; those that are named are the vehicles of what no endpoint is special in.

mod blocking;
#[path = "../shared/dispatch.rs"]
mod dispatch;
mod examples;
mod lost;
mod oddities;
mod pages;
mod policy;
mod refusals;
mod reports;
mod served;
mod spans;
mod support;
mod uploads;
#[path = "../shared/walk.rs"]
mod walk;
