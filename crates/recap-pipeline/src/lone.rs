//! A recap that is merged with nothing says what its extraction said, and most do: its file is made of the stored JSON by
//! indenting it, and only what is listed of it is read.

use recap_store::{Entry, Member, Written};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What is listed of a recap.
#[derive(Deserialize)]
struct Head {
    id: String,
    event: HeadEvent,
    talks: Vec<IgnoredAny>,
    people: Vec<IgnoredAny>,
    sources: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct HeadEvent {
    name: Option<String>,
    start: Option<String>,
}

/// The file of an extraction whose event has `id`, or where it is the only one of its component any; none where the recap gets
/// another id than it came with, or is to be marked.
pub fn written(member: &Member, id: Option<&str>) -> Option<Written> {
    let head: Head = serde_json::from_slice(&member.recap).ok()?;
    let keeps = id.map_or_else(|| recap_merge::is_id(&head.id), |id| id == head.id);
    (keeps && member.stale.is_none()).then(|| Written {
        entry: Entry {
            path: Entry::path_of(&head.id, head.event.start.as_deref()),
            id: head.id,
            name: head.event.name,
            start: head.event.start,
            talks: head.talks.len(),
            people: head.people.len(),
            sources: head.sources.len(),
        },
        json: indented(&member.recap),
    })
}

/// JSON without white space, as [`recap_model::Recap::to_json`] writes it.
fn indented(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 3 / 2);
    let (mut depth, mut at) = (0, 0);
    while let Some(&byte) = json.get(at) {
        let end = if byte == b'"' { end_of_string(json, at) } else { at + 1 };
        match byte {
            b'{' | b'[' if matches!(json.get(end), Some(b'}' | b']')) => out.extend(&json[at..=end]),
            b'{' | b'[' => {
                depth += 1;
                out.push(byte);
                line(&mut out, depth);
            }
            b'}' | b']' => {
                depth -= 1;
                line(&mut out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                line(&mut out, depth);
            }
            b':' => out.extend(b": "),
            _ => out.extend(&json[at..end]),
        }
        let is_empty = matches!(byte, b'{' | b'[') && matches!(json.get(end), Some(b'}' | b']'));
        at = end + usize::from(is_empty);
    }
    out.push(b'\n');
    out
}

/// Where a string ends that begins at a quotation mark.
fn end_of_string(json: &[u8], begin: usize) -> usize {
    let mut at = begin + 1;
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

fn line(out: &mut Vec<u8>, depth: usize) {
    out.push(b'\n');
    (0..depth).for_each(|_| out.extend(b"  "));
}

#[cfg(test)]
mod tests {
    use recap_model::{Evidence, Method, Recap, Source};

    use super::*;

    #[test]
    fn what_is_indented_is_what_is_written() {
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
