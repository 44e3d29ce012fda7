//! The event's own pages and the recordings of all of it.

use recap_document::{BlockKind, LinkForm};
use recap_model::{LinkKind, Method};
use recap_rules::{Rule, Use};
use recap_text::names::fold;

use super::scope::Scope;
use super::told::{flat, window};
use crate::context::{ContentLink, host_of};
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof};

/// Links that are looked at.
const MAX_LINKS: usize = 400;
/// Event pages that are kept.
const MAX_PAGES: usize = 3;
/// Bytes of text around a link that are looked at.
const AROUND: usize = 40;

/// Fills in pages and videos.
pub fn fill(scope: &Scope<'_, '_>, draft: &mut EventDraft) {
    let pages = Pages::new(scope, draft);
    let mut scored: Vec<(f64, Found<String>)> = Vec::new();
    for (nth, link) in scope.context.links.iter().take(MAX_LINKS).enumerate() {
        let Some((score, rule)) = pages.score(link, nth) else { continue };
        let found = Found::new(link.url.clone(), proof(link, &rule, (0.5 + 0.1 * score).min(0.97)));
        match scored.iter_mut().find(|(_, f)| same(&f.value, &link.url)) {
            Some((best, known)) if score > *best => (*best, *known) = (score, found),
            Some(_) => {}
            None => scored.push((score, found)),
        }
    }
    draft.urls = choose(scored);
    draft.videos = videos(scope);
}

/// The page that most speaks for, and those of other sites that speak nearly as loud.
fn choose(mut scored: Vec<(f64, Found<String>)>) -> Vec<Found<String>> {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Some(best) = scored.first().map(|(score, _)| *score).filter(|s| *s >= 2.0) else { return Vec::new() };
    let mut chosen: Vec<Found<String>> = Vec::new();
    for (score, found) in scored {
        let new_site = chosen.iter().all(|c| host_of(&c.value) != host_of(&found.value));
        if chosen.len() < MAX_PAGES && (chosen.is_empty() || (new_site && score >= 3.0 && score >= best - 2.5)) {
            chosen.push(found);
        }
    }
    chosen
}

struct Pages<'s, 'a> {
    scope: &'s Scope<'s, 'a>,
    name: Option<String>,
    series: Option<String>,
    parts: Vec<&'a Rule>,
    foreign: Vec<&'a Rule>,
    labels: Vec<&'a Rule>,
    not_texts: Vec<&'a Rule>,
}

impl<'s, 'a> Pages<'s, 'a> {
    fn new(scope: &'s Scope<'s, 'a>, draft: &EventDraft) -> Self {
        Self {
            scope,
            name: draft.name.as_ref().map(|n| fold(&n.value)),
            series: draft.series.as_ref().map(|n| fold(&n.value)),
            parts: scope.rules(Use::EventFact, "url-part"),
            foreign: scope.rules(Use::EventFact, "url-foreign"),
            labels: scope.rules(Use::EventFact, "url-label"),
            not_texts: scope.rules(Use::EventFact, "url-not"),
        }
    }

    /// How much speaks for a link being the event's page; nothing for one that is none.
    fn score(&self, link: &ContentLink<'a>, nth: usize) -> Option<(f64, String)> {
        let event = link.kind == LinkKind::Event;
        let site = link.kind == LinkKind::Other && link.link.form != LinkForm::Image && link.url.contains("://");
        let bad = self.parts.iter().chain(&self.foreign).any(|r| r.matches(&link.url));
        let text = self.scope.context.doc.slice(link.link.span);
        let ahead = self.ahead(link);
        let not = self.not_texts.iter().any(|r| r.matches(text) || r.matches(&ahead));
        if !(event || site) || bad || not || self.scope.is_later(link.block) {
            return None;
        }
        let field = self.scope.values("event.url").chain(self.scope.values("event.name")).find(|f| f.index == 0 && f.value.contains(link.link.span) && f.block == link.block);
        let labelled = field.is_some() || self.labels.iter().any(|r| r.matches(text));
        let named = self.named(text);
        let own = self.own_address(&link.url);
        let alone = self.alone(link);
        let mut score = match (event, labelled, named) {
            (true, ..) => 2.5,
            (false, true, _) => 2.0,
            (false, _, n) if n >= 1.0 => 2.0,
            (false, ..) if alone && own && self.is_front(link.block) => 2.0,
            _ => return None,
        };
        score += named + if labelled { 1.0 } else { 0.0 } + if own && !event { 0.8 } else { 0.0 };
        score += if self.is_front(link.block) { 1.0 } else { -0.5 } - 0.02 * nth.min(50) as f64;
        let rule = field.map_or_else(|| link.rule.to_owned(), |f| f.rule.id.clone());
        Some((score, rule))
    }

    /// 1.5 for the name itself, 1 for a text with the name or the series, below 0 for another event's name.
    fn named(&self, text: &str) -> f64 {
        let key = fold(text);
        let Some(name) = self.name.as_deref().filter(|_| key.chars().count() >= 3) else { return 0.0 };
        let series = self.series.as_deref().unwrap_or(name);
        match () {
            () if key == name => 1.5,
            () if key.contains(name) || (name.contains(key.as_str()) && key.len() * 2 >= name.len()) || key == series => 1.0,
            () if series.len() >= 4 && key.contains(series) => -0.5,
            () => 0.0,
        }
    }

    /// Whether host or path hold the name's own words.
    fn own_address(&self, url: &str) -> bool {
        let address = fold(url.split_once("://").map_or(url, |(_, rest)| rest));
        let words = [&self.name, &self.series].into_iter().flatten();
        words.filter(|w| w.len() >= 4 && w.is_ascii()).any(|w| address.contains(w.as_str()) || address.contains(w.trim_end_matches(|c: char| c.is_ascii_digit())))
    }

    /// Whether a link or card is all that its paragraph says.
    fn alone(&self, link: &ContentLink<'a>) -> bool {
        let leaf = &self.scope.context.doc.blocks[link.block];
        leaf.kind == BlockKind::Embed || link.link.form == LinkForm::Embed || self.scope.context.text(link.block).len() <= link.link.span.len() + 4
    }

    fn is_front(&self, block: usize) -> bool {
        self.scope.front.last().is_some_and(|&last| block <= last)
    }

    fn ahead(&self, link: &ContentLink<'a>) -> String {
        let leaf = self.scope.context.doc.blocks[link.block].span;
        let text = self.scope.context.doc.slice(leaf);
        let at = link.link.span.start.saturating_sub(leaf.start);
        flat(window(text, at.saturating_sub(AROUND), at))
    }
}

/// Recordings that a label or the text in front calls those of the event.
fn videos(scope: &Scope<'_, '_>) -> Vec<Found<String>> {
    let rules = scope.rules(Use::EventFact, "video");
    let mut videos: Vec<Found<String>> = Vec::new();
    for link in scope.context.links.iter().take(MAX_LINKS).filter(|l| l.kind == LinkKind::Video) {
        let leaf = scope.context.doc.blocks[link.block].span;
        let text = scope.context.doc.slice(leaf);
        let field = scope.values("event.video").find(|f| f.value.contains(link.link.span));
        let at = link.link.span.start.saturating_sub(leaf.start);
        let heading = scope.context.position(link.block).map(|p| &scope.context.sections[scope.context.section_at(p)]).and_then(|s| s.heading);
        let ahead = flat(window(text, at.saturating_sub(2 * AROUND), (at + link.link.span.len()).min(text.len())));
        let heading = heading.map_or("", |h| scope.context.text(h));
        let rule = field.map(|f| f.rule).or_else(|| rules.iter().copied().find(|r| r.matches(&ahead) || r.matches(heading)));
        if let Some(rule) = rule.filter(|_| !videos.iter().any(|v| same(&v.value, &link.url))) {
            videos.push(Found::new(link.url.clone(), proof(link, &rule.id, rule.confidence)));
        }
    }
    videos
}

/// Evidence for a link's address: its text where that is the address, else its attribute.
fn proof(link: &ContentLink<'_>, rule: &str, confidence: f64) -> Proof {
    match link.link.form {
        LinkForm::Bare => Proof::text(link.link.span, rule, Method::Normalised, confidence),
        _ => Proof::attribute(&link.link.attribute, link.link.raw.as_deref().unwrap_or(&link.link.url), link.link.span, rule, confidence),
    }
}

fn same(a: &str, b: &str) -> bool {
    let key = |url: &str| url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    key(a) == key(b)
}
