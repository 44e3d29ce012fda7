//! Templates to HTML.

use std::fmt::Write as _;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

use crate::words::Language;
use crate::{Settings, paths};

/// Templates by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../templates/base.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("home.html", include_str!("../templates/home.html")),
    ("events.html", include_str!("../templates/events.html")),
    ("groups.html", include_str!("../templates/groups.html")),
    ("people.html", include_str!("../templates/people.html")),
    ("event.html", include_str!("../templates/event.html")),
    ("talk.html", include_str!("../templates/talk.html")),
    ("person.html", include_str!("../templates/person.html")),
    ("evidence.html", include_str!("../templates/evidence.html")),
    ("source.html", include_str!("../templates/source.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("review.html", include_str!("../templates/review.html")),
    ("message.html", include_str!("../templates/message.html")),
];

/// Makes HTML of views.
pub struct Renderer {
    environment: Environment<'static>,
    words: [Value; 2],
    site: Value,
    /// The root as the page of errors names it, which is shown at any address.
    anywhere: String,
}

/// What every page has besides its view.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'f> {
    /// Path from the site's root.
    pub path: &'f str,
    /// The page's own title.
    pub title: &'f str,
    /// Which template.
    pub template: &'f str,
    /// Number of this page of a list, and of how many.
    pub page: (usize, usize),
}

/// A page that could not be made; a fault of a template.
#[derive(Debug, thiserror::Error)]
#[error("page {path}: {message}")]
pub struct RenderError {
    path: String,
    message: String,
}

#[derive(Serialize)]
struct Site<'s> {
    title: &'s str,
    base_url: Option<&'s str>,
    noindex: bool,
    live: bool,
    pagefind: bool,
    token: Option<&'s str>,
}

impl Renderer {
    /// A renderer for a site.
    ///
    /// # Panics
    /// Never: the templates are part of the program and a test renders them all.
    pub fn new(settings: &Settings) -> Self {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(write_escaped);
        environment.add_filter("name", |text: &str| paths::name(text));
        environment.add_filter("path", |path: &str| paths::encoded(path));
        for (name, source) in TEMPLATES {
            // A template that does not parse is missing then, which every page that needs it tells.
            let _ = environment.add_template(name, source);
        }
        let site = Site {
            title: &settings.title,
            base_url: settings.base_url.as_deref().map(|base| base.trim_end_matches('/')),
            noindex: settings.noindex,
            live: settings.live,
            pagefind: settings.pagefind,
            token: settings.token.as_deref(),
        };
        let words = [Language::En, Language::Ja].map(|language| Value::from(Serde(language.words())));
        let anywhere = site.base_url.map_or_else(|| if site.live { "/".to_owned() } else { String::new() }, |base| format!("{base}/"));
        Self { environment, words, site: Value::from(Serde(site)), anywhere }
    }

    /// A page.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn page(&self, language: Language, frame: Frame<'_>, view: impl Serialize) -> Result<String, RenderError> {
        let context = minijinja::context! {
            site => self.site.clone(),
            w => self.words[usize::from(language == Language::Ja)].clone(),
            lang => language.tag(),
            root => if frame.path == "404.html" { self.anywhere.clone() } else { paths::up(frame.path) },
            path => frame.path,
            title => frame.title.chars().take(200).collect::<String>(),
            page => frame.page.0,
            pages => frame.page.1,
            stem => paths::parse(frame.path).map_or("", |(stem, _)| stem),
            view => Value::from(Serde(view)),
        };
        let wrong = |error: Error| RenderError { path: frame.path.to_owned(), message: format!("{error:#}") };
        self.environment.get_template(frame.template).map_err(wrong)?.render(context).map_err(wrong)
    }
}

/// Writes a value as text of HTML or of an attribute in quotes. Characters that would turn the direction of what stands
/// around them, and control characters, are shown by their numbers.
fn write_escaped(out: &mut Output<'_>, _state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "a value is missing"));
    }
    let written = match value.as_str() {
        Some(text) if value.is_safe() || text.bytes().all(is_harmless) => out.write_str(text),
        Some(text) => out.write_str(&escaped(text)),
        None => out.write_str(&escaped(&value.to_string())),
    };
    written.map_err(Error::from)
}

/// Whether a byte is of no character that is escaped; 0xc2 and 0xe2 begin some that are.
fn is_harmless(byte: u8) -> bool {
    byte >= 0x20 && !matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'' | 0x7f | 0xc2 | 0xe2)
}

/// A text for HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<a href=\"x\" on='y'>&"), "&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;");
        assert_eq!(escaped("a\u{202e}b\u{0}"), "a⟨U+202E⟩b⟨U+0000⟩");
        for c in '\0'..='\u{ffff}' {
            let text = c.to_string();
            assert!(escaped(&text) == text || !text.bytes().all(is_harmless), "{:x}", u32::from(c));
        }
    }
}
