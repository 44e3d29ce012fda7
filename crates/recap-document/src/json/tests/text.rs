use super::file;
use crate::{BlockKind, Format, LinkForm};

#[test]
fn unknown_data_is_readable_text_without_records() {
    let document = file(
        "a.json",
        r#"{"shop":"Tea","open":true,"prices":[1,2.5],"boxes":[{"size":"s"},{"size":"l","note":null}],"site":"https://tea.example/a"}"#,
    );
    assert_eq!(document.format, Format::Json);
    assert!(document.records.is_empty() && document.problems.is_empty());
    assert_eq!(document.text, "shop: Tea\nopen: true\nprices:\n1\n2.5\nboxes:\nsize: s\nsize: l\nsite: https://tea.example/a\n");
    let links = document.blocks.iter().flat_map(|b| &b.links).collect::<Vec<_>>();
    assert_eq!((links.len(), links[0].form), (1, LinkForm::Bare));
    assert!(document.blocks.iter().any(|b| b.kind == BlockKind::Item));
}

#[test]
fn the_title_of_a_single_thing_is_its_name() {
    let document = file("a.json", r#"{"@context":"https://schema.org","@type":"Event","name":"Quay","url":"https://quay.example"}"#);
    assert_eq!(document.meta.title.map(|f| f.value).as_deref(), Some("Quay"));
    assert_eq!(document.meta.url.map(|f| f.value).as_deref(), Some("https://quay.example"));
}

#[test]
fn javascript_around_json() {
    for content in [
        "var data = {\"a\":\"b\"};",
        "callback({\"a\":\"b\"});",
        "\u{feff}  {\"a\":\"b\"}",
        "window.YTD.x.part0 = {\"a\":\"b\"}",
        "Grailbird.data.tweets_2031_01 = \n [{\"a\":\"b\"}]",
    ] {
        assert_eq!(file("a.json", content).text, "a: b\n", "{content}");
    }
}

#[test]
fn what_only_looks_like_data_is_read_as_what_it_is_called() {
    let notes = file("notes.txt", "Event: Tide Talks\nDate: 2 April\nTalks:\n- Kelp: by Nori: a start\n- Tea by Ao\nNext: soon\n");
    assert_eq!(notes.format, Format::Plain);
    let links = file("notes.md", "[\"Tide\"] notes of the day; [see the end]");
    assert_ne!(links.format, Format::Json);
    let code = crate::read(b"const limit = { size: 1 };", &crate::Hints::default()).expect("readable");
    assert_ne!(code.format, Format::Json);
}
