//! Counts per field, their sum over documents, and the table that shows them.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Fewer gold values than this say too little for the headline.
const ENOUGH: usize = 5;

/// What a field's figures are used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Part of the headline mean.
    Headline,
    /// Shown, not part of the mean.
    Extra,
    /// Documents that are nothing but posts.
    Posts,
}

macro_rules! fields {
    ($($name:ident $text:literal $group:ident: $doc:literal;)+) => {
        /// A field that is scored. The order is that of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field { $(#[doc = $doc] $name,)+ }

        impl Field {
            /// Every field, in the order of the table.
            pub const ALL: &[Field] = &[$(Field::$name,)+];

            /// The name in the table.
            pub fn name(self) -> &'static str {
                match self { $(Field::$name => $text,)+ }
            }

            /// What its figures are used for.
            pub fn group(self) -> Group {
                match self { $(Field::$name => Group::$group,)+ }
            }
        }
    };
}

fields! {
    Detect "detect" Headline: "Whether the document is a recap at all.";
    EventName "event.name" Headline: "Name of the event.";
    EventStart "event.start" Headline: "First day.";
    EventUrl "event.url" Headline: "The event's main pages.";
    EventHashtag "event.hashtag" Headline: "The event's hashtags.";
    TalkTitle "talk.title" Headline: "Titles of talks.";
    TalkKind "talk.kind" Headline: "Kind of the talks that were found.";
    SpeakerName "speaker.name" Headline: "Names of speakers.";
    SpeakerHandle "speaker.handle" Headline: "Handles of speakers.";
    TalkSpeaker "talk-speaker" Headline: "Who gave which talk.";
    TalkSlides "talk.slides" Headline: "Decks, at the right talk.";
    TalkVideo "talk.video" Headline: "Recordings, at the right talk.";
    PersonHandle "person.handle" Headline: "Handles of everyone with a part in the event.";
    Post "post" Headline: "Embedded posts.";
    Question "question" Headline: "Questions that were put.";
    NextEvent "next_event" Headline: "Later events.";
    EventSeries "event.series" Extra: "Name without number and theme.";
    EventEdition "event.edition" Extra: "Number or year.";
    EventVenue "event.venue" Extra: "Name of the place.";
    EventMode "event.mode" Extra: "Online, offline or mixed.";
    SpeakerAffiliation "speaker.affiliation" Extra: "Where speakers work.";
    PostDate "post.date" Extra: "Day of the posts that were found.";
    PostsFound "posts" Posts: "Posts of a document that is nothing but posts.";
    PostsHandle "posts.handle" Posts: "Handle of the author.";
    PostsName "posts.name" Posts: "Name of the author.";
    PostsDate "posts.date" Posts: "Day.";
    PostsUrl "posts.url" Posts: "Address.";
    PostsText "posts.text" Posts: "Text, links aside.";
    PostsHashtags "posts.hashtags" Posts: "Hashtags, all of them.";
    PostsMentions "posts.mentions" Posts: "Mentions, all of them.";
    PostsStatus "posts.status" Posts: "Whether the post is still there.";
}

/// How a value failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissKind {
    /// In the gold, not in the recap.
    Missed,
    /// In the recap, not in the gold.
    Wrong,
}

/// One failed value, for people to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The gold document.
    pub doc: String,
    /// How it failed.
    pub kind: MissKind,
    /// The value.
    pub text: String,
}

/// Counts of one field.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Values that are right.
    pub tp: usize,
    /// Values of the recap that are wrong.
    pub fp: usize,
    /// Gold values that are missing.
    pub r#fn: usize,
    /// The failed values; a few counts (kinds, links between talk and speaker) name none.
    pub misses: Vec<Miss>,
}

impl Tally {
    /// Share of the recap's values that are right, `None` where it gave none.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.tp, self.tp + self.fp)
    }

    /// Share of the gold values that were found, `None` where there are none.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.tp, self.support())
    }

    /// Harmonic mean of precision and recall, `None` where there is nothing on either side.
    pub fn f1(&self) -> Option<f64> {
        ratio(2 * self.tp, 2 * self.tp + self.fp + self.r#fn)
    }

    /// Number of gold values.
    pub fn support(&self) -> usize {
        self.tp + self.r#fn
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Counts of every field, of one document or of many.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Documents counted.
    pub documents: usize,
    /// Documents for which there was a prediction.
    pub predicted: usize,
    tallies: BTreeMap<Field, Tally>,
}

impl Scores {
    /// The empty scores of one document.
    pub(crate) fn of_one(predicted: bool) -> Self {
        Self { documents: 1, predicted: usize::from(predicted), tallies: BTreeMap::new() }
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: Scores) {
        self.documents += other.documents;
        self.predicted += other.predicted;
        for (field, tally) in other.tallies {
            let mine = self.entry(field);
            mine.tp += tally.tp;
            mine.fp += tally.fp;
            mine.r#fn += tally.r#fn;
            mine.misses.extend(tally.misses);
        }
    }

    /// The counts of `field`, `None` where it never came up.
    pub fn tally(&self, field: Field) -> Option<&Tally> {
        self.tallies.get(&field)
    }

    /// Every field that came up, with its counts, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Tally)> {
        self.tallies.iter().map(|(field, tally)| (*field, tally))
    }

    /// Mean F1 of the headline fields that have at least five gold values; 0.0 where none has.
    pub fn headline(&self) -> f64 {
        let heads = self.heads();
        if heads.is_empty() { 0.0 } else { heads.iter().sum::<f64>() / heads.len() as f64 }
    }

    /// True where nothing was missed and nothing was wrong, in any field.
    pub fn perfect(&self) -> bool {
        self.tallies.values().all(|t| t.fp == 0 && t.r#fn == 0)
    }

    /// Field, precision, recall, F1 (per cent) and support, then the headline mean.
    pub fn table(&self) -> String {
        let mut out = format!("{} documents, {} predicted\n", self.documents, self.predicted);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{:<20} {:>9} {:>6} {:>6} {:>7}", "field", "precision", "recall", "F1", "support");
        for group in [Group::Headline, Group::Extra, Group::Posts] {
            out.push_str(match group {
                Group::Headline => "",
                Group::Extra => "-- not in the headline\n",
                Group::Posts => "-- documents of posts\n",
            });
            for (field, tally) in self.iter().filter(|(field, _)| field.group() == group) {
                out.push_str(&row(field, tally));
            }
        }
        let _ = writeln!(out, "\nheadline F1 {:.1} (mean of {} fields)", 100.0 * self.headline(), self.heads().len());
        out
    }

    pub(crate) fn entry(&mut self, field: Field) -> &mut Tally {
        self.tallies.entry(field).or_default()
    }

    fn heads(&self) -> Vec<f64> {
        let weighty = self.iter().filter(|(f, t)| f.group() == Group::Headline && t.support() >= ENOUGH);
        weighty.filter_map(|(_, t)| t.f1()).collect()
    }
}

fn row(field: Field, t: &Tally) -> String {
    let (p, r, f) = (percent(t.precision()), percent(t.recall()), percent(t.f1()));
    format!("{:<20} {p:>9} {r:>6} {f:>6} {:>7}\n", field.name(), t.support())
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "—".to_owned(), |x| format!("{:.1}", 100.0 * x))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(field: Field, tp: usize, fp: usize, missed: usize) -> Scores {
        let mut scores = Scores::of_one(true);
        *scores.entry(field) = Tally { tp, fp, r#fn: missed, misses: Vec::new() };
        scores
    }

    #[test]
    fn merging_adds_counts() {
        let mut all = with(Field::TalkTitle, 3, 1, 0);
        all.merge(with(Field::TalkTitle, 1, 0, 4));
        let t = all.tally(Field::TalkTitle).expect("the field came up");
        assert_eq!((t.tp, t.fp, t.r#fn, t.support()), (4, 1, 4, 8));
        assert_eq!(t.precision(), Some(0.8));
        assert_eq!(t.recall(), Some(0.5));
        assert_eq!(all.documents, 2);
    }

    #[test]
    fn the_headline_leaves_out_rare_and_extra_fields() {
        let mut all = with(Field::TalkTitle, 6, 0, 2);
        all.merge(with(Field::NextEvent, 0, 3, 4));
        all.merge(with(Field::EventVenue, 0, 3, 9));
        assert_eq!(all.headline(), 12.0 / 14.0);
    }

    #[test]
    fn the_table_names_field_figures_and_mean() {
        let table = with(Field::TalkTitle, 6, 0, 2).table();
        assert!(table.contains("talk.title               100.0   75.0   85.7       8"), "{table}");
        assert!(table.contains("headline F1 85.7 (mean of 1 fields)"), "{table}");
    }

    #[test]
    fn nothing_on_either_side_gives_no_figure() {
        assert_eq!(Tally::default().f1(), None);
        assert_eq!(Scores::default().headline(), 0.0);
    }
}
