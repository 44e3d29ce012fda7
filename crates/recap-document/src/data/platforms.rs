//! Event pages whose markup says by class what it holds, but in no vocabulary: one table a site.
//!
//! A site is known by its markup, not by its address, which a saved page may lack. A new site is one entry in [`SITES`].

use super::draft::{Draft, derived};
use super::page::Page;
use super::value_class;
use crate::document::{Field, Record};

/// How an element gives a value.
#[derive(Clone, Copy)]
enum Take {
    /// Its text.
    Text,
    /// Its text without that of the elements inside.
    OwnText,
    /// A date by the value-class pattern, `datetime`, or text.
    Date,
    /// An attribute.
    Attr(&'static str),
    /// An address in an attribute.
    Url(&'static str),
    /// A hashtag's text without `#`.
    Tag,
}

/// A property, the elements that may have it, which of them counts, and how it gives the value.
struct Rule {
    property: &'static str,
    selector: &'static str,
    take: Take,
    which: Which,
}

/// Which of several elements counts.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    First,
    Last,
}

/// Elements that are each a record of their own.
struct Group {
    property: &'static str,
    kind: &'static str,
    selector: &'static str,
    rules: &'static [Rule],
}

struct Site {
    vocabulary: &'static str,
    /// Elements that only this site's event pages have.
    markers: &'static [&'static str],
    rules: &'static [Rule],
    groups: &'static [Group],
}

const fn first(property: &'static str, selector: &'static str, take: Take) -> Rule {
    Rule { property, selector, take, which: Which::First }
}

const SITES: &[Site] = &[
    Site {
        vocabulary: "connpass-page",
        markers: &["h2.event_title", ".event_schedule_area"],
        rules: &[
            first("name", "h2.event_title", Take::OwnText),
            first("startDate", ".event_schedule_area .dtstart", Take::Date),
            first("endDate", ".event_schedule_area .dtend", Take::Date),
            first("location.name", ".event_place_area .place_name", Take::Text),
            first("location.address", ".event_place_area .adr", Take::Text),
            first("keywords", ".label_hashtag a", Take::Tag),
        ],
        groups: &[
            Group {
                property: "organizer",
                kind: "Person",
                selector: ".event_owner_area li",
                rules: &[first("name", "a", Take::Attr("title")), first("url", "a", Take::Url("href"))],
            },
            Group {
                property: "subEvent",
                kind: "Event",
                selector: ".main_list_doc li",
                rules: &[first("name", ".doc_title", Take::Text), first("workFeatured.url", "a", Take::Url("href"))],
            },
        ],
    },
    Site {
        vocabulary: "eventbrite-page",
        markers: &[".listing-hero-title", ".event-details__data"],
        rules: &[
            first("name", ".listing-hero-title", Take::Text),
            first("startDate", ".event-details__data meta", Take::Attr("content")),
            Rule { property: "location", selector: ".event-details__data", take: Take::Text, which: Which::Last },
            first("organizer.name", ".listing-organizer-name", Take::Text),
        ],
        groups: &[],
    },
];

/// The event of a page that one of the sites made.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    let whole = 0..page.len();
    // A marker's class is looked up before the elements are.
    let class = |marker: &str| marker.rsplit('.').next().is_some_and(|class| page.with_class(class).next().is_some());
    let shown = |site: &&Site| {
        site.markers.iter().all(|marker| class(marker))
            && site.markers.iter().all(|marker| !select(page, whole.clone(), marker, 1).is_empty())
    };
    SITES.iter().filter(shown).map(|site| event(page, site)).filter(|r| r.text("name").is_some()).collect()
}

fn event(page: &Page<'_>, site: &Site) -> Record {
    let mut draft = Draft::new(site.vocabulary, "Event");
    apply(page, 0..page.len(), site.rules, site.vocabulary, &mut draft);
    for group in site.groups {
        for node in select(page, 0..page.len(), group.selector, 200) {
            let mut inner = Draft::new(site.vocabulary, group.kind);
            apply(page, page.tree.inside(node), group.rules, site.vocabulary, &mut inner);
            draft.nest(group.property, inner.finish());
        }
    }
    draft.finish()
}

fn apply(page: &Page<'_>, range: std::ops::Range<usize>, rules: &[Rule], vocabulary: &str, draft: &mut Draft) {
    for rule in rules {
        let found = select(page, range.clone(), rule.selector, if rule.which == Which::First { 1 } else { 50 });
        if let Some(&node) = found.last() {
            let name = format!("{vocabulary}/{}", rule.selector);
            draft.put(rule.property, value(page, node, rule.take, &name));
        }
    }
}

fn value(page: &Page<'_>, node: usize, take: Take, name: &str) -> Option<Field> {
    match take {
        Take::Text => page.text_of(node, name),
        Take::OwnText => page.tree.children(page.tree.inside(node)).filter(|&i| !page.is_element(i)).find_map(|i| page.text_of(i, name)),
        Take::Date => value_class::date(page, node, name, None),
        Take::Attr(attr) => page.attr(node, attr, name),
        Take::Url(attr) => page.url(node, attr, name),
        Take::Tag => page.text_of(node, name).map(|f| derived(f.value.trim_start_matches(['#', '＃']), &f, name)),
    }
}

/// The first `most` elements in reading order that fit a selector: compounds of `tag`, `.class`, `#id`, joined by spaces
/// (each within the outermost element that fits the one before).
fn select(page: &Page<'_>, range: std::ops::Range<usize>, selector: &str, most: usize) -> Vec<usize> {
    let (compound, rest) = selector.split_once(' ').map_or((selector, None), |(first, rest)| (first, Some(rest)));
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end && found.len() < most {
        if !fits(page, at, compound) {
            at += 1;
            continue;
        }
        match rest {
            Some(rest) => found.extend(select(page, page.tree.inside(at), rest, most - found.len())),
            None => found.push(at),
        }
        at = page.tree.nodes[at].next;
    }
    found
}

fn fits(page: &Page<'_>, node: usize, compound: &str) -> bool {
    let end = compound.find(['.', '#']).unwrap_or(compound.len());
    let (tag, mut marks) = compound.split_at(end);
    if !page.is_element(node) || (!tag.is_empty() && page.tree.name(node) != tag) {
        return false;
    }
    while let Some(mark) = marks.chars().next() {
        let length = marks[1..].find(['.', '#']).map_or(marks.len(), |n| n + 1);
        let word = &marks[1..length];
        let fits = if mark == '.' { page.tree.has_class(node, word) } else { page.tree.attr(node, "id") == Some(word) };
        if !fits {
            return false;
        }
        marks = &marks[length..];
    }
    true
}
