//! The recap: one document per event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Conflict, EvidenceMap, Issue, Lookup};

/// Everything that is known about one event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recap {
    /// Always [`crate::SCHEMA_VERSION`].
    pub schema_version: String,
    /// Stable id: series or name, edition and date, folded to letters and digits of any script in lower case, joined by `-`.
    pub id: String,
    /// The event itself.
    pub event: Event,
    /// In the order of the document.
    pub talks: Vec<Talk>,
    /// Everyone with a part in it, in the order in which they are first named.
    pub people: Vec<Person>,
    /// Questions put to speakers.
    pub questions: Vec<Answer>,
    /// Embedded posts.
    pub posts: Vec<Post>,
    /// Every link of the document, by kind.
    pub links: Vec<Link>,
    /// The document's sections.
    pub sections: Vec<Section>,
    /// Later events that the document announces.
    pub next_events: Vec<NextEvent>,
    /// The documents this was made from.
    pub sources: Vec<Source>,
    /// Where every value comes from.
    pub evidence: EvidenceMap,
    /// Values that lost, with their evidence.
    pub conflicts: Vec<Conflict>,
    /// Problems with the sources.
    pub issues: Vec<Issue>,
    /// What services say of the recap's addresses, in order of these; only where they were asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lookups: Vec<Lookup>,
    /// Other ids that this event has, or had, under some of its sources: they lead here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<String>,
    /// The recaps that this one was made of, one a source, where it differs from a lone one. Merging begins with them, so
    /// that merging again, or in another order, changes nothing. Texts of their sections are left to `sections` above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Recap>,
}

impl Recap {
    /// The one way a recap is written to a file: indented, a line end behind it, equal bytes for equal recaps.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// How exact [`Event::start`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// `2020`
    Year,
    /// `2020-06`
    Month,
    /// `2020-06-16`
    Day,
    /// `2020-06-16T19:00`
    Minute,
}

/// schema.org `eventAttendanceMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AttendanceMode {
    /// A stream or a call only.
    Online,
    /// A place only.
    Offline,
    /// Both.
    Mixed,
}

/// The event (schema.org `Event`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Official name as written, with number and theme.
    pub name: Option<String>,
    /// The name without number, year and theme.
    pub series: Option<String>,
    /// Number or year, digits.
    pub edition: Option<String>,
    /// The theme in brackets behind the name.
    pub theme: Option<String>,
    /// Local ISO 8601 date, or date and time.
    pub start: Option<String>,
    /// As `start`; null where it is not said.
    pub end: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// How exact `start` is.
    pub date_precision: Option<Precision>,
    /// Online, offline, mixed.
    pub attendance_mode: Option<AttendanceMode>,
    /// The place.
    pub venue: Venue,
    /// Ids of people.
    pub organizers: Vec<String>,
    /// Names of companies or ids of people.
    pub sponsors: Vec<String>,
    /// Without `#`, as written.
    pub hashtags: Vec<String>,
    /// The event's main pages.
    pub urls: Vec<String>,
    /// Recordings of the whole event.
    pub videos: Vec<String>,
    /// Number of participants.
    pub participants: Option<u64>,
}

/// The event's place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Venue {
    /// As written.
    pub name: Option<String>,
    /// Postal address as written.
    pub address: Option<String>,
}

/// What sort of slot a talk is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TalkKind {
    /// 基調講演, keynote.
    Keynote,
    /// A plain session.
    #[default]
    Talk,
    /// LT.
    Lightning,
    /// A sponsor's slot.
    Sponsor,
    /// A discussion of several.
    Panel,
    /// Hands-on.
    Workshop,
    /// Anything else.
    Other,
}

/// A presentation, lightning talk, panel, workshop or sponsor slot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Talk {
    /// `t1`, `t2` … in the order of the document.
    pub id: String,
    /// What sort of slot.
    pub kind: TalkKind,
    /// Without label, brackets and speaker.
    pub title: Option<String>,
    /// Ids of people.
    pub speakers: Vec<String>,
    /// Decks.
    pub slides: Vec<String>,
    /// Recordings of this talk.
    pub videos: Vec<String>,
    /// Other links of the talk.
    pub links: Vec<String>,
    /// Local ISO 8601 date and time.
    pub start: Option<String>,
    /// As `start`.
    pub end: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Id of the section that tells of it.
    pub section: Option<String>,
    /// The speaker's or author's summary.
    pub summary: Option<String>,
}

/// A part somebody had in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Gave a talk.
    Speaker,
    /// 司会.
    Host,
    /// 主催.
    Organizer,
    /// On a panel.
    Panelist,
    /// Led a panel.
    Moderator,
    /// Sponsored.
    Sponsor,
    /// Was there.
    Attendee,
    /// Wrote the document.
    Author,
    /// Only named.
    Mentioned,
}

/// An account on a network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Handle {
    /// `twitter`, `github`, `mastodon` …
    pub platform: String,
    /// Without `@`, as written.
    pub handle: String,
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// `p1`, `p2` … in the order in which they are first named.
    pub id: String,
    /// No honorifics, no affiliation.
    pub name: Option<String>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Accounts.
    pub handles: Vec<Handle>,
    /// As written.
    pub affiliation: Option<String>,
    /// Pages about the person.
    pub urls: Vec<String>,
    /// Parts in the event.
    pub roles: Vec<Role>,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// As written.
    pub question: String,
    /// As written; null where none is told.
    pub answer: Option<String>,
    /// Id of the talk.
    pub talk: Option<String>,
    /// Ids of people.
    pub answered_by: Vec<String>,
}

/// Who wrote a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Author {
    /// Display name.
    pub name: Option<String>,
    /// Without `@`.
    pub handle: Option<String>,
}

/// How a post is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PostStatus {
    /// From the page or file itself.
    Embedded,
    /// Completed from the network.
    Fetched,
    /// Deleted; kept as the page quoted it.
    Gone,
}

/// A tweet or another network's post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Post {
    /// `twitter`, `mastodon`, `bluesky`, `instagram` …
    pub platform: String,
    /// The network's id.
    pub id: Option<String>,
    /// The post's page.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Author,
    /// ISO 8601: a local date as the page shows it, or an instant in UTC (to the millisecond from a tweet id).
    pub posted_at: Option<String>,
    /// Without the signature line.
    pub text: Option<String>,
    /// Without `#`.
    pub hashtags: Vec<String>,
    /// Without `@`.
    pub mentions: Vec<String>,
    /// URLs in the text.
    pub links: Vec<String>,
    /// Images and videos.
    pub media: Vec<String>,
    /// Id of the section it stands in.
    pub section: Option<String>,
    /// How it is known.
    pub status: PostStatus,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// A deck.
    Slides,
    /// A recording or stream.
    Video,
    /// An event page.
    Event,
    /// An account page.
    Profile,
    /// A post.
    Post,
    /// A hashtag page or search.
    Hashtag,
    /// A collection of posts.
    Collection,
    /// Code.
    Repository,
    /// An article.
    Article,
    /// An image.
    Image,
    /// Anything else.
    Other,
}

/// A link of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Absolute where the document allows it.
    pub url: String,
    /// What it leads to.
    pub kind: LinkKind,
    /// Its text.
    pub text: Option<String>,
    /// Id of the section it stands in.
    pub section: Option<String>,
}

/// A section of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// `s1`, `s2` … in the order of the document.
    pub id: String,
    /// 0 for what stands before the first heading.
    pub level: u8,
    /// The heading's text.
    pub heading: Option<String>,
    /// `keynote`, `talk`, `qa`, `closing` … or null.
    pub kind: Option<String>,
    /// The text under the heading, up to the next one.
    pub text: String,
}

/// A later event that the document announces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NextEvent {
    /// As written.
    pub name: Option<String>,
    /// Local ISO 8601 date, or date and time.
    pub date: Option<String>,
    /// Its page.
    pub url: Option<String>,
}

/// What sort of document a source is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A report.
    #[default]
    WriteUp,
    /// A page or record of the event itself.
    EventPage,
    /// Raw notes.
    Notes,
    /// Posts.
    Post,
    /// An answer of an API.
    Api,
}

/// A document that values were taken from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// `src1` …
    pub id: String,
    /// What sort of document.
    pub kind: SourceKind,
    /// As the user named it.
    pub path: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its author as it names them.
    pub author: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// ISO 8601.
    pub published_at: Option<String>,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
}
