//! The series' own name with a higher number or year.

use recap_document::Span;

use super::Finder;
use crate::drafts::NextDraft;

/// A name this short (bytes) stands in too many words.
const MIN_SERIES: usize = 4;

impl Finder<'_, '_> {
    /// Mentions of a later edition in the second half of the document, one for each number.
    pub(super) fn later_editions(&self) -> Vec<NextDraft> {
        let (Some(series), Some(edition)) = (&self.event.series, &self.event.edition) else { return Vec::new() };
        let Ok(edition) = edition.value.parse::<u32>() else { return Vec::new() };
        let name = series.value.trim();
        if name.len() < MIN_SERIES {
            return Vec::new();
        }
        let mut drafts: Vec<NextDraft> = Vec::new();
        for &leaf in self.context.leaves.iter().skip(self.context.leaves.len() / 2) {
            let at = self.context.doc.blocks[leaf].span.start;
            let text = self.context.text(leaf);
            for (start, _) in text.match_indices(name) {
                let Some((number, end)) = number_behind(text, start + name.len()) else { continue };
                if number <= edition || number > edition + 5 || (edition >= 1900) != (number >= 1900) {
                    continue;
                }
                let span = Span::new(at + start, at + end);
                drafts.push(self.edition(span, Span::new(at + start, at + text.len())));
            }
        }
        drafts
    }

    fn edition(&self, span: Span, rest: Span) -> NextDraft {
        let line_end = self.text(rest).find(['\n', '。']).map_or(rest.end, |at| rest.start + at);
        let line = Span::new(span.start, line_end.max(span.end));
        let date = self.date(line).map(|d| {
            let place = Span::new(line.start + d.start, line.start + d.end);
            crate::finding::Found::new(
                d.value.clone(),
                crate::finding::Proof::text(place, &format!("date/{}", d.rule), recap_model::Method::Normalised, 0.8),
            )
        });
        NextDraft { name: Some(self.verbatim(span, "next/later-edition", 0.8)), date, url: self.event_link(line), span: line }
    }
}

/// A number right behind a name, with or without a sign between.
fn number_behind(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let digits = rest.trim_start_matches([' ', '#', '＃', '\u{3000}']);
    let lead = rest.len() - digits.len();
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    (lead <= 6 && (1..=4).contains(&len)).then_some(())?;
    Some((digits[..len].parse().ok()?, at + lead + len))
}
