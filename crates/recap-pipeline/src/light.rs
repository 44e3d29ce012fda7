//! A recap as far as it tells which event it is of. The rest of its JSON, which is most of it, is passed over.

use recap_model::{Event, Link, LinkKind, Person, Post, Recap, Source, Talk};
use serde::Deserialize;

#[derive(Deserialize)]
struct Light {
    id: String,
    event: Event,
    talks: Vec<Talk>,
    people: Vec<Person>,
    posts: Vec<Post>,
    links: Vec<Link>,
    sources: Vec<Source>,
}

/// What a recap's JSON says of its event; the other fields are empty.
///
/// # Errors
/// Where it is no recap.
pub fn light(json: &[u8]) -> serde_json::Result<Recap> {
    let Light { id, event, talks, people, posts, links, sources } = serde_json::from_slice(json)?;
    Ok(Recap { id, event, talks, people, posts, links, sources, ..Recap::default() })
}

/// The sources of a recap's JSON.
///
/// # Errors
/// Where it is no recap.
pub fn sources(json: &[u8]) -> serde_json::Result<Vec<Source>> {
    #[derive(Deserialize)]
    struct Sources {
        sources: Vec<Source>,
    }
    serde_json::from_slice(json).map(|Sources { sources }| sources)
}

/// The same of a recap, with the evidence that chooses between values.
pub fn lightened(mut recap: Recap) -> Recap {
    recap.sections = Vec::new();
    recap.questions = Vec::new();
    recap.conflicts = Vec::new();
    recap.issues = Vec::new();
    recap.links.retain(|link| matches!(link.kind, LinkKind::Slides | LinkKind::Video));
    recap.posts.iter_mut().for_each(|post| post.text = None);
    recap.evidence.retain(|pointer, _| pointer.starts_with("/event/"));
    recap
}
