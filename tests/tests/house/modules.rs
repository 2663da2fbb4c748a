//! The modules of a crate, and which of them uses something that another defines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

use super::sources;

/// Segments from the top of the crate.
type ModulePath = Vec<String>;

/// What one module uses of another: the two, and the name.
pub(crate) type Use = (String, String, String);

/// A crate's modules, each a file.
pub(crate) struct Tree(BTreeMap<ModulePath, Module>);

#[derive(Default)]
struct Module {
    /// What it defines.
    items: BTreeSet<String>,
    /// What it imports: the name here, and the path as written.
    imports: Vec<(String, ModulePath)>,
    /// Modules all of whose names it imports.
    globs: Vec<ModulePath>,
    /// Modules that only its tests have.
    tests: Vec<String>,
    /// Paths in its code, as written.
    paths: BTreeSet<ModulePath>,
}

impl Tree {
    /// Reads all files below the `src` of a crate.
    pub(crate) fn read(src: &Path) -> Self {
        let files: Vec<(String, String)> = sources(src)
            .iter()
            .map(|path| {
                let name = path.strip_prefix(src).expect("below src").display().to_string();
                (name, std::fs::read_to_string(path).expect("a source file"))
            })
            .collect();
        Self::of(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    }

    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let mut modules: BTreeMap<ModulePath, Module> =
            files.iter().map(|(name, text)| (module_path(name), Module::read(name, text))).collect();
        let tests: Vec<ModulePath> = modules
            .iter()
            .flat_map(|(path, module)| {
                module.tests.iter().map(|name| [path.as_slice(), std::slice::from_ref(name)].concat())
            })
            .collect();
        modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        Self(modules)
    }

    /// Everything that one module uses of another. What is handed on is used where it is defined.
    pub(crate) fn uses(&self) -> BTreeSet<Use> {
        let mut found = BTreeSet::new();
        for (here, module) in &self.0 {
            let handed_on = |path: &ModulePath| module.imports.iter().any(|(name, _)| **path == [name.as_str()]);
            let imports = module.imports.iter().map(|(_, path)| path);
            for path in imports.chain(module.paths.iter().filter(|path| !handed_on(path))) {
                let Some((there, name)) = self.definer(here, path, 0) else { continue };
                // A parent that only declares and hands on does not need its children.
                let declares = there.starts_with(here) && !module.paths.iter().any(|path| path.contains(&name));
                if there != *here && !declares {
                    found.insert((here.join("::"), there.join("::"), name));
                }
            }
        }
        found
    }

    /// The module that defines what a path names, as seen from a module.
    fn definer(&self, here: &ModulePath, path: &[String], depth: usize) -> Option<(ModulePath, String)> {
        if depth > 16 {
            return None;
        }
        let (mut at, mut rest) = match path.first()?.as_str() {
            "crate" => (Vec::new(), &path[1..]),
            "self" => (here.clone(), &path[1..]),
            _ => (here.clone(), path),
        };
        while rest.first().is_some_and(|segment| segment == "super") {
            at.pop();
            rest = &rest[1..];
        }
        self.within(&at, rest, depth)
    }

    /// What a path from this module names.
    fn within(&self, at: &ModulePath, rest: &[String], depth: usize) -> Option<(ModulePath, String)> {
        let module = self.0.get(at)?;
        let name = rest.first()?;
        let mut child = at.clone();
        child.push(name.clone());
        if self.0.contains_key(&child) {
            return self.within(&child, &rest[1..], depth);
        }
        if module.items.contains(name) {
            return Some((at.clone(), name.clone()));
        }
        if let Some((_, target)) = module.imports.iter().find(|(own, _)| own == name) {
            let target: ModulePath = target.iter().chain(&rest[1..]).cloned().collect();
            return self.definer(at, &target, depth + 1);
        }
        module.globs.iter().find_map(|glob| {
            let target: ModulePath = glob.iter().chain(rest).cloned().collect();
            self.definer(at, &target, depth + 1)
        })
    }
}

/// `a/b.rs` and `a/b/mod.rs` are `a::b`; `lib.rs` and `main.rs` are the top.
fn module_path(file: &str) -> ModulePath {
    let mut path: ModulePath = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        path.pop();
    }
    path
}

impl Module {
    fn read(name: &str, text: &str) -> Self {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut module = Self::default();
        module.visit_file(&file);
        module
    }

    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<ModulePath>();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident)),
            UseTree::Name(it) if it.ident == "self" => {
                self.imports.push((before.last().cloned().unwrap_or_default(), before.to_vec()));
            }
            UseTree::Name(it) => self.imports.push((it.ident.to_string(), with(&it.ident))),
            UseTree::Rename(it) => self.imports.push((it.rename.to_string(), with(&it.ident))),
            UseTree::Glob(_) => self.globs.push(before.to_vec()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before)),
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| match &it.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        meta => meta.path().is_ident("test"),
    })
}

fn name_of(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(it) => it.ident.to_string(),
        Item::Enum(it) => it.ident.to_string(),
        Item::Fn(it) => it.sig.ident.to_string(),
        Item::Static(it) => it.ident.to_string(),
        Item::Struct(it) => it.ident.to_string(),
        Item::Trait(it) => it.ident.to_string(),
        Item::Type(it) => it.ident.to_string(),
        Item::Macro(it) => it.ident.as_ref()?.to_string(),
        _ => return None,
    })
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(it) if is_test(&it.attrs) => return self.tests.push(it.ident.to_string()),
            Item::Fn(it) if is_test(&it.attrs) => return,
            Item::Use(it) => self.import(&it.tree, &[]),
            _ => {}
        }
        self.items.extend(name_of(item));
        visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}
