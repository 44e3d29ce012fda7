//! Headings that are drawn, not marked up: `■ …`, `【…】`, bold lines. Where a page has no headings of its own, lines of one look
//! that each stand above running text are its headings.

use std::collections::{BTreeMap, HashSet};

use crate::document::{Block, BlockKind, Document, Mark, MarkKind, Region};

/// A heading has so many characters at most.
const MAX_HEADING: usize = 90;
/// Fewer lines of one look are no headings.
const LEAST: usize = 3;
/// Headings of its own that a page has above its drawn ones: the site's name and the title.
const MAX_ABOVE: usize = 2;
/// Looks that are told apart: the first one drawn is the highest level.
const MAX_LOOKS: usize = 4;
/// The look of bold lines.
const BOLD: char = '*';
/// Marks that people draw before a heading.
const ORNAMENTS: &str = "■□◆◇▼▽▲△●○◎★☆▶►◉▪◾";
/// Brackets that frame a whole heading.
const FRAMES: [(char, char); 6] = [('【', '】'), ('《', '》'), ('〈', '〉'), ('＜', '＞'), ('［', '］'), ('〔', '〕')];

/// Makes drawn headings headings.
pub fn promote(document: &mut Document) {
    let lines: Vec<(usize, char)> = (0..document.blocks.len()).filter_map(|b| Some((b, look(document, b)?))).collect();
    let mut looks: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for &(block, look) in &lines {
        looks.entry(look).or_default().push(block);
    }
    looks.retain(|_, blocks| are_headings(document, blocks));
    let mut order: Vec<(usize, char)> = looks.iter().map(|(look, blocks)| (blocks[0], *look)).collect();
    order.sort_unstable();
    for (level, (_, look)) in (2u8..).zip(order.into_iter().take(MAX_LOOKS)) {
        for &block in &looks[&look] {
            document.blocks[block].kind = BlockKind::Heading(level);
        }
    }
}

/// Whether lines of one look part the text: they differ, the page has no headings of its own beside and below them, and most have
/// running text below them.
fn are_headings(document: &Document, blocks: &[usize]) -> bool {
    let Some(&first) = blocks.first().filter(|_| blocks.len() >= LEAST) else { return false };
    let texts: HashSet<&str> = blocks.iter().map(|&b| document.text_of(b).trim()).collect();
    let own = |b: &usize| matches!(document.blocks[*b].kind, BlockKind::Heading(_)) && !is_furniture(document, *b);
    let above = (0..first).filter(own).take(MAX_ABOVE + 1).count();
    let alone = above <= MAX_ABOVE && !(first..document.blocks.len()).any(|b| own(&b));
    let running = |b: &&usize| {
        let next = **b + 1;
        document.blocks.get(next).is_some_and(|block| block.kind.is_leaf() || holds(block)) && blocks.binary_search(&next).is_err()
    };
    texts.len() * 5 >= blocks.len() * 4 && alone && blocks.iter().filter(running).count() * 3 >= blocks.len() * 2
}

/// Whether a block stands in a part of a page that is no content.
fn is_furniture(document: &Document, block: usize) -> bool {
    let aside =
        |b: usize| matches!(document.blocks[b].kind, BlockKind::Section(Region::Nav | Region::Aside | Region::Chrome | Region::Comments));
    document.ancestors(block).any(aside)
}

/// Whether a block holds text of its own kind: a list, a quotation, a table.
fn holds(block: &Block) -> bool {
    matches!(block.kind, BlockKind::List { .. } | BlockKind::Quote | BlockKind::Table)
}

/// How a paragraph is drawn as a heading, if it is: one short line with a sign before it, a frame around it, or all bold.
fn look(document: &Document, index: usize) -> Option<char> {
    let block = &document.blocks[index];
    let text = document.text_of(index).trim();
    let length = text.chars().take(MAX_HEADING + 1).count();
    let inner = |b: usize| matches!(document.blocks[b].kind, BlockKind::Item | BlockKind::Cell { .. } | BlockKind::Quote);
    if block.kind != BlockKind::Paragraph
        || !(2..=MAX_HEADING).contains(&length)
        || text.contains(['\n', '。'])
        || text.ends_with(['、', ':', '：', '！', '!', ','])
        || document.ancestors(index).any(inner)
    {
        return None;
    }
    let first = text.chars().next()?;
    if ORNAMENTS.contains(first) {
        return Some(first);
    }
    if let Some((open, close)) = FRAMES.iter().find(|(open, _)| *open == first) {
        return (text.ends_with(*close) && text.matches(*open).count() == 1).then_some(first);
    }
    let bold = |m: &Mark| m.kind == MarkKind::Strong && m.span.start <= block.span.start && m.span.len() >= text.len();
    block.marks.iter().any(bold).then_some(BOLD)
}

#[cfg(test)]
mod tests {
    use crate::{BlockKind, Hints, read};

    fn headings(text: &str) -> Vec<(u8, String)> {
        let hints = Hints { name: Some("page.md"), ..Hints::default() };
        let document = read(text.as_bytes(), &hints).unwrap_or_else(|e| panic!("{e}"));
        let level = |kind| if let BlockKind::Heading(level) = kind { Some(level) } else { None };
        (0..document.blocks.len()).filter_map(|b| Some((level(document.blocks[b].kind)?, document.text_of(b).to_owned()))).collect()
    }

    #[test]
    fn lines_of_one_look_above_running_text() {
        let text = "もふ会に行きました。\n\n■箱の話\n\n箱は青い。\n\n■庭の話\n\n庭は広い。\n\n■まとめ\n\nよい会でした。\n";
        assert_eq!(headings(text).iter().map(|h| h.0).collect::<Vec<_>>(), [2, 2, 2]);
        let bold = text.replace("■箱の話", "**箱の話**").replace("■庭の話", "**庭の話**").replace("■まとめ", "**まとめ**");
        assert_eq!(headings(&bold).len(), 3);
        let framed = text.replace("■箱の話", "【箱の話】").replace("■庭の話", "【庭の話】").replace("■まとめ", "【まとめ】");
        assert_eq!(headings(&framed).len(), 3);
    }

    #[test]
    fn no_headings() {
        let listed = "もふ会に行きました。\n\n■箱の話\n\n■庭の話\n\n■池の話\n\nよい会でした。\n";
        assert!(headings(listed).is_empty());
        let marked = "# もふ会\n\n## 発表\n\n■箱の話\n\n箱は青い。\n\n## 感想\n\n■庭の話\n\n庭は広い。\n\n■池の話\n\n池は深い。\n";
        assert_eq!(headings(marked).len(), 3);
        let same = "もふ会です。\n\n**質問**\n\n箱は青いですか\n\n**質問**\n\n庭は広いですか\n\n**質問**\n\n池は深いですか\n";
        assert!(headings(same).is_empty());
    }
}
