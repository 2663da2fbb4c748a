//! A model as a tree of things with traits: the form in which two models are compared.

use super::axes::{Area, Direction, Kind};
use super::sides::Group;
use weixin_codegen::model::{Limit, Source, TypeRef};

/// What the spec speaks of: an endpoint, a field, a value, a rule, a code.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) area: Area,
    pub(super) kind: Kind,
    /// Which ways its values travel.
    pub(super) ways: &'static [Direction],
    /// What it is called among its siblings of the same area.
    pub(super) name: String,
    /// What to show when it comes or goes.
    pub(super) shown: String,
    pub(super) traits: Vec<Trait>,
    pub(super) parts: Vec<Thing>,
    pub(super) spot: Spot,
    /// Where it is documented; empty: where its owner is.
    pub(super) sources: Vec<Source>,
    pub(super) ty: Option<TypeRef>,
    pub(super) limits: Vec<Limit>,
    /// Coming and going is not told, because something else already tells it.
    pub(super) silent: bool,
    /// What users of the crate see of it.
    pub(super) items: Vec<Item>,
}

/// A name of the API with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// With its path: `card::types::CardStatus::Dispatch`.
    pub(super) name: String,
    pub(super) signature: String,
    /// The statements from which it follows.
    pub(super) of: &'static [Area],
}

/// One statement about a thing.
#[derive(Debug, Clone)]
pub(super) struct Trait {
    pub(super) area: Area,
    /// None: nothing is said.
    pub(super) value: Option<String>,
    /// How strict the value is, where values can be compared.
    pub(super) weight: Option<i64>,
    /// The keys below the thing's node, the likeliest first; `/` leads further down.
    pub(super) keys: &'static [&'static str],
    /// Where it stands, when not below the thing.
    pub(super) spot: Option<Spot>,
}

/// Where a thing stands in the spec.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    pub(super) file: String,
    /// From the top of the file to the thing's node.
    pub(super) node: Vec<String>,
    /// The view, whose keys override the node's own.
    pub(super) view: Option<String>,
    /// The type that may have the node from a mixin.
    pub(super) owner: Option<String>,
    /// Who lends statements where the node is silent.
    pub(super) lenders: Vec<Home>,
}

/// A place that several things share: an alias, a mixin, an explained quirk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) file: String,
    pub(super) node: Vec<String>,
    pub(super) group: Group,
    pub(super) path: String,
}

impl Spot {
    pub(super) fn new(file: &str, node: &[&str]) -> Self {
        Self { file: file.to_owned(), node: node.iter().map(|seg| (*seg).to_owned()).collect(), ..Self::default() }
    }

    /// Only at a place that others share.
    pub(super) fn at(home: Home) -> Self {
        Self { lenders: vec![home], ..Self::default() }
    }

    /// A node below.
    pub(super) fn below(&self, segs: &[&str]) -> Self {
        let mut below = self.clone();
        below.node.extend(segs.iter().map(|seg| (*seg).to_owned()));
        below.lenders.clear();
        below
    }
}

impl Thing {
    pub(super) fn new(area: Area, name: impl Into<String>, spot: Spot) -> Self {
        let name = name.into();
        Self {
            area,
            kind: Kind::Any,
            ways: NO_WAY,
            shown: name.clone(),
            name,
            traits: Vec::new(),
            parts: Vec::new(),
            spot,
            sources: Vec::new(),
            ty: None,
            limits: Vec::new(),
            silent: false,
            items: Vec::new(),
        }
    }

    /// With a statement.
    pub(super) fn says(&mut self, area: Area, value: Option<String>, keys: &'static [&'static str]) -> &mut Trait {
        let at = self.traits.len();
        self.traits.push(Trait { area, value, weight: None, keys, spot: None });
        &mut self.traits[at]
    }

    /// With prose: each language is a statement of its own, and silence is an empty one.
    pub(super) fn prose(&mut self, text: Option<&weixin_codegen::model::Text>, keys: [&'static [&'static str]; 2]) {
        let [en, zh] = text.map_or_else(Default::default, |text| [text.en.clone(), text.zh.clone()]);
        self.says(Area::Doc, Some(en), keys[0]);
        self.says(Area::Doc, Some(zh), keys[1]);
    }

    /// How many statements it makes.
    pub(super) fn count(&self) -> usize {
        let own = self.traits.iter().filter(|one| one.value.is_some()).count();
        1 + own + usize::from(self.ty.is_some()) + self.limits.len() + self.parts.iter().map(Self::count).sum::<usize>()
    }

    /// With a name of the API.
    pub(super) fn is_called(&mut self, name: String, signature: String, of: &'static [Area]) {
        self.items.push(Item { name, signature, of });
    }
}

pub(super) const NO_WAY: &[Direction] = &[Direction::None];
