use super::{all, get, only, page};
use crate::document::Place;

#[test]
fn hcalendar_with_every_form_of_value() {
    let document = page(
        r#"<div class="vevent"><a class="url summary" href="https://pond.example/e/9">Pond Night 9</a>
        <abbr class="dtstart" title="20310402T190000+0900">2 April</abbr> – <span class="dtend"><span class="value-title" title="2031-04-02T21:00+09:00"> </span>21:00</span>
        <div class="location vcard"><span class="fn org">Pond House</span><div class="adr"><span class="street-address">1-2 Ike</span>, <span class="locality">Uji</span></div></div>
        <span class="organizer vcard"><a class="url fn" href="https://pond.example/u/rin">Rin Aota</a></span>
        <ul><li class="attendee vcard"><span class="fn">Gen Mori</span></li><li class="attendee">Yu Kido</li></ul></div>"#,
    );
    let event = only(&document, "hcalendar");
    assert_eq!(get(event, "name"), Some("Pond Night 9"));
    assert_eq!(get(event, "url"), Some("https://pond.example/e/9"));
    assert_eq!(get(event, "startDate"), Some("2031-04-02T19:00:00+0900"));
    assert_eq!(get(event, "endDate"), Some("2031-04-02T21:00+09:00"));
    assert_eq!(get(event, "location.name"), Some("Pond House"));
    assert_eq!(get(event, "location.address"), Some("1-2 Ike, Uji"));
    assert_eq!(get(event, "organizer.url"), Some("https://pond.example/u/rin"));
    assert_eq!(event.records("attendee").filter_map(|p| get(p, "name")).collect::<Vec<_>>(), ["Gen Mori", "Yu Kido"]);
    assert!(matches!(&event.text("startDate").expect("start").place, Place::Attribute { name, .. } if name == "hcalendar/dtstart/@title"));
}

#[test]
fn date_and_time_in_parts_and_an_end_without_date() {
    let document = page(
        r#"<div class="vevent"><h3 class="summary">Brook</h3><span class="dtstart"><abbr class="value" title="2031-05-01">Thursday</abbr>
        <span class="value">7:30pm</span></span> to <span class="dtend"><span class="value">21:00</span></span></div>"#,
    );
    let event = only(&document, "hcalendar");
    assert_eq!(get(event, "startDate"), Some("2031-05-01T19:30"));
    assert_eq!(get(event, "endDate"), Some("2031-05-01T21:00"));
}

#[test]
fn events_in_a_list_stay_apart() {
    let document = page(
        r#"<body class="vevent"><div class="vevent"><b class="summary">First</b><i class="dtstart">2031-01-01</i></div>
        <div class="vevent"><b class="summary">Second</b><i class="dtstart">2031-02-01</i></div></body>"#,
    );
    let names = document.records.iter().filter_map(|r| get(r, "name")).collect::<Vec<_>>();
    assert_eq!(names, ["First", "Second"], "the one around them has no name");
}

#[test]
fn h_event_with_cards() {
    let document = page(
        r#"<article class="h-event"><a class="p-name u-url" href="/2031">Reef Camp</a> <time class="dt-start" datetime="2031-06-30T10:00">June 30</time>
        <time class="dt-end">18:00</time> <span class="p-location h-card"><a class="p-name u-url" href="https://reef.example">Reef Lab</a>
        <span class="p-locality">Naha</span></span> by <a class="p-author h-card" href="https://tako.example">Tako Umi</a> <b class="p-category">reef</b></article>"#,
    );
    let event = only(&document, "h-event");
    assert_eq!(get(event, "name"), Some("Reef Camp"));
    assert_eq!(get(event, "endDate"), Some("2031-06-30T18:00"));
    assert_eq!(get(event, "location.name"), Some("Reef Lab"));
    assert_eq!(get(event, "location.address.addressLocality"), Some("Naha"));
    assert_eq!(get(event, "organizer.name"), Some("Tako Umi"), "the implied name");
    assert_eq!(get(event, "organizer.url"), Some("https://tako.example"), "the implied address");
    assert_eq!(all(event, "keywords"), ["reef"]);
}

#[test]
fn an_h_event_of_plain_words_has_its_text_as_name() {
    let document = page(r#"<p>Next: <span class="h-event">Cove Meetup 3</span></p>"#);
    assert_eq!(get(only(&document, "h-event"), "name"), Some("Cove Meetup 3"));
}
