//! Dates that an element gives in full where its text leaves out the year or the hour: `<time datetime="…">Sat 30 June</time>`.

use recap_document::Span;
use recap_model::Precision;
use recap_text::dates::{self, DateContext, DateMention, find_dates};

use crate::context::Context;
use crate::records::when;

/// The mentions of a leaf, those that an element gives in full in the place of what it shows.
pub fn in_full(context: &Context<'_>, leaf: Span, mut mentions: Vec<DateMention>) -> Vec<DateMention> {
    let given = context.doc.records.iter().filter(|r| r.vocabulary == "time").flat_map(|r| r.texts("startDate"));
    for field in given.filter(|field| leaf.contains(field.place.span())) {
        let Some(mention) = read(context, &field.value, field.place.span(), leaf) else { continue };
        let apart = |m: &DateMention| m.end <= mention.start || mention.end <= m.start;
        let says_less = |m: &DateMention| !m.year_given || m.value.len() < mention.value.len();
        mentions.retain(|m| apart(m) || !says_less(m));
        if mentions.iter().all(apart) {
            mentions.push(mention);
        }
    }
    mentions
}

/// The date of an element whose text shows the same day.
fn read(context: &Context<'_>, value: &str, at: Span, leaf: Span) -> Option<DateMention> {
    let moment = when::read(value).filter(|m| m.precision >= Precision::Day)?;
    let day = moment.value.get(..10)?.parse().ok()?;
    let cx = DateContext { reference: Some(day), lang: Some(context.language) };
    let shows = find_dates(context.doc.slice(at), &cx).iter().any(|d| d.value.get(..10) == moment.value.get(..10));
    shows.then(|| DateMention {
        precision: if moment.precision == Precision::Day { dates::Precision::Day } else { dates::Precision::Minute },
        value: moment.value,
        until: None,
        start: at.start - leaf.start,
        end: at.end - leaf.start,
        rule: "element/time",
        year_given: true,
        weekday_conflict: false,
    })
}
