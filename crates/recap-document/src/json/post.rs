//! What all posts share: authors, the text behind markup, dates of APIs.

use std::sync::LazyLock;

use regex::Regex;

use crate::data::draft::{Draft, derived};
use crate::data::node::Node;
use crate::document::{Field, Place, Span};
use crate::html::tokens;
use crate::html::tree::{Tree, TreeBuilder};

/// An empty post.
pub fn draft(vocabulary: &str) -> Draft {
    Draft::new(vocabulary, "SocialMediaPosting")
}

/// `Sun Oct 24 03:46:25 +0000 2010` as `2010-10-24T03:46:25+00:00` (Twitter API 1.1); anything else as it is.
pub fn twitter_date(field: &Field) -> Field {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    static FORM: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})$").ok());
    let found = FORM.as_ref().and_then(|form| form.captures(field.value.trim()));
    let iso = found.and_then(|f| {
        let month = MONTHS.find(&f[1]).filter(|at| at % 3 == 0)? / 3 + 1;
        Some(format!("{}-{month:02}-{}T{}{}:{}", &f[6], &f[2], &f[3], &f[4], &f[5]))
    });
    iso.map_or_else(|| field.clone(), |iso| derived(iso, field, "created_at"))
}

/// Seconds or milliseconds since 1970 as UTC; anything else as it is.
pub fn epoch_date(field: &Field) -> Field {
    let number = field.value.trim().parse::<i64>().ok().filter(|n| *n > 10_000_000);
    let seconds = number.map(|n| if n > 100_000_000_000 { n / 1000 } else { n }).filter(|s| *s < 20_000_000_000);
    seconds.map_or_else(|| field.clone(), |seconds| derived(utc(seconds), field, "epoch"))
}

/// The civil date of seconds since 1970, proleptic Gregorian calendar.
fn utc(seconds: i64) -> String {
    let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let era_days = days + 719_468;
    let (era, day_of_era) = (era_days.div_euclid(146_097), era_days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}+00:00", time / 3600, time / 60 % 60, time % 60)
}

/// Adds author, with address made of the handle by `profile`.
pub fn author(draft: &mut Draft, user: Option<&Node>, profile: fn(&str) -> String) {
    let Some(user) = user else { return };
    let handle = user.field("screen_name").or_else(|| user.field("username")).or_else(|| user.field("handle"));
    draft.put("author.name", user.field("name").or_else(|| user.field("displayName")).cloned());
    draft.put("author.alternateName", handle.cloned());
    draft.put("author.url", handle.map(|h| derived(profile(&h.value), h, "author/url")));
    draft.put("author.identifier", user.field("id_str").or_else(|| user.field("id")).or_else(|| user.field("did")).cloned());
}

/// Twitter's address of a profile.
pub fn twitter_profile(handle: &str) -> String {
    format!("https://twitter.com/{handle}")
}

/// Adds id and address of a tweet; the address needs its author.
pub fn tweet_identity(draft: &mut Draft, id: Option<&Field>, handle: Option<&str>) {
    draft.put("identifier", id.cloned());
    if let (Some(id), Some(handle)) = (id, handle) {
        draft.put("url", Some(derived(format!("https://twitter.com/{handle}/status/{}", id.value), id, "id")));
    }
}

/// A text whose `&amp;`, `&lt;`, `&gt;` are decoded (Twitter escapes these and no others).
pub fn decoded(field: &Field, name: &str) -> Field {
    if !field.value.contains('&') {
        return field.clone();
    }
    derived(field.value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), field, name)
}

/// Adds hashtags, mentions and addresses that stand in the text, for posts whose data does not list them.
pub fn tags_in_text(draft: &mut Draft) {
    let Some(text) = draft.record().text("text").cloned() else { return };
    let found = recap_text::entities::find_entities(&text.value);
    // The mark before the word is no part of the value.
    let word = |start: usize, end: usize| {
        let mark = text.value.get(start..end)?.chars().next()?;
        part(&text, start + mark.len_utf8(), end)
    };
    let listed = (draft.has("keywords"), draft.has("mentions"), draft.has("citation"));
    found.hashtags.iter().filter(|_| !listed.0).for_each(|tag| draft.put("keywords", word(tag.start, tag.end)));
    found.mentions.iter().filter(|_| !listed.1).for_each(|user| draft.put("mentions", word(user.start, user.end)));
    let urls = found.urls.iter().filter(|u| !listed.2 && u.url.contains("://"));
    urls.for_each(|url| draft.put("citation", part(&text, url.start, url.end)));
}

/// A part of a field's value without white space around it; it stands in the document text where the whole does.
pub fn part(field: &Field, start: usize, end: usize) -> Option<Field> {
    let slice = field.value.get(start..end)?;
    let start = start + slice.len() - slice.trim_start().len();
    let value = slice.trim();
    let place = match &field.place {
        Place::Text(span) => Place::Text(Span::new(span.start + start, span.start + start + value.len())),
        other => other.clone(),
    };
    (!value.is_empty()).then(|| Field { value: value.to_owned(), place })
}

/// The element tree of a markup value.
pub fn tree(markup: &str) -> Tree {
    tokens::feed(TreeBuilder::default(), markup).finish()
}

/// Adds what the links of a post's markup are (Mastodon and its like mark them by class): tags, mentions, other addresses.
pub fn links_of(draft: &mut Draft, markup: &str, place: &Field) {
    let tree = tree(markup);
    for node in (0..tree.nodes.len()).filter(|&i| tree.name(i) == "a").take(200) {
        let text = tree.inner_text(node);
        let link = tree.attr(node, "href").filter(|url| url.starts_with("http"));
        let made = |value: &str| Some(derived(value, place, "content/@href"));
        match text.trim().chars().next() {
            Some('#' | '＃') if !draft.has("keywords") || tree.has_class(node, "hashtag") => {
                draft.put("keywords", made(text.trim().trim_start_matches(['#', '＃'])));
            }
            Some('@') => draft.put("mentions", made(text.trim().trim_start_matches('@'))),
            _ => draft.put("citation", link.and_then(made)),
        }
    }
}
