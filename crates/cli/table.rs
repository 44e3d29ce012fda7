//! Tables, cards and small charts on a terminal: widths that are right for Japanese, and nothing that steers the terminal.

use std::io::{self, IsTerminal as _};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Where text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns; none where stdout is no terminal.
    pub columns: Option<usize>,
    /// Whether bold and links may be used.
    pub styled: bool,
}

/// Columns where the terminal does not tell.
const COLUMNS: usize = 80;

impl Screen {
    /// What stdout is. `NO_COLOR` and terminals that are called dumb get plain text.
    pub fn stdout() -> Self {
        if !io::stdout().is_terminal() {
            return Self { columns: None, styled: false };
        }
        let columns = terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0));
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        Self { columns: Some(columns.max(20)), styled: !set("NO_COLOR") && !dumb }
    }

    /// Bold, where it may be.
    pub fn bold(self, text: &str) -> String {
        let text = plain(text);
        if self.styled { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text }
    }

    /// A link (OSC 8) where it may be, else the text alone.
    pub fn link(self, text: &str, url: &str) -> String {
        let text = plain(text);
        let good = url.bytes().all(|b| b.is_ascii_graphic()) && recap_export::view::safe(url).is_some();
        if self.styled && good { format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\") } else { text }
    }

    /// Rows as lines: columns in line and cut to the terminal's width, or separated by tabs for programs.
    pub fn table(self, rows: &[Vec<String>]) -> String {
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
        let Some(columns) = self.columns else {
            return rows.iter().map(|row| row.join("\t") + "\n").collect();
        };
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count).map(|at| widest(at).min(columns / 2)).collect();
        rows.iter().map(|row| line(row, &widths, columns)).collect()
    }
}

fn line(row: &[String], widths: &[usize], columns: usize) -> String {
    let mut out = String::new();
    let last = row.len().saturating_sub(1);
    for (at, cell) in row.iter().enumerate() {
        let left = columns.saturating_sub(out.width());
        let width = widths.get(at).copied().unwrap_or(left).min(left);
        if at == last {
            out.push_str(&cut(cell, left));
        } else {
            let cell = cut(cell, width);
            out.push_str(&cell);
            out.push_str(&" ".repeat((width - cell.width().min(width) + 2).min(left)));
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// The text in at most so many columns, `…` where more would follow.
pub fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let within = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= columns
    });
    within.chain((columns > 0).then_some('…')).collect()
}

/// A text of one line; what would steer the terminal or turn its direction is shown instead.
pub fn plain(text: &str) -> String {
    recap_text::visible(&text.replace(['\n', '\t', '\r'], " ")).into_owned()
}

/// A bar of at most so many columns for a number, in eighths of a column.
pub fn bar(number: usize, most: usize, columns: usize) -> String {
    let eighths = (number * columns * 8).div_ceil(most.max(1));
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or_default();
    "█".repeat(eighths / 8) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Screen = Screen { columns: Some(30), styled: true };
    const PIPE: Screen = Screen { columns: None, styled: false };

    #[test]
    fn columns_are_in_line_for_wide_characters_too() {
        let rows = [vec!["勉強会".to_owned(), "あ".repeat(30)], vec!["ab".to_owned(), "c".to_owned()]];
        assert_eq!(TERMINAL.table(&rows), format!("勉強会  {}…\nab      c\n", "あ".repeat(10)));
        assert_eq!(PIPE.table(&rows), format!("勉強会\t{}\nab\tc\n", "あ".repeat(30)));
    }

    #[test]
    fn values_do_not_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}]0;x\u{7}\nb\u{202e}c"), "a\\u{1b}]0;x\\u{7} b\\u{202e}c");
        assert_eq!(TERMINAL.link("a\u{1b}b", "javascript:x"), "a\\u{1b}b");
        assert_eq!(TERMINAL.link("a", "https://e.example/\u{1b}\\x"), "a");
        assert_eq!(TERMINAL.link("a", "https://e.example/"), "\u{1b}]8;;https://e.example/\u{1b}\\a\u{1b}]8;;\u{1b}\\");
        assert_eq!(PIPE.link("a", "https://e.example/"), "a");
    }

    #[test]
    fn bars_grow_in_eighths() {
        assert_eq!((bar(0, 8, 2), bar(1, 16, 2), bar(16, 16, 2)), (String::new(), "▏".to_owned(), "██".to_owned()));
    }
}
