//! Names that the document itself proves to be persons: with a handle, a profile link or an honorific.

use std::collections::{HashMap, HashSet};

use recap_document::{LinkForm, Span};
use recap_model::{LinkKind, Role};
use recap_rules::Use;
use recap_text::names::fold;

use super::parse;
use crate::context::Context;
use crate::finding::{Found, Mention};

/// Proven names of a document.
#[derive(Debug, Default)]
pub struct Known {
    names: HashSet<String>,
    pairs: Vec<Mention>,
    handles: HashMap<String, usize>,
}

impl Known {
    /// Reads the whole content once.
    pub fn scan(context: &Context<'_>) -> Self {
        let mut known = Self::default();
        for &leaf in &context.leaves {
            known.profile_links(context, leaf);
            known.names_with_handles(context, leaf);
            known.honorifics(context, leaf);
        }
        known
    }

    /// Whether a name is proven.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains(&fold(name))
    }

    /// Names together with their handles.
    pub fn pairs(&self) -> impl Iterator<Item = &Mention> {
        self.pairs.iter()
    }

    fn profile_links(&mut self, context: &Context<'_>, leaf: usize) {
        for link in context.links_of(leaf).filter(|l| l.kind == LinkKind::Profile && l.link.form == LinkForm::Anchor) {
            let Some(handle) = parse::linked_handle(link) else { continue };
            let text = context.doc.slice(link.link.span);
            if text.contains("://") || text.chars().count() > 40 {
                continue;
            }
            let span = parse::without_honorific(context, parse::trim(context.doc, link.link.span));
            let name = context.doc.slice(span);
            let mut mention = Mention::new(Role::Mentioned, link.link.span);
            if !name.contains(['@', '＠']) && super::score::name_likeness(context, None, name) > 0.0 && fold(name) != fold(&handle.value.handle) {
                mention.name = Some(Found::spoken(context.doc, span, "person/profile-link", 0.93));
            }
            mention.handles.push(handle);
            self.pair(mention);
        }
    }

    /// `Name (@handle)`, `Name @handle`, `@handle (Name)`.
    fn names_with_handles(&mut self, context: &Context<'_>, leaf: usize) {
        let text = context.text(leaf);
        if !text.contains(['@', '＠']) {
            return;
        }
        let start = context.doc.blocks[leaf].span.start;
        for rule in context.rules.of(Use::Person, context.language).filter(|r| r.kind.as_deref() == Some("mentioned")) {
            for hit in rule.find_all(text) {
                let (Some(name), Some(handle)) = (hit.group("name"), hit.group("handle")) else { continue };
                let span = |(s, e, _): (usize, usize, &str)| Span::new(start + s, start + e);
                let name_span = parse::without_honorific(context, parse::trim(context.doc, span(name)));
                if super::score::name_likeness(context, None, context.doc.slice(name_span)) < 0.3 {
                    continue;
                }
                let mut mention = Mention::new(Role::Mentioned, Span::new(start + hit.start, start + hit.end));
                mention.name = Some(Found::verbatim(context.doc, name_span, rule));
                mention.handles.push(parse::at_handle(context.doc, span(handle), &rule.id, rule.confidence));
                self.pair(mention);
            }
        }
    }

    fn honorifics(&mut self, context: &Context<'_>, leaf: usize) {
        let text = context.text(leaf);
        for rule in context.rules.of(Use::Honorific, context.language) {
            for hit in rule.find_all(text) {
                if let Some((_, _, name)) = hit.group("name").filter(|(_, _, n)| n.chars().count() >= 2) {
                    self.names.insert(fold(name));
                }
            }
        }
    }

    fn pair(&mut self, mention: Mention) {
        if let Some(name) = &mention.name {
            self.names.insert(fold(&name.value));
        }
        if let Some(handle) = mention.handles.first() {
            *self.handles.entry(handle.value.handle.to_lowercase()).or_default() += 1;
        }
        self.pairs.push(mention);
    }
}
