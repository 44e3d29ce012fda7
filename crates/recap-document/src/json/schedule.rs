//! Conference schedules in frab's form (c3voc schedule.json and schedule.xml; frab, pretalx, pentabarf).

use super::{Context, Shape};
use crate::data::draft::{Draft, derived, talk_kind};
use crate::data::node::Node;
use crate::document::{Field, Record};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

const VOCABULARY: &str = "frab-schedule";

fn claims(node: &Node) -> bool {
    node.get("schedule.conference").is_some()
        || (node.has(&["conference"]) && (node.has(&["day"]) || node.get("conference.days").is_some()))
}

fn read(node: &Node, context: &mut Context<'_>) {
    let schedule = node.get("schedule").unwrap_or(node);
    let Some(conference) = schedule.get("conference") else { return };
    let mut event = Draft::of(
        VOCABULARY,
        "Event",
        conference,
        &[
            ("name", "title"),
            ("alternativeHeadline", "subtitle"),
            ("startDate", "start"),
            ("endDate", "end"),
            ("url", "url|base_url"),
            ("identifier", "acronym"),
            ("location.name", "venue"),
            ("location.address", "city"),
        ],
    );
    // JSON has its days in the conference, XML beside it.
    for day in conference.list("days").iter().chain(schedule.list("day")) {
        let json = day.get("rooms").map_or(&[][..], Node::entries).iter().map(|(_, talks)| (None, talks.items()));
        let xml = day.list("room").iter().map(|room| (room.field("name"), room.list("event")));
        for (room, talks) in json.chain(xml) {
            talks.iter().for_each(|talk| event.nest("subEvent", self::talk(talk, day, room)));
        }
    }
    context.records.push(event.finish());
}

fn talk(talk: &Node, day: &Node, room: Option<&Field>) -> Record {
    let mut draft = Draft::of(
        VOCABULARY,
        "Event",
        talk,
        &[
            ("name", "title"),
            ("alternativeHeadline", "subtitle"),
            ("duration", "duration"),
            ("url", "url"),
            ("identifier", "guid|id"),
            ("location", "room"),
            ("description", "description|abstract"),
            ("inLanguage", "language"),
            ("recordedIn.url", "video_download_url|recording_url"),
        ],
    );
    draft.put("startDate", start(talk, day));
    if !draft.has("location") {
        draft.put("location", room.cloned());
    }
    let kind = ["type", "track"].iter().filter_map(|key| talk.field(key)).find_map(|k| Some(derived(talk_kind(&k.value)?, k, "type")));
    draft.put("additionalType", kind);
    let people = if talk.get("persons.person").is_some() { talk.list("persons.person") } else { talk.list("persons") };
    people.iter().for_each(|p| draft.nest("performer", person(p)));
    links(&mut draft, talk);
    draft.finish()
}

/// The full date where it is given, else the day's date and the time of day.
fn start(talk: &Node, day: &Node) -> Option<Field> {
    let clock = talk.field("start");
    let day = day.field("date").map(|d| d.value.as_str());
    let joined = clock.zip(day).map(|(clock, day)| derived(format!("{day}T{}", clock.value), clock, "start"));
    talk.field("date").cloned().or(joined).or_else(|| clock.cloned())
}

fn person(person: &Node) -> Record {
    let mut draft = Draft::of(
        VOCABULARY,
        "Person",
        person,
        &[
            ("name", "public_name|full_public_name|name|#text"),
            ("url", "url"),
            ("identifier", "code|guid|id"),
            ("image", "avatar"),
            ("description", "biography"),
        ],
    );
    if !draft.has("name") {
        draft.put("name", person.as_field().cloned());
    }
    for link in person.list("links") {
        draft.put("sameAs", link.field("url").cloned());
    }
    draft.finish()
}

/// Slides and recordings among a talk's links and attachments; the rest is cited.
fn links(draft: &mut Draft, talk: &Node) {
    let lists = ["links.link", "links", "attachments.attachment", "attachments"];
    let links = lists.iter().flat_map(|path| talk.list(path)).filter(|link| !link.has(&["link"]) && !link.has(&["attachment"]));
    let mut seen: Vec<&str> = Vec::new();
    for link in links.take(50) {
        let Some(url) = link.field("url").or_else(|| link.field("href")) else { continue };
        if seen.contains(&url.value.as_str()) {
            continue;
        }
        seen.push(&url.value);
        let label = ["title", "#text", "type", "name"].iter().find_map(|key| link.text(key)).unwrap_or("").to_lowercase();
        let is = |words: &[&str]| words.iter().any(|w| label.contains(w));
        if is(&["slides", "presentation", "folien", "スライド"]) {
            let mut deck = Draft::new(VOCABULARY, "PresentationDigitalDocument");
            deck.put("url", Some(url.clone()));
            draft.nest("workFeatured", deck.finish());
        } else if is(&["video", "recording", "youtube", "録画", "動画"]) {
            let mut video = Draft::new(VOCABULARY, "VideoObject");
            video.put("url", Some(url.clone()));
            draft.nest("recordedIn", video.finish());
        } else {
            draft.put("citation", Some(url.clone()));
        }
    }
}
