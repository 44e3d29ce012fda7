//! Markdown (CommonMark): a clean recap post with its sources, ready to publish.
//!
//! Values are escaped, so that nothing a source said turns into markup, a heading or a link.

use recap_model::{Post, Recap, Talk};

use crate::words::{self, Words};
use crate::{Error, Export, Settings, view};

/// A post per event.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        export.file(&recap.id, "md", post(recap, words::of(recap, settings)));
    }
    Ok(export)
}

fn post(recap: &Recap, words: &Words) -> String {
    let mut out = Out(String::new());
    out.block(&format!("# {}", escaped(&view::name(recap))));
    facts(&mut out, recap, words);
    if !recap.talks.is_empty() {
        out.block(&format!("## {}", words.talks));
        recap.talks.iter().for_each(|t| talk(&mut out, recap, t, words));
    }
    let open = recap.questions.iter().filter(|q| q.talk.as_ref().is_none_or(|id| !recap.talks.iter().any(|t| t.id == *id)));
    questions(&mut out, open, words);
    if recap.posts.iter().any(|p| p.text.is_some()) {
        out.block(&format!("## {}", words.posts));
        recap.posts.iter().for_each(|p| quoted(&mut out, p));
    }
    next(&mut out, recap, words);
    sources(&mut out, recap, words);
    out.0
}

fn facts(out: &mut Out, recap: &Recap, words: &Words) {
    let event = &recap.event;
    let range = |start: &String| event.end.as_ref().map_or(start.clone(), |end| format!("{start} – {end}")).replace('T', " ");
    out.item(words.date, event.start.as_ref().map(range).as_deref().map(escaped));
    let place: Vec<String> = [&event.venue.name, &event.venue.address].into_iter().flatten().map(|p| escaped(p)).collect();
    out.item(words.venue, Some(place.join(words.between)).filter(|p| !p.is_empty()));
    event.urls.iter().for_each(|url| out.item(words.pages, Some(link(url))));
    let tags: Vec<String> = event.hashtags.iter().map(|t| escaped(&format!("#{t}"))).collect();
    out.item(words.hashtags, Some(tags.join(" ")).filter(|t| !t.is_empty()));
    out.end_list();
}

fn talk(out: &mut Out, recap: &Recap, talk: &Talk, words: &Words) {
    let who = view::speaker_names(recap, talk).join(words.between);
    let kind = words.kind(talk.kind).map_or(String::new(), |kind| format!("{kind}: "));
    let title = talk.title.as_deref().unwrap_or(&who);
    out.block(&format!("### {}{}", kind, escaped(title)));
    if talk.title.is_some() && !who.is_empty() {
        out.block(&escaped(&who));
    }
    if let Some(summary) = &talk.summary {
        out.block(&escaped(summary));
    }
    talk.slides.iter().for_each(|url| out.item(words.slides, Some(link(url))));
    talk.videos.iter().for_each(|url| out.item(words.video, Some(link(url))));
    out.end_list();
    for answer in recap.questions.iter().filter(|q| q.talk.as_ref() == Some(&talk.id)) {
        question(out, &answer.question, answer.answer.as_deref());
    }
}

fn questions<'r>(out: &mut Out, questions: impl Iterator<Item = &'r recap_model::Answer>, words: &Words) {
    for (n, answer) in questions.enumerate() {
        if n == 0 {
            out.block(&format!("## {}", words.questions));
        }
        question(out, &answer.question, answer.answer.as_deref());
    }
}

fn question(out: &mut Out, question: &str, answer: Option<&str>) {
    out.block(&format!("**Q.** {}", escaped(question)));
    if let Some(answer) = answer {
        out.block(&format!("**A.** {}", escaped(answer)));
    }
}

fn quoted(out: &mut Out, post: &Post) {
    let Some(text) = &post.text else { return };
    let lines: Vec<String> = text.lines().map(|line| format!("> {}", escaped(line))).collect();
    let author = &post.author;
    let handle = author.handle.as_ref().map(|h| format!("@{h}"));
    let name: Vec<String> = [author.name.clone(), handle].into_iter().flatten().map(|n| escaped(&n)).collect();
    let day = post.posted_at.as_deref().and_then(|d| d.get(..10)).unwrap_or_default();
    let address = post.url.as_deref().map_or(String::new(), |url| format!(" {}", link(url)));
    out.block(&format!("{}\n>\n> — {} {day}{address}", lines.join("\n"), name.join(" ")));
}

fn next(out: &mut Out, recap: &Recap, words: &Words) {
    if recap.next_events.is_empty() {
        return;
    }
    out.block(&format!("## {}", words.next));
    for event in &recap.next_events {
        let parts = [event.date.as_deref().map(escaped), event.name.as_deref().map(escaped), event.url.as_deref().map(link)];
        out.line(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    out.end_list();
}

fn sources(out: &mut Out, recap: &Recap, words: &Words) {
    out.block(&format!("## {}", words.sources));
    for source in &recap.sources {
        let title = source.title.as_deref().or(source.path.as_deref()).map(escaped);
        out.line(&[title, source.url.as_deref().map(link)].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    out.end_list();
}

/// Blocks with an empty line behind each.
struct Out(String);

impl Out {
    fn block(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push_str("\n\n");
    }

    fn line(&mut self, text: &str) {
        self.0.push_str(&format!("- {text}\n"));
    }

    fn item(&mut self, label: &str, value: Option<String>) {
        if let Some(value) = value {
            self.line(&format!("{label}: {value}"));
        }
    }

    fn end_list(&mut self) {
        if !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }
}

/// An address as an autolink where it may be followed, else as text.
fn link(url: &str) -> String {
    let whole = !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'));
    match view::safe(url).filter(|_| whole) {
        Some(url) => format!("<{url}>"),
        None => escaped(url),
    }
}

/// Text on one line whose ASCII punctuation that means something to CommonMark stands behind a backslash.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || c == '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    // `1.`, `-` and `+` open a list at a line's start only.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    } else if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}
