use super::{file, get, only};

fn expect(json: &str, vocabulary: &str, values: &[(&str, &str)]) {
    let document = file("a.json", json);
    let event = only(&document, vocabulary);
    for (path, value) in values {
        assert_eq!(get(event, path), Some(*value), "{vocabulary} {path}");
    }
}

#[test]
fn connpass_of_both_versions() {
    expect(
        r#"{"results_returned":1,"events":[{"event_id":4,"title":"渚勉強会 #4","catch":"貝と海藻","description":"<h2>発表</h2><ul><li>貝 - 浜A</li></ul>","event_url":"https://nagisa.example/event/4/","started_at":"2031-04-02T19:00:00+09:00",
        "ended_at":"2031-04-02T21:00:00+09:00","place":"渚会館","address":"宇部市1-1","hash_tag":"nagisa","owner_display_name":"浜 A","owner_nickname":"hama_a","series":{"title":"渚勉強会","url":"https://nagisa.example/"},"accepted":12,"limit":20}]}"#,
        "connpass-api",
        &[
            ("name", "渚勉強会 #4"),
            ("identifier", "4"),
            ("url", "https://nagisa.example/event/4/"),
            ("startDate", "2031-04-02T19:00:00+09:00"),
            ("description", "発表\n貝 - 浜A"),
            ("location.name", "渚会館"),
            ("location.address", "宇部市1-1"),
            ("organizer.alternateName", "hama_a"),
            ("superEvent.name", "渚勉強会"),
            ("attendeeCount", "12"),
            ("maximumAttendeeCapacity", "20"),
        ],
    );
    expect(
        r#"{"events":[{"id":5,"title":"渚 #5","url":"https://nagisa.example/event/5/","started_at":"2031-05-02T19:00:00+09:00","ended_at":"x","group":{"title":"渚","url":"https://nagisa.example/"}}]}"#,
        "connpass-api",
        &[("identifier", "5"), ("superEvent.url", "https://nagisa.example/")],
    );
    expect(
        r#"{"presentations":[{"user":{"nickname":"a"},"presenter":{"nickname":"b"},"url":"https://decks.example/1","name":"貝","presentation_type":"slide","created_at":"x"}]}"#,
        "connpass-api",
        &[("name", "貝"), ("author.name", "b"), ("additionalType", "slide")],
    );
}

#[test]
fn descriptions_in_markup_are_part_of_the_text() {
    let document = file(
        "a.json",
        r#"{"event":{"title":"Kelp","starts_at":"2031-04-02T10:00:00Z","public_url":"https://kelp.example/1","description":"<h2>Agenda</h2><p>19:00 <a href=\"https://decks.example/tea\">Tea</a></p>"}}"#,
    );
    assert!(document.blocks.iter().any(|b| b.kind == crate::BlockKind::Heading(2)));
    assert!(document.blocks.iter().flat_map(|b| &b.links).any(|l| l.url == "https://decks.example/tea"));
    assert_eq!(get(only(&document, "doorkeeper-api"), "description"), Some("Agenda\n19:00 Tea"));
}

#[test]
fn doorkeeper_meetup_eventbrite_luma() {
    expect(
        r#"[{"event":{"id":9,"title":"Kelp 9","starts_at":"2031-04-02T10:00:00.000Z","ends_at":"2031-04-02T12:00:00.000Z","venue_name":"Tide Hall","address":"Ube","public_url":"https://kelp.example/9","participants":3,"ticket_limit":9,"group":{"name":"Kelp","country_code":"JP"}}}]"#,
        "doorkeeper-api",
        &[("location.name", "Tide Hall"), ("superEvent.name", "Kelp"), ("location.addressCountry", "JP"), ("attendeeCount", "3")],
    );
    expect(
        r#"{"name":"Moss Meetup","time":1932807600000,"local_date":"2031-04-01","local_time":"19:00","group":{"name":"Moss Group"},"venue":{"name":"Hut","address_1":"1 Way","city":"Bergen"},"link":"https://moss.example/e/1"}"#,
        "meetup-api",
        &[("startDate", "2031-04-01T19:00"), ("location.addressLocality", "Bergen"), ("superEvent.name", "Moss Group")],
    );
    expect(
        r#"{"name":"Moss Old","time":1932807600000,"event_url":"https://moss.example/e/0"}"#,
        "meetup-api",
        &[("startDate", "2031-04-01T11:00:00+00:00")],
    );
    expect(
        r#"{"data":{"event":{"title":"Moss New","dateTime":"2031-04-01T19:00+02:00","endTime":"2031-04-01T21:00+02:00","eventUrl":"https://moss.example/e/2","group":{"name":"Moss Group","timezone":"Europe/Oslo"},"going":{"totalCount":8}}}}"#,
        "meetup-api",
        &[("startDate", "2031-04-01T19:00+02:00"), ("timeZone", "Europe/Oslo"), ("attendeeCount", "8")],
    );
    expect(
        r#"{"events":[{"id":"1","name":{"text":"Fern","html":"Fern"},"start":{"timezone":"Asia/Tokyo","local":"2031-04-01T19:00:00","utc":"x"},"end":{"local":"2031-04-01T21:00:00"},"url":"https://fern.example","online_event":false,"venue":{"name":"Den","address":{"localized_address_display":"1 Den"}}}]}"#,
        "eventbrite-api",
        &[("name", "Fern"), ("startDate", "2031-04-01T19:00:00"), ("timeZone", "Asia/Tokyo"), ("location.address", "1 Den")],
    );
    expect(
        r#"{"entries":[{"event":{"api_id":"evt-1","name":"Luna","start_at":"2031-04-01T10:00:00.000Z","end_at":"x","timezone":"Asia/Tokyo","url":"luna","geo_address_info":{"address":"Moon Bar"}}}]}"#,
        "luma-api",
        &[("location.name", "Moon Bar"), ("timeZone", "Asia/Tokyo")],
    );
}

#[test]
fn events_of_the_fediverse_and_of_nobody_in_particular() {
    expect(
        r#"{"@context":"https://www.w3.org/ns/activitystreams","type":"Event","id":"https://m.example/e/1","name":"Creek","startTime":"2031-04-01T19:00:00Z","location":{"name":"Creek House","address":{"addressLocality":"Lyon"}},"attributedTo":"https://m.example/@creek","content":"<p>x</p>"}"#,
        "activitystreams",
        &[("name", "Creek"), ("location.name", "Creek House"), ("location.addressLocality", "Lyon")],
    );
    expect(
        r#"{"meetups":[{"title":"Own Form #1","start":"2031-04-01T19:00","venue":{"name":"Barn"},"talks":[{"title":"Hay","speakers":[{"name":"Ida Holm","twitter":"ida","company":"Straw"}],"slides":"https://decks.example/hay"}]}]}"#,
        "json-event",
        &[
            ("name", "Own Form #1"),
            ("location.name", "Barn"),
            ("subEvent.name", "Hay"),
            ("subEvent.performer.affiliation", "Straw"),
            ("subEvent.performer.sameAs", "https://twitter.com/ida"),
            ("subEvent.workFeatured.url", "https://decks.example/hay"),
        ],
    );
}

#[test]
fn linked_data_as_a_file() {
    expect(r#"{"@context":"https://schema.org","@type":"Event","name":"Quay"}"#, "json-ld", &[("name", "Quay")]);
}
