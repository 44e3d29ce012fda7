//! What each extractor hands over, before ids are given.

use recap_document::Span;
use recap_model::{AttendanceMode, PostStatus, Precision, TalkKind};

use crate::finding::{Found, Mention, Rival};

/// The event.
#[derive(Debug, Clone, Default)]
pub struct EventDraft {
    /// Official name as written, with number and theme.
    pub name: Option<Found<String>>,
    /// The name without number, year and theme.
    pub series: Option<Found<String>>,
    /// Number or year, digits.
    pub edition: Option<Found<String>>,
    /// The theme.
    pub theme: Option<Found<String>>,
    /// Local ISO 8601 date, or date and time.
    pub start: Option<Found<String>>,
    /// As `start`.
    pub end: Option<Found<String>>,
    /// IANA zone.
    pub timezone: Option<Found<String>>,
    /// How exact `start` is.
    pub precision: Option<Precision>,
    /// Online, offline, mixed.
    pub mode: Option<Found<AttendanceMode>>,
    /// Name of the place.
    pub venue: Option<Found<String>>,
    /// Its address.
    pub address: Option<Found<String>>,
    /// Who organised it.
    pub organizers: Vec<Mention>,
    /// Names of sponsoring companies.
    pub sponsors: Vec<Found<String>>,
    /// Without `#`.
    pub hashtags: Vec<Found<String>>,
    /// Main pages.
    pub urls: Vec<Found<String>>,
    /// Recordings of the whole event.
    pub videos: Vec<Found<String>>,
    /// Number of participants.
    pub participants: Option<Found<u64>>,
    /// What lost.
    pub rivals: Vec<Rival>,
}

/// A talk.
#[derive(Debug, Clone)]
pub struct TalkDraft {
    /// What sort of slot; none: not told here.
    pub kind: Option<Found<TalkKind>>,
    /// Without label, brackets and speaker.
    pub title: Option<Found<String>>,
    /// Other spellings of the title (that of the deck, of the timetable).
    pub other_titles: Vec<Found<String>>,
    /// Who gave it.
    pub speakers: Vec<Mention>,
    /// Decks.
    pub slides: Vec<Found<String>>,
    /// Recordings.
    pub videos: Vec<Found<String>>,
    /// Other links.
    pub links: Vec<Found<String>>,
    /// Local ISO 8601 date and time.
    pub start: Option<Found<String>>,
    /// As `start`.
    pub end: Option<Found<String>>,
    /// Where it is told; orders the talks.
    pub span: Span,
    /// The leaves that belong to it, a range of `Context::leaves`; empty for a row or a sentence.
    pub leaves: std::ops::Range<usize>,
    /// 0 to 1: how sure it is that this is a talk.
    pub confidence: f64,
}

impl TalkDraft {
    /// A talk of which nothing is known but its place.
    pub fn at(span: Span, confidence: f64) -> Self {
        Self {
            kind: None,
            title: None,
            other_titles: Vec::new(),
            speakers: Vec::new(),
            slides: Vec::new(),
            videos: Vec::new(),
            links: Vec::new(),
            start: None,
            end: None,
            span,
            leaves: 0..0,
            confidence,
        }
    }
}

/// An embedded post. Every value carries its evidence.
#[derive(Debug, Clone)]
pub struct PostDraft {
    /// `twitter`, `mastodon`, `bluesky`, `instagram` …
    pub platform: Found<String>,
    /// The network's id.
    pub id: Option<Found<String>>,
    /// The post's page.
    pub url: Option<Found<String>>,
    /// Display name.
    pub author_name: Option<Found<String>>,
    /// Without `@`.
    pub author_handle: Option<Found<String>>,
    /// ISO 8601.
    pub posted_at: Option<Found<String>>,
    /// Without the signature.
    pub text: Option<Found<String>>,
    /// Without `#`.
    pub hashtags: Vec<Found<String>>,
    /// Without `@`.
    pub mentions: Vec<Found<String>>,
    /// URLs in the text.
    pub links: Vec<Found<String>>,
    /// Images and videos.
    pub media: Vec<Found<String>>,
    /// How it is known.
    pub status: PostStatus,
    /// The whole post.
    pub span: Span,
}

/// A question.
#[derive(Debug, Clone)]
pub struct QuestionDraft {
    /// As written.
    pub question: Found<String>,
    /// As written.
    pub answer: Option<Found<String>>,
    /// Index of the talk it was put to.
    pub talk: Option<usize>,
}

/// A later event.
#[derive(Debug, Clone)]
pub struct NextDraft {
    /// As written.
    pub name: Option<Found<String>>,
    /// Local ISO 8601.
    pub date: Option<Found<String>>,
    /// Its page.
    pub url: Option<Found<String>>,
    /// The whole announcement.
    pub span: Span,
}

/// Whether the document is a write-up, and why.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// It is.
    pub is_recap: bool,
    /// Sum of the cues' weights.
    pub score: f64,
    /// `(rule, weight, place)`, heaviest first.
    pub reasons: Vec<(String, f64, Span)>,
}
