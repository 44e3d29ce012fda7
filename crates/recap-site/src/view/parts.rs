//! What the pages of an event are made of.

use serde::Serialize;
use serde_json::Value;

use super::{Cut, Fact, markup};
use crate::library::{Card, Named};

/// What a page of an event says.
#[derive(Debug, Clone, Serialize)]
pub struct EventPage<'c> {
    /// As in lists.
    pub card: &'c Card,
    /// The head; on the first page only.
    pub head: Option<Head>,
    /// The event's name.
    pub name: Cut,
    /// Lists, as far as they are on this page.
    pub sections: Vec<Section>,
    /// Where the evidence begins.
    pub evidence: String,
    /// Its recap JSON.
    pub json: String,
    /// schema.org.
    #[serde(serialize_with = "markup")]
    pub data: Option<Value>,
}

/// What stands above the lists.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Where the name comes from.
    pub name: Fact,
    /// The event's series.
    pub series: Option<Fact>,
    /// Names of rows and their values.
    pub rows: Vec<(&'static str, Vec<Fact>)>,
    /// The event before it.
    pub before: Option<Named>,
    /// The event after it.
    pub after: Option<Named>,
}

/// A list.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Key of its heading, and of the items' form.
    pub name: &'static str,
    /// How many there are on all pages.
    pub total: usize,
    /// Those on this page.
    pub items: Vec<Item>,
}

/// Something in a list.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Item {
    /// A talk.
    Talk(Box<TalkView>),
    /// A question.
    Question(QuestionView),
    /// A post.
    Post(PostView),
    /// What a service says of an address.
    Lookup(Box<LookupView>),
    /// Something else: a value and a word beside it.
    Plain(Fact, Option<Cut>),
}

/// A talk.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TalkView {
    /// Title, or who speaks.
    pub title: Fact,
    /// Key of what sort it is; a plain talk has none.
    pub kind: Option<&'static str>,
    /// Who speaks.
    pub speakers: Vec<Fact>,
    /// Decks.
    pub slides: Vec<Fact>,
    /// Recordings.
    pub videos: Vec<Fact>,
    /// Other links.
    pub links: Vec<Fact>,
    /// When, if it is told.
    pub time: Option<Fact>,
    /// Language, if it is told.
    pub language: Option<Fact>,
    /// Summary.
    pub summary: Option<Fact>,
    /// Questions; on the talk's own page only.
    pub questions: Vec<QuestionView>,
}

/// A question.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QuestionView {
    /// As it was put.
    pub question: Fact,
    /// As it was answered.
    pub answer: Option<Fact>,
    /// By whom.
    pub by: Vec<Fact>,
    /// The talk.
    pub talk: Option<Fact>,
}

/// A post.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PostView {
    /// As written.
    pub text: Fact,
    /// Display name.
    pub name: Option<Cut>,
    /// Without `@`.
    pub handle: Option<Cut>,
    /// When.
    pub date: Option<Cut>,
    /// Its page.
    pub url: Option<String>,
    /// The network.
    pub platform: Cut,
}

/// What a service says of an address; no page says it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LookupView {
    /// Key of what is there.
    pub kind: &'static str,
    /// The address.
    pub address: Fact,
    /// Whether it is there no more.
    pub gone: bool,
    /// The title with the service.
    pub title: Option<Fact>,
    /// Whose account it is.
    pub author: Option<Fact>,
    /// Where a short address leads to.
    pub leads_to: Option<Fact>,
    /// The service's answer, as a source.
    pub service: Option<Fact>,
}
