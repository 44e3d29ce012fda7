//! The event's own pages and the recordings of all of it.

use recap_document::{BlockKind, Format, LinkForm, Span};
use recap_model::{LinkKind, Method};
use recap_rules::{Use, flat};
use recap_text::entities::find_entities;
use recap_text::names::fold;

use super::scope::Scope;
use super::told::window;
use crate::context::{ContentLink, classify_url, host_of};
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
    let mut scored: Vec<Page> = pages.written();
    for (nth, link) in scope.context.links.iter().take(MAX_LINKS).enumerate() {
        let Some((score, rule, named)) = pages.score(link, nth) else { continue };
        let page = Page { found: Found::new(link.url.clone(), proof(link, &rule, (0.5 + 0.1 * score).min(0.97))), score, named };
        match scored.iter_mut().find(|known| same(&known.found.value, &link.url)) {
            Some(known) if score > known.score => *known = page,
            Some(_) => {}
            None => scored.push(page),
        }
    }
    scored.extend(pages.own());
    draft.urls = choose(scored);
    draft.videos = videos(scope);
}

/// The page that most speaks for, and those of other sites that bear the event's name or a label.
fn choose(mut scored: Vec<Page>) -> Vec<Found<String>> {
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    let Some(best) = scored.first().map(|page| page.score).filter(|s| *s >= 2.0) else { return Vec::new() };
    let mut chosen: Vec<Found<String>> = Vec::new();
    for page in scored {
        let new_site = chosen.iter().all(|c| host_of(&c.value) != host_of(&page.found.value));
        let also = new_site && page.named && page.score >= 3.0 && page.score >= best - 2.5;
        if chosen.len() < MAX_PAGES && (chosen.is_empty() || also) {
            chosen.push(page.found);
        }
    }
    chosen
}

/// A possible page of the event.
struct Page {
    found: Found<String>,
    score: f64,
    /// Whether the link has the event's name or a label.
    named: bool,
}

struct Pages<'s, 'a> {
    scope: &'s Scope<'s, 'a>,
    name: Option<String>,
    series: Option<String>,
    has_event_page: bool,
}

impl<'s, 'a> Pages<'s, 'a> {
    fn new(scope: &'s Scope<'s, 'a>, draft: &EventDraft) -> Self {
        Self {
            scope,
            name: draft.name.as_ref().map(|n| fold(&n.value)),
            series: draft.series.as_ref().map(|n| fold(&n.value)),
            has_event_page: scope.context.links.iter().any(|l| l.kind == LinkKind::Event),
        }
    }

    /// Whether an address is that of a part of an event's site, or of what is no event's.
    fn is_elsewhere(&self, url: &str) -> bool {
        ["url-part", "url-foreign"].iter().any(|kind| self.scope.context.says(Use::EventFact, kind, url))
    }

    /// How much speaks for a link being the event's page; nothing for one that is none.
    fn score(&self, link: &ContentLink<'a>, nth: usize) -> Option<(f64, String, bool)> {
        let event = link.kind == LinkKind::Event;
        let site = link.kind == LinkKind::Other && link.link.form != LinkForm::Image && link.url.contains("://");
        let bad = self.is_elsewhere(&link.url);
        let ahead = self.ahead(link);
        let (text, ahead) = match link.link.title.as_deref() {
            Some(title) if link.link.form == LinkForm::Embed => (title, ahead.as_str()),
            _ if link.link.form == LinkForm::Bare => self.words_before(&ahead),
            _ => (self.scope.context.doc.slice(link.link.span), ahead.as_str()),
        };
        let not = [text, ahead].iter().any(|words| self.scope.context.says(Use::EventFact, "url-not", words));
        if !(event || site) || bad || not || self.scope.is_later(link.block) {
            return None;
        }
        let field = self
            .scope
            .values("event.url")
            .chain(self.scope.values("event.name"))
            .find(|f| f.index == 0 && f.value.contains(link.link.span) && f.block == link.block);
        let first =
            ahead.rsplit(['\n', '.', '。', '!', '！']).next().unwrap_or_default().chars().filter(|c| c.is_alphabetic()).count() <= 10;
        let labelled = field.is_some() || (first && self.scope.context.says(Use::EventFact, "url-label", text));
        let named = self.named(text);
        let own = self.own_address(&link.url);
        let front = self.is_front(link.block);
        let close = named >= 1.0 && (own || fold(text).len() <= self.name.as_ref().map_or(0, |n| n.len() + 8));
        let carded = front && self.alone(link) && (own || self.is_told_before(link.block));
        if !(event || labelled || close || carded) {
            return None;
        }
        let mut score = if event { 2.5 } else { 2.0 };
        score += named + if labelled { 1.0 } else { 0.0 } + if own && !event { 0.8 } else { 0.0 };
        score += if front { 1.0 } else { -0.5 } - 0.02 * nth.min(50) as f64;
        let rule = field.map_or_else(|| link.rule.to_owned(), |f| f.rule.id.clone());
        Some((score, rule, named > 0.0 || labelled))
    }

    /// The page's own address: that of the front of a site whose host bears the event's name, or of a page that is headed by the
    /// event and gives its day and place in fields.
    fn own(&self) -> Option<Page> {
        let context = self.scope.context;
        let field = context.doc.meta.url.as_ref().filter(|f| f.value.contains("://"))?;
        let front = crate::records::is_front(context, &field.value) && self.own_address(&host_of(&field.value));
        let sheet = context.doc.format == Format::Html && self.scope.is_sheet() && self.is_headed();
        let found = Found::new(field.value.clone(), Proof::field(field, "document/url", Method::Normalised, 0.8));
        (front || sheet).then_some(Page { found, score: if front { 3.6 } else { 2.6 }, named: front })
    }

    /// Whether the first heading is the event's name.
    fn is_headed(&self) -> bool {
        let context = self.scope.context;
        let heading = context.leaves.iter().find(|&&b| matches!(context.doc.blocks[b].kind, BlockKind::Heading(_)));
        heading.is_some_and(|&b| self.name.as_ref().is_some_and(|name| fold(context.text(b)) == *name))
    }

    /// Addresses in labelled values that are no links, as in a code block.
    fn written(&self) -> Vec<Page> {
        let context = self.scope.context;
        let mut pages = Vec::new();
        for field in self.scope.values("event.url") {
            for url in find_entities(context.doc.slice(field.value)).urls {
                let span = Span::new(field.value.start + url.start, field.value.start + url.end);
                let bad = self.is_elsewhere(&url.url);
                if bad || !url.url.contains("://") || context.links_in(field.value).next().is_some() {
                    continue;
                }
                let (_, value, ..) = classify_url(context.rules, &url.url);
                let found = Found::new(value, Proof::text(span, &field.rule.id, Method::Normalised, field.rule.confidence));
                pages.push(Page { found, score: 4.0, named: true });
            }
        }
        pages
    }

    /// Whether the paragraph before a card tells of the event by its name.
    fn is_told_before(&self, block: usize) -> bool {
        let context = self.scope.context;
        let before = context.position(block).and_then(|p| p.checked_sub(1)).map(|p| context.leaves[p]);
        let text = before.filter(|&b| context.doc.blocks[b].kind == BlockKind::Paragraph).map_or("", |b| context.text(b));
        let told = self.name.as_deref().is_some_and(|name| fold(text).contains(name)) && context.says(Use::EventDate, "verb", text);
        told && !self.has_event_page
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
        words
            .filter(|w| w.len() >= 4 && w.is_ascii())
            .any(|w| address.contains(w.as_str()) || address.contains(w.trim_end_matches(|c: char| c.is_ascii_digit())))
    }

    /// Whether a link or card is all that its paragraph says.
    fn alone(&self, link: &ContentLink<'a>) -> bool {
        let leaf = &self.scope.context.doc.blocks[link.block];
        leaf.kind == BlockKind::Embed
            || link.link.form == LinkForm::Embed
            || self.scope.context.text(link.block).len() <= link.link.span.len() + 4
    }

    fn is_front(&self, block: usize) -> bool {
        self.scope.front.last().is_some_and(|&last| block <= last)
    }

    fn ahead(&self, link: &ContentLink<'a>) -> String {
        let leaf = self.scope.context.doc.blocks[link.block].span;
        let text = self.scope.context.doc.slice(leaf);
        let at = link.link.span.start.saturating_sub(leaf.start);
        flat(window(text, at.saturating_sub(AROUND), at)).into_owned()
    }

    /// What the words right before an address call it, and what stands before them: `the Acorn Meetup #3 https://…`.
    fn words_before<'t>(&self, ahead: &'t str) -> (&'t str, &'t str) {
        let line = ahead.trim_end();
        let words = line.rsplit(['。', '！', '!', '、', '，', ',', '：', ':', '(', '（', '/']).next().unwrap_or(line).trim_start();
        // The name itself, where the sentence ends in it.
        let name = self.name.as_deref().filter(|name| fold(words).ends_with(name)).and_then(|name| {
            let starts = words.char_indices().map(|(at, _)| at);
            starts.rev().find(|&at| fold(&words[at..]) == name)
        });
        let words = name.map_or(words, |at| &words[at..]);
        (words, &line[..line.len() - words.len()])
    }
}

/// Recordings that a label or the text in front calls those of the event.
fn videos(scope: &Scope<'_, '_>) -> Vec<Found<String>> {
    let mut videos: Vec<Found<String>> = Vec::new();
    for link in scope.context.links.iter().take(MAX_LINKS).filter(|l| l.kind == LinkKind::Video) {
        let leaf = scope.context.doc.blocks[link.block].span;
        let text = scope.context.doc.slice(leaf);
        let field = scope.values("event.video").find(|f| f.value.contains(link.link.span));
        let at = link.link.span.start.saturating_sub(leaf.start);
        let heading =
            scope.context.position(link.block).map(|p| &scope.context.sections[scope.context.section_at(p)]).and_then(|s| s.heading);
        let ahead = flat(window(text, at.saturating_sub(2 * AROUND), (at + link.link.span.len()).min(text.len())));
        let heading = heading.map_or("", |h| scope.context.text(h));
        let rule = field
            .map(|f| f.rule)
            .or_else(|| [&ahead, heading].iter().find_map(|words| scope.context.said_by(Use::EventFact, "video", words)));
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
    let key = |url: &str| {
        url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned()
    };
    key(a) == key(b)
}
