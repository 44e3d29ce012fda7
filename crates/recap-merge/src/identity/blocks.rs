//! Which parts are compared at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::label::{Label, is_specific};
use super::profile::Profile;

/// Buckets up to this size are compared all with all.
const ALL: usize = 24;
/// In a greater one each part is compared with so many that follow it: what it really shares with others puts it
/// into smaller buckets too.
const WINDOW: usize = 8;

/// Hands on every pair `a < b` that shares a key, once.
pub fn pairs(profiles: &[Profile], mut compare: impl FnMut(usize, usize)) {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut buckets: Vec<Vec<u32>> = Vec::new();
    let mut of_part: Vec<Vec<(usize, usize)>> = Vec::with_capacity(profiles.len());
    for (i, profile) in profiles.iter().enumerate() {
        let mut places = Vec::new();
        for key in keys(profile) {
            let next = buckets.len();
            let bucket = *ids.entry(key).or_insert(next);
            if bucket == next {
                buckets.push(Vec::new());
            }
            places.push((bucket, buckets[bucket].len()));
            buckets[bucket].push(u32::try_from(i).unwrap_or(u32::MAX));
        }
        of_part.push(places);
    }
    drop(ids);
    let mut others: BTreeSet<u32> = BTreeSet::new();
    for (i, places) in of_part.iter().enumerate() {
        others.clear();
        for &(bucket, at) in places {
            let bucket = &buckets[bucket];
            let most = if bucket.len() <= ALL { ALL } else { WINDOW };
            others.extend(bucket.iter().skip(at + 1).take(most));
        }
        others.iter().for_each(|&other| compare(i, other as usize));
    }
}

/// Keys that another telling of the event is likely to have as well.
pub fn keys(profile: &Profile) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    keys.extend(profile.pages.iter().flat_map(|(platform, ids)| ids.iter().map(move |id| format!("p{platform} {id}"))));
    keys.extend(profile.urls.iter().map(|url| format!("u{url}")));
    keys.extend(profile.material.iter().map(|key| format!("m{key}")));
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
    let words = label.words.iter().filter(|w| is_specific(w)).map(String::as_str);
    let begin = label.compact.char_indices().nth(5).map(|(end, _)| label.compact.get(..end).unwrap_or_default());
    for word in words.chain(begin).chain(std::iter::once(label.compact.as_str())) {
        keys.extend(editions.iter().map(|edition| format!("{edition} {word}")));
        // One day more, so that the days of one event meet.
        keys.extend(day.iter().flat_map(|d| [format!("d{d} {word}"), format!("d{} {word}", d + 1)]));
    }
}
