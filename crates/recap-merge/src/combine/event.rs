//! The event's own fields.

use recap_model::{Event, Recap, Venue};
use recap_text::names::fold;
use recap_text::urls::resource_key;

use super::ledger::{Claim, Ledger};
use super::people::Groups;

/// A field that holds one text.
type Field = fn(&Event) -> Option<&String>;

/// Writes the event.
pub fn write(members: &[&Recap], people: &Groups, ledger: &mut Ledger<'_>) -> Event {
    let name = scalar(members, ledger, "/event/name", |e| e.name.as_ref(), fold);
    let series = of_name(members, ledger, name.as_deref(), "/event/series", |e| e.series.as_ref());
    let edition = of_name(members, ledger, name.as_deref(), "/event/edition", |e| e.edition.as_ref());
    let theme = of_name(members, ledger, name.as_deref(), "/event/theme", |e| e.theme.as_ref());
    let start = scalar(members, ledger, "/event/start", |e| e.start.as_ref(), |date| day(date).to_owned());
    let end = end(members, ledger, start.as_deref());
    let mut event = Event {
        name,
        series,
        edition,
        theme,
        end,
        timezone: scalar(members, ledger, "/event/timezone", |e| e.timezone.as_ref(), str::to_owned),
        venue: Venue {
            name: scalar(members, ledger, "/event/venue/name", |e| e.venue.name.as_ref(), fold),
            address: scalar(members, ledger, "/event/venue/address", |e| e.venue.address.as_ref(), fold),
        },
        ..Event::default()
    };
    event.date_precision = precision(members, ledger, start.as_deref());
    event.start = start;
    let modes = claims(members, |e| e.attendance_mode, "/event/attendance_mode");
    event.attendance_mode = ledger.choose("/event/attendance_mode", &modes, |mode| format!("{mode:?}"), |_| 1.0);
    let participants = claims(members, |e| e.participants, "/event/participants");
    event.participants = ledger.choose("/event/participants", &participants, u64::to_string, |_| 1.0);
    lists(members, people, ledger, &mut event);
    event
}

fn lists(members: &[&Recap], people: &Groups, ledger: &mut Ledger<'_>, event: &mut Event) {
    let url = |url: &String| resource_key(url).unwrap_or_else(|| url.clone());
    event.hashtags = ledger.union("/event/hashtags", items(members, |e| &e.hashtags, "/event/hashtags"), |tag| fold(tag));
    event.urls = ledger.union("/event/urls", items(members, |e| &e.urls, "/event/urls"), url);
    event.videos = ledger.union("/event/videos", items(members, |e| &e.videos, "/event/videos"), url);
    let ids = |claims: Vec<Claim<String>>| claims.into_iter().map(|c| Claim { value: people.id_or(c.part, &c.value), ..c }).collect();
    let organizers = ids(items(members, |e| &e.organizers, "/event/organizers"));
    event.organizers = ledger.union("/event/organizers", organizers, Clone::clone);
    let sponsors = ids(items(members, |e| &e.sponsors, "/event/sponsors"));
    event.sponsors = ledger.union("/event/sponsors", sponsors, |sponsor| fold(sponsor));
}

/// What the parts say in a field.
fn claims<T>(members: &[&Recap], field: impl Fn(&Event) -> Option<T>, pointer: &str) -> Vec<Claim<T>> {
    members.iter().enumerate().filter_map(|(i, m)| Some(Claim::new(field(&m.event)?, i, pointer))).collect()
}

/// The items of a list.
fn items(members: &[&Recap], list: fn(&Event) -> &Vec<String>, pointer: &str) -> Vec<Claim<String>> {
    let of = |(i, m): (usize, &&Recap)| {
        list(&m.event).iter().enumerate().map(|(n, item)| Claim::new(item.clone(), i, format!("{pointer}/{n}"))).collect::<Vec<_>>()
    };
    members.iter().enumerate().flat_map(of).collect()
}

fn scalar(members: &[&Recap], ledger: &mut Ledger<'_>, pointer: &str, field: Field, fold: impl Fn(&str) -> String) -> Option<String> {
    let claims = claims(members, |e| field(e).cloned(), pointer);
    ledger.choose(pointer, &claims, |value| fold(value), |_| 1.0)
}

/// Series, edition and theme go with the name that won, so that they fit each other; where no such part has one, the most
/// weight decides.
fn of_name(members: &[&Recap], ledger: &mut Ledger<'_>, name: Option<&str>, pointer: &str, field: Field) -> Option<String> {
    let all = claims(members, |e| field(e).cloned(), pointer);
    let named = |c: &Claim<String>| members[c.part].event.name.as_deref().map(fold) == name.map(fold);
    let of_winner: Vec<_> = all.iter().filter(|c| named(c)).cloned().collect();
    let fitting = if of_winner.is_empty() { &all } else { &of_winner };
    let value = ledger.choose(pointer, fitting, |value| fold(value), |_| 1.0)?;
    if !of_winner.is_empty() {
        let others: Vec<_> = all.iter().filter(|c| !named(c)).cloned().collect();
        ledger.settle(pointer, &value, &others, |c| fold(&c.value) == fold(&value));
    }
    Some(value)
}

/// An end before the start is a conflict, not the event's end.
fn end(members: &[&Recap], ledger: &mut Ledger<'_>, start: Option<&str>) -> Option<String> {
    let all = claims(members, |e| e.end.clone(), "/event/end");
    let fits = |c: &Claim<String>| start.is_some_and(|start| fits(start, &c.value));
    let fitting: Vec<_> = all.iter().filter(|c| fits(c)).cloned().collect();
    let value = ledger.choose("/event/end", &fitting, |date| day(date).to_owned(), |_| 1.0);
    for claim in all.iter().filter(|c| !fits(c)) {
        ledger.lose("/event/end", claim, "does not fit the start");
    }
    value
}

/// Whether an end is not before a start, as far as both are exact.
fn fits(start: &str, end: &str) -> bool {
    let length = start.len().min(end.len());
    end.get(..length) >= start.get(..length)
}

/// The precision goes with the start that won.
fn precision(members: &[&Recap], ledger: &mut Ledger<'_>, start: Option<&str>) -> Option<recap_model::Precision> {
    let all = claims(members, |e| e.date_precision, "/event/date_precision");
    let (own, other): (Vec<_>, Vec<_>) = all.into_iter().partition(|c| members[c.part].event.start.as_deref() == start);
    own.iter().for_each(|c| ledger.place(c.part, &c.pointer, &c.pointer));
    other.iter().for_each(|c| ledger.lose(&c.pointer, c, "goes with another start"));
    own.first().map(|claim| claim.value)
}

fn day(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}
