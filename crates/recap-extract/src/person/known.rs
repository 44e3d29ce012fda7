//! Names that the document itself proves to be persons: with a handle, a profile link or an honorific.

use std::collections::HashSet;

use recap_document::{LinkForm, Span};
use recap_model::{LinkKind, Role};
use recap_rules::Use;
use recap_text::names::fold;

use super::handle::{at_handle, linked_handle};
use super::pieces::names_somebody;
use super::score::name_likeness;
use super::text::{trim, without_honorific};
use super::{honoured, parse};
use crate::context::{ContentLink, Context};
use crate::finding::{Found, Mention};

/// A document calls no more people by such names.
const MAX_CALLED: usize = 500;

/// Proven names of a document.
#[derive(Debug, Default)]
pub struct Known {
    names: HashSet<String>,
    pairs: Vec<Mention>,
    called: Vec<Mention>,
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
        !self.names.is_empty() && self.names.contains(&fold(name))
    }

    /// Names together with their handles.
    pub fn pairs(&self) -> impl Iterator<Item = &Mention> {
        self.pairs.iter()
    }

    /// People who are called by a Latin name with an honorific.
    pub fn called(&self) -> impl Iterator<Item = &Mention> {
        self.called.iter()
    }

    fn profile_links(&mut self, context: &Context<'_>, leaf: usize) {
        for link in context.links_of(leaf).filter(|l| l.kind == LinkKind::Profile && l.link.form == LinkForm::Anchor) {
            if names_somebody(context, link)
                && let Some(mention) = linked(context, link)
            {
                self.pair(mention);
            }
        }
    }

    /// `Name (@handle)`, `Name @handle`, `@handle (Name)`.
    fn names_with_handles(&mut self, context: &Context<'_>, leaf: usize) {
        let text = context.text(leaf);
        if !text.contains(['@', '＠']) {
            return;
        }
        let start = context.doc.blocks[leaf].span.start;
        for rule in context.asking(Use::Person, text).filter(|r| r.kind.as_deref() == Some("mentioned")) {
            for hit in rule.find_all(text) {
                let (Some(name), Some(handle)) = (hit.group("name"), hit.group("handle")) else { continue };
                let span = |(s, e, _): (usize, usize, &str)| Span::new(start + s, start + e);
                let name_span = without_honorific(context, trim(context.doc, span(name)));
                if name_likeness(context, None, context.doc.slice(name_span)) < 0.3 {
                    continue;
                }
                let mut mention = Mention::new(Role::Mentioned, Span::new(start + hit.start, start + hit.end));
                mention.name = Some(Found::verbatim(context.doc, name_span, rule.rule()));
                mention.handles.push(at_handle(context.doc, span(handle), &rule.id, rule.confidence));
                self.pair(mention);
            }
        }
    }

    fn honorifics(&mut self, context: &Context<'_>, leaf: usize) {
        let text = context.text(leaf);
        let start = context.doc.blocks[leaf].span.start;
        for (from, to, _, rule) in honoured::names(context, None, text).filter(|&(from, to, ..)| text[from..to].chars().count() >= 2) {
            let name = &text[from..to];
            let new = self.names.insert(fold(name));
            // Who is called by an account without its sign has it for a name.
            if new && name.is_ascii() && !text[..from].ends_with(['@', '＠', ':']) && self.called.len() < MAX_CALLED {
                let span = Span::new(start + from, start + to);
                let mut mention = Mention::new(Role::Mentioned, span);
                mention.name = Some(Found::spoken(context.doc, span, rule, 0.6));
                self.called.push(mention);
            }
        }
    }

    fn pair(&mut self, mention: Mention) {
        if let Some(name) = &mention.name {
            self.names.insert(fold(&name.value));
        }
        self.pairs.push(mention);
    }
}

/// The person that a profile link names, with the account that it leads to.
fn linked(context: &Context<'_>, link: &ContentLink<'_>) -> Option<Mention> {
    let handle = linked_handle(link)?;
    let mut mention = Mention::new(Role::Mentioned, link.link.span);
    let mut people = parse::people_in(context, link.link.span, Role::Mentioned, 0.3);
    if people.len() == 1
        && let Some(name) = people.remove(0).name.filter(|n| fold(&n.value) != fold(&handle.value.handle))
    {
        mention.name = Some(name);
    }
    mention.handles.push(handle);
    Some(mention)
}
