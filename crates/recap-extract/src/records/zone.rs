//! The time zone of an event, and local times from moments in UTC.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use recap_document::{Field, Record};
use recap_model::{Method, Precision};
use recap_rules::Use;

use super::value::derived;
use super::when::Moment;
use crate::context::{Context, host_of};
use crate::finding::{Found, Proof};

/// A zone and how it is known.
#[derive(Debug, Clone)]
pub struct Zone {
    /// IANA name with its proof.
    pub name: Found<String>,
    zone: TimeZone,
}

/// The zone of an event: as a record names it, else that of the platform or country.
pub fn of(context: &Context<'_>, records: &[&Record]) -> Option<Zone> {
    let named = records.iter().find_map(|r| {
        let field = r.text("timeZone")?;
        Some(Zone { zone: zone(&field.value)?, name: derived(r, field, field.value.trim().to_owned()) })
    });
    named.or_else(|| by_sign(context, records)).or_else(|| by_language(context, records))
}

/// IANA names only: `Asia/Tokyo`, not `JST` or `+09:00`.
fn zone(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    (name.contains('/') || name == "UTC").then(|| TimeZone::get(name).ok()).flatten()
}

/// A platform of one country, or the country itself: rules match `platform:…`, `country:…`, `host:…`.
fn by_sign(context: &Context<'_>, records: &[&Record]) -> Option<Zone> {
    let rules: Vec<_> =
        context.rules.of(Use::EventDate, context.language).filter(|r| r.kind.as_deref() == Some("zone-of-record")).collect();
    for record in records {
        for (sign, field) in signs(record) {
            if let Some(found) = rules.iter().find(|r| r.matches(&sign)) {
                let name = found.value.clone()?;
                let proof = Proof::field(field, &found.id, Method::Derived, found.confidence);
                return Some(Zone { zone: zone(&name)?, name: Found::new(name, proof) });
            }
        }
    }
    None
}

/// What tells of the zone, each with the field that it is proved by.
fn signs(record: &Record) -> Vec<(String, &Field)> {
    let Some(start) = record.text("startDate") else { return Vec::new() };
    let address = |r: &'_ Record| r.records("address").filter_map(|a| a.text("addressCountry")).next().is_some();
    let countries = record.records("location").flat_map(|place| {
        let nested = place.records("address").filter_map(|a| a.text("addressCountry"));
        nested.chain(place.text("addressCountry").filter(|_| !address(place)))
    });
    let hosts = record.text("url").map(|f| (format!("host:{}", host_of(&f.value)), f));
    let mut signs = vec![(format!("platform:{}", record.vocabulary), start)];
    signs.extend(countries.map(|f| (format!("country:{}", f.value.trim()), f)));
    signs.extend(hosts);
    signs
}

/// The zone of the document's language, where the offset that is given is its own.
fn by_language(context: &Context<'_>, records: &[&Record]) -> Option<Zone> {
    let found = context.rules.of(Use::EventDate, context.language).find(|r| r.kind.as_deref() == Some("zone-of-language"))?;
    let name = found.value.clone()?;
    let zone = zone(&name)?;
    records.iter().find_map(|r| {
        let field = r.text("startDate")?;
        let moment = super::when::read(&field.value).filter(|m| !m.utc)?;
        let offset = moment.offset?;
        let at = offset.to_timestamp(moment.datetime()?).ok()?;
        let proof = Proof::field(field, &found.id, Method::Derived, found.confidence);
        (zone.to_offset(at) == offset).then(|| Zone { zone: zone.clone(), name: Found::new(name.clone(), proof) })
    })
}

/// A moment in UTC as local time. Where the zone is not known, no time of day is better than a wrong one.
pub fn local(moment: Moment, zone: Option<&Zone>) -> Moment {
    let Some(utc) = moment.datetime().filter(|_| moment.utc) else { return moment };
    let Some(local) = zone.and_then(|z| to_local(utc, &z.zone)) else { return moment.without_time() };
    let value = format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute());
    Moment { value, precision: Precision::Minute, offset: None, utc: false }
}

fn to_local(utc: DateTime, zone: &TimeZone) -> Option<DateTime> {
    let at: Timestamp = TimeZone::UTC.to_timestamp(utc).ok()?;
    Some(zone.to_datetime(at))
}
