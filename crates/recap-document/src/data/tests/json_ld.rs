use super::{all, get, only, page};
use crate::document::Place;

fn script(json: &str) -> String {
    format!("<html><head><script type=\"application/ld+json\">{json}</script></head><body><p>Hall</p></body></html>")
}

#[test]
fn reads_an_event_with_nested_objects() {
    let document = page(&script(
        r#"{"@context":"https://schema.org","@type":"Event","name":"Kelp Night #4","startDate":"2031-04-02T19:00:00+09:00",
        "location":{"@type":"Place","name":"Tide Hall","address":{"@type":"PostalAddress","addressLocality":"Ube"}},
        "performer":[{"@type":"Person","name":"Mio Hamada"},{"@type":"Person","name":"Ken Ozu"}]}"#,
    ));
    let event = only(&document, "json-ld");
    assert!(event.is_a("Event"));
    assert_eq!(get(event, "name"), Some("Kelp Night #4"));
    assert_eq!(get(event, "location.address.addressLocality"), Some("Ube"));
    assert_eq!(event.records("performer").count(), 2);
    let place = &event.text("startDate").expect("start").place;
    assert!(matches!(place, Place::Attribute { name, .. } if name == "json-ld[0]/startDate"));
}

#[test]
fn resolves_references_within_the_page() {
    let document = page(&script(
        r##"{"@graph":[{"@type":"Event","@id":"#e","name":"Moss Talks","organizer":{"@id":"#o"},"location":{"@id":"#gone"}},
        {"@type":"Organization","@id":"#o","name":"Moss Club","event":{"@id":"#e"}}]}"##,
    ));
    let event = document.records.iter().find(|r| r.is_a("Event")).expect("event");
    assert_eq!(get(event, "organizer.name"), Some("Moss Club"));
    assert_eq!(get(event, "organizer.event"), Some("#e"), "a cycle ends with the id");
    assert_eq!(get(event, "location"), Some("#gone"));
}

#[test]
fn keeps_the_parts_of_a_series() {
    let document = page(&script(
        r#"[{"@type":"EventSeries","name":"Fern Days","subEvent":[{"@type":"Event","name":"Day 1"},{"@type":"Event","name":"Day 2"}]}]"#,
    ));
    let series = only(&document, "json-ld");
    assert_eq!(series.records("subEvent").filter_map(|r| get(r, "name")).collect::<Vec<_>>(), ["Day 1", "Day 2"]);
}

#[test]
fn events_inside_other_things_stand_alone_too() {
    let document = page(&script(
        r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"MusicEvent","name":"Reed Evening"}}]}"#,
    ));
    assert!(document.records.iter().any(|r| r.is_a("Event") && get(r, "name") == Some("Reed Evening")));
}

#[test]
fn repairs_what_is_commonly_broken() {
    for json in [
        "<!--\n{\"@type\":\"Event\",\"name\":\"Lichen\"}\n-->",
        "//<![CDATA[\n{\"@type\":\"Event\",\"name\":\"Lichen\",}\n//]]>",
        "{\"@type\":\"Event\",\"description\":\"two\nlines\tand a tab\",\"name\":\"Lichen\"}",
        "{&quot;@type&quot;:&quot;Event&quot;,&quot;name&quot;:&quot;Lichen&quot;}",
        "{\"@type\":\"Event\", // a remark\n \"url\":\"https://lichen.example/a//b\", /* more */ \"name\":\"Lichen\", ,};",
    ] {
        let document = page(&script(json));
        assert_eq!(get(only(&document, "json-ld"), "name"), Some("Lichen"), "{json}");
        assert!(document.problems.is_empty());
    }
}

#[test]
fn reports_what_cannot_be_repaired() {
    let document = page(&script("{\"@type\":\"Event\",\"name\":\"a \"quoted\" name\"}"));
    assert!(document.records.iter().all(|r| r.vocabulary != "json-ld"));
    assert_eq!(document.problems.len(), 1);
    assert_eq!(document.problems[0].code, "json-ld-broken");
    assert!(document.problems[0].message.contains("line 1 column"));
}

#[test]
fn one_broken_block_does_not_hide_the_others() {
    let html = format!("{}{}", script("{"), script(r#"{"@type":"Event","name":"Dune Meetup"}"#));
    let document = page(&html);
    let event = only(&document, "json-ld");
    assert!(matches!(&event.text("name").expect("name").place, Place::Attribute { name, .. } if name == "json-ld[1]/name"));
}

#[test]
fn decodes_entities_and_tags_that_publishers_leave_in() {
    let document = page(&script(
        r#"{"@type":"http://schema.org/Event","name":"Sand &amp; Sea &#8211; 2","description":"<p>One</p><p>Two</p>","performers":{"name":"Aki"}}"#,
    ));
    let event = only(&document, "json-ld");
    assert_eq!(get(event, "name"), Some("Sand & Sea – 2"));
    assert_eq!(get(event, "description"), Some("One\nTwo"));
    assert_eq!(get(event, "performer.name"), Some("Aki"), "schema.org's old plural");
    assert_eq!(event.types, ["Event"]);
}

#[test]
fn value_objects_lists_and_several_types() {
    let document = page(&script(
        r#"{"@type":["Event","SocialEvent"],"name":{"@value":"苔の会","@language":"ja"},"keywords":{"@list":["moss","fern"]},"startDate":20310402}"#,
    ));
    let event = only(&document, "json-ld");
    assert_eq!(get(event, "name"), Some("苔の会"));
    assert_eq!(all(event, "keywords"), ["moss", "fern"]);
    assert_eq!(get(event, "startDate"), Some("20310402"));
}
