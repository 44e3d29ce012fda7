//! Questions that need no mark, because of where they stand: items of a question time, and what is set off above its answer.

use std::ops::Range;

use recap_document::{BlockKind, MarkKind, Span};

use super::{Asked, Finder};

/// What is set off above its answer has at most so many bytes.
const MAX_SET_OFF: usize = 300;

/// An outermost item of a list.
struct Item {
    position: usize,
    block: usize,
    depth: usize,
}

impl Finder<'_, '_> {
    /// The outermost items of the lists in a range of leaves: those that ask, and those with answers below or behind them.
    pub(super) fn items(&self, range: Range<usize>, asked: &mut Vec<Asked>) {
        let doc = &self.context.doc;
        let items = self.outermost(range);
        let text = |item: &Item| self.text(self.trim(doc.blocks[self.context.leaves[item.position]].span));
        let more = |item: &Item| (item.block + 2..doc.blocks[item.block].next).any(|b| doc.blocks[b].kind == BlockKind::Paragraph);
        let asks = |item: &Item| self.asks(text(item));
        // A list of nothing but questions, most of which say so.
        let uniform = items.len() >= 3
            && !items.iter().any(|item| more(item) || self.answers(text(item)))
            && items.iter().filter(|item| asks(item)).count() * 3 >= items.len() * 2;
        for (nth, item) in items.iter().enumerate() {
            let leaf = &doc.blocks[self.context.leaves[item.position]];
            let whole = self.trim(leaf.span);
            // A bold question with its answer behind it.
            let strong = leaf.marks.iter().find(|m| m.kind == MarkKind::Strong && m.span.start == whole.start && m.span.len() >= 6);
            let span = strong.map_or_else(|| self.before_sign(whole, true), |mark| self.trim(mark.span));
            let behind = items.get(nth + 1).is_some_and(|next| self.answers(text(next)) && !self.answers(text(item)));
            let answered = more(item) || behind || span.len() < whole.len();
            let sure = self.asks(self.text(span));
            if self.answers(self.text(whole)) || !(answered || sure || uniform) {
                continue;
            }
            asked.push(self.found(self.unmarked(span), item.position, "question/item", if sure { 0.92 } else { 0.75 }));
        }
    }

    /// The outermost items of a panel's lists that end with a question mark.
    pub(super) fn asking_items(&self, range: Range<usize>, asked: &mut Vec<Asked>) {
        for item in self.outermost(range) {
            let span = self.before_answer(self.trim(self.context.doc.blocks[self.context.leaves[item.position]].span));
            if self.text(span).ends_with(['?', '？']) {
                asked.push(self.found(self.unmarked(span), item.position, "question/item", 0.75));
            }
        }
    }

    fn outermost(&self, range: Range<usize>) -> Vec<Item> {
        let doc = &self.context.doc;
        let depth = |leaf: usize| doc.ancestors(leaf).filter(|&a| doc.blocks[a].kind == BlockKind::Item).count();
        let mut firsts: Vec<Item> = range
            .filter_map(|position| {
                let leaf = *self.context.leaves.get(position)?;
                let block = doc.blocks[leaf].parent.filter(|&p| doc.blocks[p].kind == BlockKind::Item)?;
                // The first leaf of an item is its text.
                let first = block + 1 == leaf && doc.blocks[leaf].kind == BlockKind::Paragraph;
                first.then(|| Item { position, block, depth: depth(leaf) })
            })
            .collect();
        let top = firsts.iter().map(|item| item.depth).min().unwrap_or(0);
        firsts.retain(|item| item.depth == top && !self.defines(item.block));
        firsts
    }

    /// Whether an item is the definition of a term before it.
    fn defines(&self, item: usize) -> bool {
        self.context.doc.blocks[item].attrs.iter().any(|(name, value)| name == "role" && value == "definition")
    }

    /// What a question time sets off above its answer: a quotation, a bold line, a term, the line above an answer's mark.
    pub(super) fn answered(&self, range: Range<usize>, asked: &mut Vec<Asked>) {
        for position in range.clone() {
            let next = Some(position + 1).filter(|next| range.contains(next));
            asked.extend(self.above_mark(position));
            asked.extend(next.and_then(|next| self.set_off(position, next)));
        }
    }

    /// Lines of a paragraph with the mark of an answer below them.
    fn above_mark(&self, position: usize) -> Vec<Asked> {
        if self.context.doc.blocks[self.context.leaves[position]].kind != BlockKind::Paragraph {
            return Vec::new();
        }
        let first = self.lines.partition_point(|line| line.position < position);
        let lines = self.lines[first..].iter().take_while(|line| line.position == position);
        let lines: Vec<Span> = lines.map(|line| self.trim(line.span)).collect();
        let marked = |span: Span| self.answers(self.text(span));
        let pairs = lines.windows(2).filter(|pair| !marked(pair[0]) && marked(pair[1]));
        pairs.map(|pair| self.found(self.unmarked(pair[0]), position, "question/answered", 0.8)).collect()
    }

    /// A quotation, a bold line or a term, if the leaf behind it is none.
    fn set_off(&self, position: usize, next: usize) -> Option<Asked> {
        let leaf = self.context.leaves[position];
        let span = self.trim(self.context.doc.blocks[leaf].span);
        let text = self.text(span);
        let fits = !text.contains('\n') && span.len() <= MAX_SET_OFF && !text.ends_with([':', '：']) && !self.answers(text);
        (fits && self.is_set_off(leaf) && !self.is_set_off(self.context.leaves[next]))
            .then(|| self.found(self.unmarked(span), position, "question/set-off", 0.75))
    }

    fn is_set_off(&self, leaf: usize) -> bool {
        let doc = &self.context.doc;
        let block = &doc.blocks[leaf];
        let whole = self.trim(block.span);
        let strong = block.marks.iter().any(|m| m.kind == MarkKind::Strong && m.span.start <= whole.start && whole.end <= m.span.end);
        let parent = block.parent.map(|p| &doc.blocks[p]);
        let quoted = parent.is_some_and(|p| p.kind == BlockKind::Quote);
        let term = parent.is_some_and(|p| p.attrs.iter().any(|(name, value)| name == "role" && value == "term"));
        let in_item = parent.is_some_and(|p| p.kind == BlockKind::Item);
        block.kind == BlockKind::Paragraph && !whole.is_empty() && (quoted || term || (strong && !in_item))
    }
}
