//! Every page of a small library, with friendly and with hostile recaps.

mod support;

use recap_site::{Dossier, Language, Library, Pages, SearchView, Settings, query};
use support::{hostile, library, recaps};

/// Path and HTML of every page.
fn all(pages: &Pages, library: &Library, recaps: &[recap_model::Recap], language: Language) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for path in Pages::lists(library) {
        let html = pages.list(library, language, &path).expect("renders").unwrap_or_else(|| panic!("{path} is listed"));
        out.push((path, html));
    }
    for recap in recaps {
        let (card, around) = library.event(&recap.id).expect("is in the library");
        let dossier = Dossier::new(library, card, around, recap);
        for path in Pages::event_paths(&dossier) {
            let html = pages.event(&dossier, language, &path, &|_| None).expect("renders").unwrap_or_else(|| panic!("{path} is listed"));
            out.push((path, html));
        }
    }
    out
}

#[test]
fn every_page_is_made_in_both_languages_and_below_100_kb() {
    let (library, recaps) = (library(&recaps()), recaps());
    for (language, word) in [(Language::En, "Where the values come from"), (Language::Ja, "値の出典")] {
        let pages = Pages::new(Settings { title: "Sample".to_owned(), ..Settings::default() });
        let all = all(&pages, &library, &recaps, language);
        assert!(all.len() > 20, "{}", all.len());
        assert!(all.iter().any(|(_, html)| html.contains(word)));
        for (path, html) in &all {
            assert!(html.len() < 100_000, "{path}: {}", html.len());
            assert!(html.starts_with("<!doctype html>"), "{path}");
        }
    }
}

/// What a page could run, load or be led by.
fn dangers(html: &str) -> Vec<String> {
    let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default().to_lowercase());
    let bad = |tag: &String| {
        let own_script = tag.starts_with("script src=") && tag.contains("assets/site.js") || tag == "script type=\"application/ld+json\"";
        let scripted = tag.starts_with("script") && !own_script;
        let led = ["href", "src", "action"].iter().any(|name| {
            let value = tag.split(&format!(" {name}=\"")).nth(1).unwrap_or_default();
            value.starts_with("javascript:") || value.starts_with("data:") || value.starts_with("vbscript:")
        });
        // Names of attributes stand outside of quotes; a value never has one in it.
        let names: String = tag.split('"').step_by(2).collect();
        let handled = [" on", "'on", " style", " srcdoc"].iter().any(|name| names.contains(name));
        scripted || led || handled || ["img", "iframe", "object", "embed", "base"].iter().any(|name| tag.starts_with(name))
    };
    tags.filter(bad).collect()
}

#[test]
fn hostile_texts_are_shown_as_text() {
    let texts = [
        "<script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "' onclick='alert(1)' x='".to_owned(),
        "javascript:alert(1)".to_owned(),
        "data:text/html,<script>alert(1)</script>".to_owned(),
        "</script><script>alert(1)</script><!--".to_owned(),
        "{{ 7 * 7 }}{% raw %}".to_owned(),
        "\u{202e}gnp.exe\u{2066}\u{0}\u{7}".to_owned(),
        "../../../etc/passwd".to_owned(),
        String::new(),
        "漢<'&\"".repeat(200_000),
        "p1".to_owned(),
    ];
    for text in texts {
        let recaps = vec![hostile(&text)];
        let library = library(&recaps);
        let pages = Pages::new(Settings { title: text.chars().take(1000).collect(), ..Settings::default() });
        for (path, html) in all(&pages, &library, &recaps, Language::En) {
            assert_eq!(dangers(&html), Vec::<String>::new(), "{path}");
            assert!(html.len() < 100_000, "{path}: {}", html.len());
            assert!(!html.contains('\u{202e}') && !html.contains('\u{0}'), "{path}");
            assert!(!path.contains(".."), "{path}");
        }
    }
}

#[test]
fn a_page_of_results_narrows_and_turns() {
    let library = library(&recaps());
    let pages = Pages::new(Settings { title: "Sample".to_owned(), live: true, ..Settings::default() });
    let found = library.search.search(&query("所有", "", "tanuki-night", "", "talk"));
    assert_eq!(found.total, 2);
    let view =
        SearchView { words: "所有", kind: "talk", after: Some("search.html?q=x&page=2".to_owned()), ..SearchView::empty() }.found(found);
    let html = pages.search(&library, Language::Ja, &view).expect("renders");
    assert!(html.contains("所有権を絵で理解する") && html.contains("search.html?q=x&amp;page=2"));
    assert!(html.contains("<option value=\"talk\" selected>"));
}

#[test]
fn people_and_series_lead_through_the_years() {
    let library = library(&recaps());
    let person = library.person("twitter-tanuyama-t").expect("has a page");
    assert_eq!((person.card.talks, person.card.events, person.years.len()), (4, 2, 2));
    let beside: Vec<(&str, usize, usize)> = person.beside.iter().map(|b| (b.name.as_str(), b.talks, b.events)).collect();
    assert_eq!(beside, [("狐川 花", 2, 2)]);
    let (_, around) = library.event("tanuki-night-3-2023-05-08").expect("is there");
    assert_eq!((around.before, around.after.map(|after| after.file)), (None, Some("tanuki-night-4-2024-05-08".to_owned())));
}

#[test]
fn a_library_is_read_as_it_was_written() {
    let library = library(&recaps());
    let written = |library: &Library| {
        let mut bytes = b"stamp".to_vec();
        library.write(&mut bytes).expect("written");
        bytes
    };
    let bytes = written(&library);
    let again = Library::read(bytes.clone(), 5).expect("reads");
    assert_eq!(written(&again), bytes);
    assert_eq!(again.person("twitter-tanuyama-t"), library.person("twitter-tanuyama-t"));
    assert!(Library::read(bytes[..bytes.len() - 1].to_vec(), 5).is_none());
    assert!(Library::read(b"recap library 0\n".to_vec(), 0).is_none());
}

#[test]
fn a_quote_is_marked_where_it_stands_in_the_source() {
    let recaps = recaps();
    let library = library(&recaps);
    let pages = Pages::new(Settings { title: "Sample".to_owned(), ..Settings::default() });
    let (card, around) = library.event(&recaps[0].id).expect("is there");
    let dossier = Dossier::new(&library, card, around, &recaps[0]);
    let path = Pages::event_paths(&dossier).into_iter().find(|path| path.starts_with("evidence/")).expect("has evidence");
    let html = pages.event(&dossier, Language::En, &path, &|_| Some("昨日狸の夜に行った".to_owned())).expect("renders").expect("is there");
    assert!(html.contains("昨日<mark>狸の夜</mark>に行った"), "{html}");
    assert!(html.contains("93 %") && html.contains("ja/rule") && html.contains("Kitsune Night"));
    // Every mark of the event's page leads to a place that is there.
    let event = pages.event(&dossier, Language::En, &format!("events/{}.html", card.file), &|_| None).expect("renders").expect("is there");
    let whys: Vec<&str> = event.split("class=\"why\" href=\"../").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(whys.len() > 5);
    for why in whys {
        let (page, place) = why.split_once('#').expect("a place on a page");
        assert_eq!(page, path);
        assert!(html.contains(&format!("id=\"{place}\"")), "{place}");
    }
}

#[test]
fn what_services_say_stands_apart_with_the_answer_that_says_it() {
    let (library, recaps) = (library(&recaps()), recaps());
    let pages = all(&Pages::new(Settings::default()), &library, &recaps, Language::En);
    let (_, html) = pages.iter().find(|(path, _)| path == "events/tanuki-night-3-2023-05-08.html").expect("the event");
    let section = html.split("id=\"lookups\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a section of its own");
    for said in ["The sources do not say it", "絵でわかる所有権", "tanuyama", "no longer there", "according to", "decks.example.org/oembed"]
    {
        assert!(section.contains(said), "{said} is missing in {section}");
    }
    assert!(section.contains("#lookups-0-title"), "leads to its evidence: {section}");
    let before = html.split("id=\"lookups\"").next().unwrap_or_default();
    assert!(!before.contains("絵でわかる所有権"), "nothing is mixed into what the pages say");
}
