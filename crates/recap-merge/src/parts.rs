//! Merged recaps taken apart, and what a merged recap remembers of its parts.

use recap_model::Recap;

use crate::ids::source_key;

/// All parts of the recaps, each once, in a fixed order.
pub fn all(recaps: Vec<Recap>) -> Vec<Recap> {
    let mut parts: Vec<(Key, Recap)> = recaps.into_iter().flat_map(apart).map(|part| (Key::of(&part), part)).collect();
    let json = |part: &Recap| serde_json::to_string(part).unwrap_or_default();
    // Whatever a part says tells two of one key apart; that is rarely asked.
    parts.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| json(x).cmp(&json(y))));
    parts.dedup_by(|(_, b), (_, a)| a == b);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// The recaps of single sources that a recap was made of; itself, if it was made of nothing else.
fn apart(mut recap: Recap) -> Vec<Recap> {
    if recap.parts.is_empty() {
        return vec![recap];
    }
    let mut texts = std::mem::take(&mut recap.sections).into_iter().map(|section| section.text);
    let mut parts = std::mem::take(&mut recap.parts);
    for part in &mut parts {
        part.sections.iter_mut().zip(&mut texts).for_each(|(section, text)| section.text = text);
    }
    parts
}

/// Notes the parts of a merged recap, whose sections are theirs in their order.
pub fn remember(recap: &mut Recap, members: &[&Recap]) {
    let bare = |member: &&Recap| {
        let mut part = (*member).clone();
        part.sections.iter_mut().for_each(|section| section.text = String::new());
        part
    };
    recap.parts = members.iter().map(bare).collect();
}

/// What parts are sorted by: event pages first, then by date of publication and address.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    kind: u8,
    published: Box<str>,
    /// The first source ([`source_key`]).
    pub source: Box<str>,
    /// Its hash.
    pub sha256: Box<str>,
}

impl Key {
    /// The key of a part.
    pub fn of(part: &Recap) -> Self {
        let source = part.sources.first();
        Self {
            kind: source.map_or(u8::MAX, |s| crate::combine::rank(s.kind)),
            published: source.and_then(|s| s.published_at.as_deref()).unwrap_or("\u{10ffff}").into(),
            source: source.map(source_key).unwrap_or_default().into(),
            sha256: source.map(|s| s.sha256.as_str()).unwrap_or_default().into(),
        }
    }
}
