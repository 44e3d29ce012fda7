//! The text of a rule, as its pack has it.

use std::fs;
use std::path::PathBuf;

use recap_rules::Rules;

/// The rule files of a run.
pub struct Packs {
    files: Vec<(String, String)>,
}

impl Packs {
    /// The user's files and the built-in ones.
    pub fn new(user: &[PathBuf]) -> Self {
        let own = user.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap_or_default()));
        let builtin = Rules::builtin_packs().iter().map(|(name, text)| (format!("rules/{name}.toml"), (*text).to_owned()));
        Self { files: own.chain(builtin).collect() }
    }

    /// The file and the text of a rule; none for what the program itself does.
    pub fn find(&self, id: &str) -> Option<(&str, String)> {
        self.files.iter().find_map(|(file, text)| Some((file.as_str(), block(text, id)?)))
    }
}

/// The `[[rule]]` with an id.
fn block(text: &str, id: &str) -> Option<String> {
    let blocks = text.split("[[rule]]").skip(1);
    let wanted = format!("{id:?}");
    let has_id = |block: &&str| {
        block.lines().any(|line| line.strip_prefix("id").is_some_and(|rest| rest.trim_start().trim_start_matches('=').trim() == wanted))
    };
    blocks.into_iter().find(has_id).map(|block| format!("[[rule]]{}", own_lines(block)))
}

/// Without the comments that lead to the next rule and without another table.
fn own_lines(block: &str) -> String {
    let mut lines: Vec<&str> = block.lines().take_while(|line| !line.starts_with("[") || line.starts_with("[[")).collect();
    while lines.last().is_some_and(|line| line.trim().is_empty() || line.starts_with('#')) {
        lines.pop();
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_by_its_id() {
        let text = "[[rule]]\nid = \"a/b\"\nmatch = 'x'\n\n# Next.\n[[rule]]\nid = \"a/bc\"\n";
        assert_eq!(block(text, "a/b").as_deref(), Some("[[rule]]\nid = \"a/b\"\nmatch = 'x'"));
        assert_eq!(block(text, "a/bc").as_deref(), Some("[[rule]]\nid = \"a/bc\""));
        assert_eq!(block(text, "a"), None);
    }
}
