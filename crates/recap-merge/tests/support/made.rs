//! Sources written by hand, for what is seen between real ones.

use recap_model::{Event, Handle, Person, Precision, Recap, Role, Source, SourceKind, Talk};

/// A talk of a source: its title, speaker, speaker's account and deck, each empty where the source does not say it.
pub type Told<'a> = [&'a str; 4];

/// What a source says of an event. Its path tells it apart.
pub fn source(path: &str, name: &str, start: &str, talks: &[Told<'_>]) -> Recap {
    let said = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let mut recap = Recap {
        schema_version: "1".to_owned(),
        id: path.to_owned(),
        event: Event { name: said(name), start: said(start), date_precision: said(start).map(|_| Precision::Day), ..Event::default() },
        sources: vec![Source {
            id: "src1".to_owned(),
            kind: SourceKind::WriteUp,
            path: said(path),
            sha256: format!("{path:0>64}"),
            ..Source::default()
        }],
        ..Recap::default()
    };
    for [title, name, handle, deck] in talks {
        let speaker = speaker(&mut recap, said(name), said(handle));
        let (id, slides) = (format!("t{}", recap.talks.len() + 1), said(deck).into_iter().collect());
        recap.talks.push(Talk { id, title: said(title), slides, speakers: speaker.into_iter().collect(), ..Talk::default() });
    }
    crate::support::prove(&mut recap, 0.9);
    recap
}

/// The same source with an address of the event.
pub fn with_page(recap: Recap, url: &str) -> Recap {
    with(recap, |event| event.urls.push(url.to_owned()))
}

/// The same source, saying something else of the event.
pub fn with(mut recap: Recap, say: impl FnOnce(&mut Event)) -> Recap {
    say(&mut recap.event);
    recap.evidence.clear();
    crate::support::prove(&mut recap, 0.9);
    recap
}

/// The person with this name and account, who is one of the source's people then.
fn speaker(recap: &mut Recap, name: Option<String>, handle: Option<String>) -> Option<String> {
    if name.is_none() && handle.is_none() {
        return None;
    }
    let handles: Vec<Handle> = handle.into_iter().map(|handle| Handle { platform: "twitter".to_owned(), handle }).collect();
    if let Some(known) = recap.people.iter().find(|p| p.name == name && p.handles == handles) {
        return Some(known.id.clone());
    }
    let id = format!("p{}", recap.people.len() + 1);
    recap.people.push(Person { id: id.clone(), name, handles, roles: vec![Role::Speaker], ..Person::default() });
    Some(id)
}
