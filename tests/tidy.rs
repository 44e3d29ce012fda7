//! The house rules, as far as a program can hold them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use recap_rules::Rules;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use crate::support::{entries, folders, name_of, read_json, root};

/// Longest file, in lines.
const FILE: usize = 400;
/// Longest function, in lines.
const FUNCTION: usize = 80;
/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[("crates/recap-model/src/recap.rs", "the contract in one place, mostly its documentation")];

/// Which crates of ours a library may use. A new crate is entered here with its layer.
const MAY_USE: &[(&str, &[&str])] = &[
    ("recap-text", &[]),
    ("recap-model", &[]),
    ("recap-eval", &[]),
    ("recap-export", &["recap-model"]),
    ("recap-merge", &["recap-text", "recap-model"]),
    ("recap-site", &["recap-text", "recap-model", "recap-merge", "recap-export"]),
    ("recap-document", &["recap-text", "recap-model"]),
    ("recap-rules", &["recap-text", "recap-model"]),
    ("recap-extract", &["recap-text", "recap-model", "recap-document", "recap-rules"]),
    ("recap-fetch", &["recap-model"]),
    ("recap-store", &["recap-model"]),
    ("recap-pipeline", &["recap-model", "recap-document", "recap-rules", "recap-extract", "recap-merge", "recap-fetch", "recap-store"]),
];

/// Libraries that read, write or fetch. The others are pure; these print nothing either.
const WITH_IO: &[&str] = &["recap-fetch", "recap-store", "recap-pipeline"];

/// What pure libraries do not use.
const IMPURE: &[&str] = &["std::fs", "std::net", "std::env", "std::process", "std::thread", "SystemTime", "Instant::now"];

fn rust_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["crates", "tests", "benches", "fuzz"] {
        collect(&root().join(folder), &mut files);
    }
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() && name_of(&path) != "target" {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[track_caller]
fn none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn files_are_short() {
    let long = rust_files().into_iter().filter_map(|path| {
        let lines = read(&path).lines().count();
        let allowed = LONG_FILES.iter().any(|(name, _)| *name == relative(&path));
        (lines > FILE && !allowed).then(|| format!("{} has {lines} lines", relative(&path)))
    });
    none(&format!("files of more than {FILE} lines"), &long.collect::<Vec<_>>());
    let stale = LONG_FILES.iter().filter(|(name, _)| !root().join(name).exists());
    none("exceptions for files that are gone", &stale.map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
}

/// Finds long functions.
struct Functions {
    found: Vec<String>,
}

impl Functions {
    fn note(&mut self, name: &syn::Ident, span: Span) {
        let lines = span.end().line.saturating_sub(span.start().line) + 1;
        if lines > FUNCTION {
            self.found.push(format!("{name} has {lines} lines"));
        }
    }
}

impl<'a> Visit<'a> for Functions {
    fn visit_item_fn(&mut self, function: &'a syn::ItemFn) {
        self.note(&function.sig.ident, function.block.span());
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.note(&function.sig.ident, function.block.span());
        visit::visit_impl_item_fn(self, function);
    }
}

#[test]
fn functions_are_short() {
    let mut found = Vec::new();
    for path in rust_files() {
        let file = syn::parse_file(&read(&path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut functions = Functions { found: Vec::new() };
        functions.visit_file(&file);
        found.extend(functions.found.into_iter().map(|long| format!("{}: {long}", relative(&path))));
    }
    none(&format!("functions of more than {FUNCTION} lines"), &found);
}

#[test]
fn libraries_print_nothing_and_are_pure() {
    let mut found = Vec::new();
    for (name, _) in MAY_USE {
        let mut files = Vec::new();
        collect(&root().join("crates").join(name).join("src"), &mut files);
        for path in files.into_iter().filter(|p| !relative(p).contains("tests")) {
            let text = read(&path);
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let impure = if WITH_IO.contains(name) { &[] } else { IMPURE };
            let banned = ["println!(", "print!(", "dbg!("].iter().chain(impure).filter(|word| code.contains(**word));
            found.extend(banned.map(|word| format!("{}: {word}", relative(&path))));
        }
    }
    none("what a pure library does not use", &found);
}

#[test]
fn lints_are_expected_with_a_reason_not_allowed() {
    let needle = ["#[", "allow("].concat();
    let found = rust_files().into_iter().filter(|path| read(path).contains(&needle)).map(|path| relative(&path));
    none("`expect` with a reason instead", &found.collect::<Vec<_>>());
}

#[test]
fn dependencies_go_one_way() {
    let mut found = Vec::new();
    for folder in folders(&root().join("crates")).into_iter().filter(|f| f.join("Cargo.toml").exists()) {
        let manifest: toml::Table = toml::from_str(&read(&folder.join("Cargo.toml"))).expect("a manifest is TOML");
        let name = name_of(&folder);
        let Some((_, allowed)) = MAY_USE.iter().find(|(n, _)| *n == name) else {
            found.push(format!("{name} has no layer: enter it in MAY_USE"));
            continue;
        };
        let used = manifest.get("dependencies").and_then(toml::Value::as_table).into_iter().flat_map(|t| t.keys());
        let wrong = used.filter(|dependency| dependency.starts_with("recap-") && !allowed.contains(&dependency.as_str()));
        found.extend(wrong.map(|dependency| format!("{name} uses {dependency}")));
    }
    none("dependencies against the layers", &found);
}

#[test]
fn every_rule_file_has_good_and_bad_examples() {
    let mut found = Vec::new();
    for (name, text) in Rules::builtin_packs() {
        let pack: toml::Table = toml::from_str(text).expect("a pack is TOML");
        let rules = pack.get("rule").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let has = |key: &str| rules.iter().any(|rule| rule.get(key).and_then(toml::Value::as_array).is_some_and(|list| !list.is_empty()));
        found.extend(["good", "bad"].into_iter().filter(|key| !has(key)).map(|key| format!("{name} has no {key} example")));
    }
    none("rule files without examples", &found);
    let failures = recap_rules::check(Rules::builtin()).into_iter().map(|f| format!("{}: {} ({:?})", f.rule, f.message, f.text));
    none("examples that rules get wrong", &failures.collect::<Vec<_>>());
}

#[test]
fn every_fixture_is_whole() {
    let mut found = Vec::new();
    let mut count = 0;
    for folder in folders(&root().join("fixtures")) {
        let name = name_of(&folder);
        let inputs = entries(&folder).iter().filter(|path| name_of(path).starts_with("input.")).count();
        if inputs != 1 || !folder.join("expected.json").exists() {
            found.push(format!("{name} has {inputs} inputs, expected.json: {}", folder.join("expected.json").exists()));
            continue;
        }
        if read_json(&folder.join("expected.json"))["doc"] != name.as_str() {
            found.push(format!("{name}: `doc` in expected.json is another"));
        }
        count += 1;
    }
    none("fixtures that are not whole", &found);
    assert!(count >= 40, "{count} fixtures");
}

#[test]
fn the_readme_and_the_architecture_name_what_there_is() {
    let (readme, architecture) = (read(&root().join("README.md")), read(&root().join("ARCHITECTURE.md")));
    let mut found = Vec::new();
    for (name, _) in MAY_USE {
        if !architecture.contains(&format!("`{name}`")) {
            found.push(format!("ARCHITECTURE.md says nothing of {name}"));
        }
    }
    let commands: BTreeMap<String, ()> =
        entries(&root().join("crates/cli/commands")).iter().map(|p| (name_of(p).trim_end_matches(".rs").to_owned(), ())).collect();
    for command in commands.keys().filter(|c| *c != "mod") {
        if !readme.contains(&format!("`recap {command}")) {
            found.push(format!("README.md says nothing of recap {command}"));
        }
    }
    none("missing in the documents", &found);
}
