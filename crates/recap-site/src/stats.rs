//! Counts.

use serde_json::{Value, json};

use crate::{Group, Library};

/// Counts of everything: events by year and by series, talks by person; the most first, years newest first.
pub fn stats(library: &Library) -> Value {
    let talks: usize = library.events.iter().map(|card| card.talks).sum();
    let counted = |groups: &[Group]| groups.iter().map(|group| json!({"name": group.name, "events": group.count})).collect::<Vec<_>>();
    let mut series: Vec<&Group> = library.series.iter().collect();
    series.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let mut people: Vec<_> = library.people.iter().filter(|person| person.talks > 0).collect();
    people.sort_by(|a, b| b.talks.cmp(&a.talks).then_with(|| a.file.cmp(&b.file)));
    json!({
        "events": library.events.len(), "talks": talks, "people": library.people.len(),
        "series": library.series.len(), "tags": library.tags.len(),
        "by_year": counted(&library.years),
        "by_series": series.into_iter().map(|group| json!({"name": group.name, "events": group.count})).collect::<Vec<_>>(),
        "by_person": people.into_iter().map(|person| json!({"name": person.name, "talks": person.talks, "events": person.events})).collect::<Vec<_>>(),
    })
}
