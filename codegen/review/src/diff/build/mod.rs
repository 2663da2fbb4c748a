//! From a model to the tree that is compared.

mod builder;
mod endpoint;
mod field;
mod general;
mod named;
mod rule;

pub(super) use builder::{Builder, Root};

use super::sides::Group;

impl Builder<'_> {
    /// Everything the model says.
    pub(super) fn roots(&self) -> Vec<Root> {
        let model = self.side.model;
        let mut roots = vec![self.general(), self.errors()];
        for endpoint in &model.endpoints {
            let group = Group::Endpoint(endpoint.path.clone());
            roots.push(Root { group, path: String::new(), view: None, thing: self.endpoint(endpoint) });
        }
        for event in &model.events {
            let group = Group::Event(event.name.clone());
            roots.push(Root { group, path: String::new(), view: None, thing: self.event(event) });
        }
        for ty in &model.types {
            let (group, path) = self.home_of(ty);
            roots.push(Root { group, path, view: ty.view.clone(), thing: self.named(ty) });
        }
        roots
    }
}
