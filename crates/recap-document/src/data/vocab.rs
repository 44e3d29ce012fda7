//! Names of types and properties in schema.org's words.

/// Names of older vocabularies (data-vocabulary.org, iCalendar in RDF, vCard) and schema.org's own superseded plurals.
const PROPERTIES: &[(&str, &str)] = &[
    ("summary", "name"),
    ("fn", "name"),
    ("dtstart", "startDate"),
    ("dtend", "endDate"),
    ("photo", "image"),
    ("eventType", "additionalType"),
    ("subEvents", "subEvent"),
    ("performers", "performer"),
    ("attendees", "attendee"),
    ("adr", "address"),
    ("street-address", "streetAddress"),
    ("locality", "addressLocality"),
    ("region", "addressRegion"),
    ("postal-code", "postalCode"),
    ("country-name", "addressCountry"),
    ("nickname", "alternateName"),
    ("category", "keywords"),
];

/// The name of a type without its vocabulary.
pub fn type_name(raw: &str) -> String {
    match local(raw) {
        "Vevent" | "vevent" | "h-event" => "Event".to_owned(),
        "Address" => "PostalAddress".to_owned(),
        name => name.to_owned(),
    }
}

/// The name of a property without its vocabulary, in schema.org's spelling.
pub fn property_name(raw: &str) -> &str {
    let name = local(raw);
    PROPERTIES.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new)
}

/// What follows the last `/`, `#` or `:` of an address or a prefixed name.
fn local(raw: &str) -> &str {
    raw.trim_end_matches(['/', '#']).rsplit(['/', '#', ':']).next().unwrap_or(raw)
}

/// `20200616T190000Z` as `2020-06-16T19:00:00Z`; anything else as it is. Source of both forms: ISO 8601.
pub fn extended(date: &str) -> String {
    let digits = |range: std::ops::Range<usize>| date.get(range).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let Some((year, month, day)) = digits(0..4).zip(digits(4..6)).zip(digits(6..8)).map(|((y, m), d)| (y, m, d)) else {
        return date.to_owned();
    };
    let rest = &date[8..];
    if rest.is_empty() {
        return format!("{year}-{month}-{day}");
    }
    let time = rest.strip_prefix(['T', 't', ' ']).map(|time| (time, time.bytes().take_while(u8::is_ascii_digit).count()));
    match time {
        Some((time, 4)) => format!("{year}-{month}-{day}T{}:{}{}", &time[..2], &time[2..4], &time[4..]),
        Some((time, 6)) => format!("{year}-{month}-{day}T{}:{}:{}{}", &time[..2], &time[2..4], &time[4..6], &time[6..]),
        _ => date.to_owned(),
    }
}
