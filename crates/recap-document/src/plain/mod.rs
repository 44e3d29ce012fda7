//! Plain text: what a post looks like once it was copied out of a page, or was written without mark-up.

mod headings;
mod labels;
mod line;
mod lists;
mod nominal;
mod tweets;

use crate::builder::Builder;
use crate::document::{BlockKind, Document, Format};
use headings::Role;
pub use line::columns as width_of;
use line::{Kind, Line};
use tweets::Tweet;

/// Reads text without mark-up: headings, lists, quotations and flattened posts by their looks.
///
/// All lines stay in their order; only decoration (`■`, bullets, underlines, `>`) is not part of the document text.
pub fn read(text: &str) -> Document {
    let mut builder = Builder::new();
    let (meta, event, body) = crate::front::split(text, &mut builder);
    let lines = line::lines(body);
    let tweets = tweets::find(&lines);
    let roles = headings::roles(&lines, &tweets);
    let spaced = headings::is_spaced(&lines);
    Writer { lines: &lines, roles: &roles, tweets: &tweets, spaced, builder: &mut builder }.write();
    let (text, blocks) = builder.finish_all();
    let records = event.into_iter().collect();
    let mut document = Document { format: Format::Plain, text, blocks, records, meta, ..Document::default() };
    crate::links::add_bare_links(&mut document);
    document
}

struct Writer<'a, 'b> {
    lines: &'a [Line<'a>],
    roles: &'a [Role],
    tweets: &'a [Tweet],
    spaced: bool,
    builder: &'b mut Builder,
}

impl Writer<'_, '_> {
    fn write(&mut self) {
        let mut at = 0;
        while at < self.lines.len() {
            at = self.block(at).max(at + 1);
        }
    }

    /// Writes the block that begins at a line; gives the line after it.
    fn block(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        match self.roles[at] {
            Role::Heading(level) => {
                self.builder.leaf(BlockKind::Heading(level), line.content());
                at + 1
            }
            Role::Underline => at + 1,
            Role::Post(number) => self.post(number),
            Role::Body => match line.kind {
                Kind::Blank => at + 1,
                Kind::Rule(_) => self.rule(at),
                Kind::Quoted(_) => self.quotation(at),
                Kind::Bullet(_) | Kind::Numbered(..) | Kind::Decorated(..) => lists::write(self.lines, self.roles, at, self.builder),
                Kind::Hash(..) | Kind::Text => self.paragraph(at),
            },
        }
    }

    fn rule(&mut self, at: usize) -> usize {
        // The line above a title that is underlined as well is no break.
        if self.roles.get(at + 2) != Some(&Role::Underline) {
            self.builder.start_leaf(BlockKind::Rule, Vec::new());
            self.builder.end_leaf();
        }
        at + 1
    }

    fn paragraph(&mut self, at: usize) -> usize {
        self.builder.start_leaf(BlockKind::Paragraph, Vec::new());
        self.builder.text(self.lines[at].text);
        let mut next = at + 1;
        while self.goes_on(next) {
            self.builder.line_break();
            self.builder.text(self.lines[next].text);
            next += 1;
        }
        self.builder.end_leaf();
        next
    }

    /// Whether a line continues the paragraph above it: always where empty lines part the paragraphs, else only where a sentence was
    /// plainly wrapped.
    fn goes_on(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        let text = self.roles[at] == Role::Body && line.kind == Kind::Text;
        let wrapped = || line.text.starts_with(|c: char| c.is_lowercase()) && !tweets::ends_sentence(self.lines[at - 1].text);
        text && (self.spaced || wrapped())
    }

    fn quotation(&mut self, at: usize) -> usize {
        self.builder.open(BlockKind::Quote, Vec::new());
        let mut next = at;
        while let Some(line) = self.lines.get(next).filter(|_| self.roles[next] == Role::Body) {
            let Kind::Quoted(content) = line.kind else { break };
            if content.is_empty() {
                self.builder.end_leaf();
            } else if self.builder.in_leaf() {
                self.builder.line_break();
            }
            self.builder.text(content);
            next += 1;
        }
        self.builder.close();
        next
    }

    /// A flattened post: text and signature in one paragraph, what stands behind the signature in a second one.
    fn post(&mut self, number: usize) -> usize {
        let tweet = &self.tweets[number];
        let signature = self.lines[tweet.signature].text;
        let (text, signature) = signature.split_at(line::signature_start(signature).unwrap_or(0));
        let class = if signature.contains(".bsky.") { "bluesky-embed" } else { "twitter-tweet" };
        self.builder.open(BlockKind::Quote, vec![("class".into(), class.to_owned())]);
        self.text_lines(tweet.before.clone());
        self.text_line(text);
        self.text_line(signature);
        self.builder.end_leaf();
        self.text_lines(tweet.signature + 1..tweet.end);
        self.builder.close();
        tweet.end
    }

    fn text_lines(&mut self, range: std::ops::Range<usize>) {
        for line in &self.lines[range] {
            self.text_line(line.text);
        }
    }

    fn text_line(&mut self, text: &str) {
        self.builder.line_break();
        self.builder.text(text);
    }
}

#[cfg(test)]
mod tests;
