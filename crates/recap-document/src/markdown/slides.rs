//! Decks in Markdown (Marp, Slidev, remark, reveal.js): slides between `---`, each of which may open with settings of its own.

/// Keys of front matter that only decks have.
const DECK: &[&str] = &["marp", "paginate", "transition", "drawings", "colorschema", "mdc", "hideintoc", "highlighter", "aspectratio"];
/// Keys that decks have, and other documents too.
const PERHAPS: &[&str] = &["theme", "layout", "class", "background", "style", "footer", "header", "size", "fonts", "info"];
/// Fewer slides are a text with rules between its parts.
const LEAST: usize = 4;
/// Settings of one slide are not longer, in lines.
const MAX_HEAD: usize = 24;

/// The slides of a deck without their settings, told by the keys of its front matter; nothing where a text is no deck.
pub fn body<'k>(keys: impl Iterator<Item = &'k str>, text: &str) -> Option<String> {
    let (mut sure, mut perhaps) = (false, 0);
    for key in keys.map(str::to_ascii_lowercase) {
        let root = key.split('.').next().unwrap_or_default();
        sure |= DECK.contains(&root);
        perhaps += usize::from(PERHAPS.contains(&root));
    }
    let lines: Vec<&str> = text.lines().collect();
    let breaks = fences(&lines);
    let deck = (sure || perhaps >= 2) && breaks.len() >= LEAST;
    deck.then(|| without_heads(&lines, &breaks))
}

/// The lines that are `---`, outside of code.
fn fences(lines: &[&str]) -> Vec<usize> {
    let mut code = false;
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        code ^= line.trim_start().starts_with("```");
        if !code && line.trim_end() == "---" {
            found.push(i);
        }
    }
    found
}

/// Each break stands apart, so that no line above it becomes a heading; settings behind it are left out.
fn without_heads(lines: &[&str], breaks: &[usize]) -> String {
    let mut text = String::new();
    let mut from = 0;
    let mut next = breaks.iter().copied().peekable();
    while let Some(at) = next.next() {
        push(&mut text, &lines[from..at]);
        text.push_str("\n---\n\n");
        from = at + 1;
        if let Some(&end) = next.peek()
            && is_head(&lines[from..end])
        {
            from = end + 1;
            next.next();
        }
    }
    push(&mut text, lines.get(from..).unwrap_or_default());
    text
}

fn push(text: &mut String, lines: &[&str]) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}

/// Whether lines are settings: `key: value`, or values below a key.
fn is_head(lines: &[&str]) -> bool {
    let is_key = |line: &str| {
        let key = line.split_once(':').map_or("", |(key, _)| key);
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    let first = lines.first().is_some_and(|line| is_key(line));
    first
        && lines.len() <= MAX_HEAD
        && lines.iter().all(|line| is_key(line) || line.starts_with([' ', '\t', '#']) || line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn settings_of_slides_are_left_out() {
        let text = "# One\n---\nlayout: section\nclass: x\n---\n\n# Two\n\n---\n\nWords: more\nand more\n\n---\n\n# Four\n";
        let slides = body(["marp"].into_iter(), text).unwrap_or_default();
        assert!(!slides.contains("layout") && slides.contains("# Two") && slides.contains("Words: more"), "{slides}");
        assert_eq!(slides.matches("\n---\n").count(), 3);
    }

    #[test]
    fn a_text_with_rules_is_no_deck() {
        assert_eq!(body(["layout", "title"].into_iter(), "a\n\n---\n\nb\n\n---\n\nc\n\n---\n\nd\n\n---\n\ne\n"), None);
    }
}
