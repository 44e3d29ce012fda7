//! Which parts are compared at all.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{Label, is_specific};
use super::profile::Profile;

/// Buckets up to this size are compared all with all.
const ALL: usize = 24;
/// In a greater one each part is compared with so many that follow it: what it really shares with others puts it
/// into smaller buckets too.
const WINDOW: usize = 8;

/// Hands on every pair `a < b` of parts that share a key, once. `keys` are the hashes of keys, each with its part.
pub fn pairs(mut keys: Vec<(u64, u32)>, mut compare: impl FnMut(usize, usize)) {
    keys.sort_unstable();
    keys.dedup();
    let buckets: Vec<&[(u64, u32)]> = keys.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1).collect();
    let places =
        |(n, bucket): (u32, &&[(u64, u32)])| bucket.iter().zip(0_u32..).map(move |((_, part), at)| (*part, n, at)).collect::<Vec<_>>();
    let mut places: Vec<(u32, u32, u32)> = (0_u32..).zip(&buckets).flat_map(places).collect();
    places.sort_unstable();
    let mut others: BTreeSet<u32> = BTreeSet::new();
    for places in places.chunk_by(|a, b| a.0 == b.0) {
        others.clear();
        for &(_, bucket, at) in places {
            let bucket = buckets[bucket as usize];
            let most = if bucket.len() <= ALL { ALL } else { WINDOW };
            others.extend(bucket.iter().skip(at as usize + 1).take(most).map(|(_, part)| part));
        }
        let part = places[0].0 as usize;
        others.iter().for_each(|&other| compare(part, other as usize));
    }
}

/// Keys that another telling of the event is likely to have as well: pages, addresses, material, names.
pub fn keys<'k>(profile: &Profile, urls: &BTreeSet<String>, material: impl Iterator<Item = &'k String>) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    keys.extend(profile.pages.iter().flat_map(|(platform, ids)| ids.iter().map(move |id| format!("p{platform} {id}"))));
    keys.extend(urls.iter().map(|url| format!("u{url}")));
    keys.extend(material.map(|key| format!("m{key}")));
    for label in profile.names.iter().chain(&profile.titles) {
        name_keys(profile, label, &mut keys);
    }
    keys
}

/// A name with its edition, a word with the edition, a word with the day.
fn name_keys(profile: &Profile, label: &Label, keys: &mut BTreeSet<String>) {
    let edition = if label.edition.is_empty() { &profile.edition } else { &label.edition };
    let years: BTreeMap<String, ()> =
        edition.years.iter().map(|y| (format!("y{y}"), ())).chain(edition.numbers.iter().map(|n| (format!("n{n}"), ()))).collect();
    // `DevFest14` is the edition of 2014.
    let short = edition.numbers.iter().filter(|n| edition.years.is_empty() && (10..60).contains(*n)).map(|n| format!("y{}", 2000 + n));
    let editions: Vec<String> = years.into_keys().chain(short).collect();
    let day = profile.days.map(|(first, _)| first);
    let words = label.words.iter().filter(|w| is_specific(w)).map(AsRef::as_ref);
    let begin = label.compact.char_indices().nth(5).map(|(end, _)| label.compact.get(..end).unwrap_or_default());
    for word in words.chain(begin).chain(std::iter::once(label.compact.as_str())) {
        keys.extend(editions.iter().map(|edition| format!("{edition} {word}")));
        // One day more, so that the days of one event meet.
        keys.extend(day.iter().flat_map(|d| [format!("d{d} {word}"), format!("d{} {word}", d + 1)]));
    }
}
