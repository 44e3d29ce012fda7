//! Questions that a speaker quotes in a post to answer them.

use recap_document::{BlockKind, Span};

use super::{Asked, Finder};

/// A post has at most so many bytes, its signature counted in.
const MAX_POST: usize = 2_000;

impl Finder<'_, '_> {
    /// Lines behind `>` in posts that say to answer.
    pub(super) fn in_posts(&self) -> Vec<Asked> {
        let doc = self.context.doc;
        let answering: Vec<_> =
            self.context.rules.of(recap_rules::Use::Answer, self.context.language).filter(|r| r.kind.as_deref() == Some("post")).collect();
        let mut asked = Vec::new();
        for block in doc.blocks.iter().filter(|b| b.kind == BlockKind::Quote && b.span.len() <= MAX_POST) {
            let text = self.text(block.span);
            if !text.contains(['>', '＞']) {
                continue;
            }
            let Some(rule) = answering.iter().find(|r| r.matches(text)) else { continue };
            let mut at = block.span.start;
            for line in text.split('\n') {
                if let Some(quoted) = line.strip_prefix(['>', '＞']) {
                    let span = self.trim(Span::new(at + line.len() - quoted.len(), at + line.len()));
                    asked.push(Asked { span, position: None, rule: rule.id.clone(), confidence: rule.confidence });
                }
                at += line.len() + 1;
            }
        }
        asked
    }
}
