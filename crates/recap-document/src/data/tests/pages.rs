use super::{all, get, only, page};
use crate::document::Place;

#[test]
fn microdata_with_references_and_every_kind_of_value() {
    let document = page(
        r#"<div itemscope itemtype="https://schema.org/Event" itemref="where"><h1 itemprop="name">Hedge Forum</h1>
        <time itemprop="startDate" datetime="2031-09-01T18:00">1 Sept</time><meta itemprop="endDate" content="2031-09-01T20:00">
        <a itemprop="url" href="https://hedge.example/1">page</a><img itemprop="image" src="https://hedge.example/i.png">
        <data itemprop="identifier" value="77">no. 77</data><div itemprop="performer" itemscope><span itemprop="name">Eri Kaki</span></div></div>
        <p id="where" itemprop="location">Old Mill</p>"#,
    );
    let event = only(&document, "microdata");
    assert_eq!(event.types, ["Event"]);
    for (path, value) in [
        ("name", "Hedge Forum"),
        ("startDate", "2031-09-01T18:00"),
        ("endDate", "2031-09-01T20:00"),
        ("url", "https://hedge.example/1"),
        ("image", "https://hedge.example/i.png"),
        ("identifier", "77"),
        ("performer.name", "Eri Kaki"),
        ("location", "Old Mill"),
    ] {
        assert_eq!(get(event, path), Some(value), "{path}");
    }
    let end = &event.text("endDate").expect("end").place;
    assert!(matches!(end, Place::Attribute { name, .. } if name == "microdata/endDate/@content"));
    assert!(matches!(event.text("name").expect("name").place, Place::Text(_)));
}

#[test]
fn items_that_refer_to_each_other_end() {
    let document = page(
        r#"<div id="a" itemscope itemref="b"><i itemprop="name">A</i></div><div id="b" itemprop="part" itemscope itemref="b a">x</div>"#,
    );
    assert_eq!(get(only(&document, "microdata"), "name"), Some("A"));
}

#[test]
fn rdfa_of_both_ages() {
    let lite = page(
        r#"<div vocab="https://schema.org/" typeof="Event"><b property="name">Silt Day</b><time property="startDate" datetime="2031-03-03">3 March</time>
        <div property="location" typeof="Place"><i property="name">Delta Room</i></div></div>"#,
    );
    assert_eq!(get(only(&lite, "rdfa"), "location.name"), Some("Delta Room"));
    let old = page(
        r##"<div xmlns:v="http://rdf.data-vocabulary.org/#" typeof="v:Event"><a rel="v:url" property="v:summary" href="https://silt.example/2">Silt Eve</a>
        <span property="v:startDate" content="2031-03-02">yesterday</span><span rel="v:location"><span typeof="v:Organization"><b property="v:name">Weir</b></span></span>
        <p about="#other" property="v:description">of something else</p></div>"##,
    );
    let event = only(&old, "rdfa");
    assert_eq!(get(event, "name"), Some("Silt Eve"));
    assert_eq!(get(event, "url"), Some("https://silt.example/2"));
    assert_eq!(get(event, "startDate"), Some("2031-03-02"));
    assert_eq!(get(event, "location.name"), Some("Weir"));
    assert_eq!(get(event, "description"), None);
}

#[test]
fn opengraph_events_articles_and_pages() {
    let event = page(
        r#"<head><meta property="og:type" content="event"><meta property="og:title" content="Peak Talks"><meta property="event:start_time" content="2031-10-10T10:00:00Z">
        <meta property="og:site_name" content="Peak"></head>"#,
    );
    let event = only(&event, "opengraph");
    assert!(event.is_a("Event"));
    assert_eq!(get(event, "startDate"), Some("2031-10-10T10:00:00Z"));
    assert_eq!(get(event, "isPartOf.name"), Some("Peak"));
    let article = page(
        r#"<head><meta property="og:type" content="article"><meta property="og:title" content="My day"><meta property="article:published_time" content="2031-10-11">
        <meta property="article:tag" content="peak"><meta property="article:tag" content="talks"></head>"#,
    );
    let article = only(&article, "opengraph");
    assert_eq!((article.types[0].as_str(), all(article, "keywords")), ("Article", vec!["peak", "talks"]));
    let plain = page(r#"<head><meta property="og:title" content="Home"></head>"#);
    assert_eq!(only(&plain, "opengraph").types, ["WebPage"]);
}

#[test]
fn the_body_fills_what_the_head_left_open() {
    let document = page(
        r#"<article class="hentry"><h1 class="entry-title">Notes from Peak</h1><span class="author vcard"><a class="fn" rel="author" href="/me">Sora Tani</a></span>
        <time class="entry-date" datetime="2031-10-12T08:00:00+09:00">Oct 12</time><p>It was high.</p></article>"#,
    );
    let value = |field: &Option<crate::Field>| field.as_ref().map(|f| f.value.clone());
    assert_eq!(value(&document.meta.author).as_deref(), Some("Sora Tani"));
    assert_eq!(value(&document.meta.published).as_deref(), Some("2031-10-12T08:00:00+09:00"));
    assert_eq!(value(&document.meta.title).as_deref(), Some("Notes from Peak"));
}

#[test]
fn the_time_of_an_event_is_no_date_of_publication() {
    let document = page(r#"<div class="vevent"><b class="summary">Bay</b><time class="dtstart" datetime="2031-01-01">1 Jan</time></div>"#);
    assert_eq!(document.meta.published, None);
}

#[test]
fn relative_addresses_count_from_the_page() {
    let html = r#"<!doctype html><link rel="canonical" href="https://bay.example/events/"><div class="h-event"><a class="p-name u-url" href="12">Bay 12</a></div>"#;
    assert_eq!(get(only(&page(html), "h-event"), "url"), Some("https://bay.example/events/12"));
}

#[test]
fn a_site_known_by_its_markup() {
    let document = page(
        r##"<h2 class="event_title"><span class="label_status_event"><p>4月</p></span>渚勉強会 #3</h2><div class="label_hashtag"><a href="https://x.example">#nagisa</a></div>
        <ul class="main_list_doc"><li><a href="https://decks.example/shells"><p class="doc_title">貝の数え方</p></a></li></ul>
        <div class="event_schedule_area"><span class="dtstart"><span class="value-title" title="2031-04-02T10:00:00Z"></span><p>2031/04/02</p></span></div>
        <div class="event_place_area"><p class="place_name">渚会館</p><p class="adr">山口県宇部市1-1</p></div>
        <div class="event_owner_area"><ul><li><a href="/user/a/" title="hama_a"></a></li><li><a href="/user/b/" title="hama_b"></a></li></ul></div>"##,
    );
    let event = only(&document, "connpass-page");
    for (path, value) in [
        ("name", "渚勉強会 #3"),
        ("startDate", "2031-04-02T10:00:00Z"),
        ("location.name", "渚会館"),
        ("location.address", "山口県宇部市1-1"),
        ("keywords", "nagisa"),
        ("subEvent.name", "貝の数え方"),
        ("subEvent.workFeatured.url", "https://decks.example/shells"),
    ] {
        assert_eq!(get(event, path), Some(value), "{path}");
    }
    assert_eq!(event.records("organizer").count(), 2);
    let start = event.text("startDate").expect("start");
    assert_eq!(document.slice(start.place.span()), "2031/04/02", "what is shown beside the hidden value");
}
