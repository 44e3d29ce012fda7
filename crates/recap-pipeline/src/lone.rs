//! A recap that is merged with nothing says what its extraction said, and most do: it is written as it was extracted.

use recap_model::Recap;
use recap_store::{Member, Written};

use crate::merge::written_of;

/// The file of an extraction whose event has `id`, or where it is the only one of its component any; none where the recap gets
/// another id than it came with, or is to be marked.
pub fn written(member: &Member, id: Option<&str>) -> Option<Written> {
    let recap: Recap = serde_json::from_slice(&member.recap).ok()?;
    let keeps = id.map_or_else(|| recap_merge::is_id(&recap.id), |id| id == recap.id);
    (keeps && member.stale.is_none()).then(|| written_of(&recap))
}

#[cfg(test)]
mod tests {
    use recap_model::{Evidence, Method, Recap, Source};

    use super::*;

    #[test]
    fn what_keeps_its_id_is_written_as_it_was_extracted() {
        let mut recap = Recap { id: "tanuki-1".to_owned(), ..Recap::default() };
        recap.event.name = Some("a \"b\" \\ {c: [d, e]} \u{1} 狸\n".to_owned());
        recap.event.start = Some("2021-02-03".to_owned());
        recap.sources = vec![Source { path: Some(String::new()), ..Source::default() }];
        let evidence = Evidence {
            source: "src1".to_owned(),
            start: 1,
            end: 2,
            quote: "]}\\\"".to_owned(),
            attribute: None,
            rule: "r".to_owned(),
            method: Method::Verbatim,
            from: vec![String::new()],
            confidence: 0.1,
        };
        recap.evidence.insert("/event/name".to_owned(), vec![evidence]);
        let json = serde_json::to_vec(&recap).expect("JSON");
        let member = |stale| Member { source: "s".to_owned(), recap: json.clone(), stale };
        let file = written(&member(None), None).expect("it keeps its id");
        assert_eq!(String::from_utf8_lossy(&file.json), recap.to_json());
        assert_eq!((file.entry.path.as_str(), file.entry.sources), ("recaps/2021/tanuki-1.json", 1));
        assert!(written(&member(None), Some("tanuki-1")).is_some());
        assert!(written(&member(None), Some("tanuki-2")).is_none());
        assert!(written(&member(Some("gone".to_owned())), None).is_none());
    }
}
