//! What counts as the same text, URL, handle or date.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use url::Url;

/// Texts are compared up to this many characters, so that the distance stays cheap.
const LONGEST: usize = 400;

/// Query parameters that say where a link was clicked, not where it leads.
const TRACKING: [&str; 8] = ["ref_src", "ref_url", "s", "t", "feature", "si", "fbclid", "gclid"];

/// Folds a text for comparison: NFKC, lower case, only letters, digits, marks, `+` and `#` (C++ and C# stay apart).
pub fn fold(text: &str) -> String {
    let lower = text.nfkc().flat_map(char::to_lowercase);
    // Marks are neither letters nor digits, but a dakuten or an accent tells two words apart.
    lower.filter(|&c| c.is_alphanumeric() || matches!(c, '+' | '#') || is_combining_mark(c)).collect()
}

/// Likeness of two texts after [`fold`]: 0.0 (nothing in common, or one is empty) to 1.0 (equal).
///
/// Twice the number of characters that an optimal alignment keeps, by the sum of both lengths.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (folded_chars(a), folded_chars(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let longer = a.len().max(b.len());
    let kept = longer - strsim::generic_levenshtein(&a, &b).min(longer);
    2.0 * kept as f64 / (a.len() + b.len()) as f64
}

fn folded_chars(text: &str) -> Vec<char> {
    fold(text).chars().take(LONGEST).collect()
}

/// The highest likeness of any spelling on one side and any on the other.
pub(crate) fn best(gold: &[String], pred: &[String]) -> f64 {
    let pairs = gold.iter().flat_map(|g| pred.iter().map(move |p| likeness(g, p)));
    pairs.fold(0.0, f64::max)
}

/// A handle without `@` before it and host behind it, lower case; `None` where nothing is left.
pub(crate) fn handle_key(handle: &str) -> Option<String> {
    let name = handle.trim().trim_start_matches('@').split('@').next()?;
    (!name.is_empty()).then(|| name.to_lowercase())
}

/// A hashtag without `#`, width and case folded.
pub(crate) fn tag_key(tag: &str) -> Option<String> {
    let folded: String = tag.nfkc().flat_map(char::to_lowercase).collect();
    let name = folded.trim().trim_start_matches('#');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The day (`YYYY-MM-DD`) of an ISO 8601 date or date-time.
pub(crate) fn day(date: &str) -> Option<String> {
    let day: String = date.chars().take(10).collect();
    (!day.is_empty()).then_some(day)
}

/// What two URLs that lead to the same page share: no scheme, no `www.`, no tracking, one spelling for YouTube and X.
pub(crate) fn url_key(url: &str) -> Option<String> {
    let url = url.trim();
    if url.is_empty() {
        return None;
    }
    let whole = match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None if url.contains("//") => url.to_owned(),
        None => format!("https://{url}"),
    };
    let Some(parsed) = Url::parse(&whole).ok().filter(Url::has_host) else {
        return Some(url.trim_end_matches('/').to_owned());
    };
    let (host, path) = (site(parsed.host_str().unwrap_or_default()), percent_decode_str(parsed.path()).decode_utf8_lossy());
    let path = path.trim_end_matches('/');
    if let Some(video) = (host == "youtube.com").then(|| youtube_id(&parsed, path)).flatten() {
        return Some(format!("youtube.com/watch?v={video}"));
    }
    // The player's address carries only display options behind the id.
    let player = host == "speakerdeck.com" && path.starts_with("/player/");
    let query = if player { String::new() } else { significant_query(&parsed) };
    Some(format!("{host}{path}{query}"))
}

fn site(host: &str) -> String {
    let bare = ["www.", "mobile.", "m."].iter().fold(host, |h, prefix| h.strip_prefix(prefix).unwrap_or(h));
    match bare {
        "x.com" => "twitter.com".to_owned(),
        "youtu.be" | "youtube-nocookie.com" => "youtube.com".to_owned(),
        _ => bare.to_owned(),
    }
}

fn youtube_id(url: &Url, path: &str) -> Option<String> {
    let named = url.query_pairs().find(|(k, _)| k == "v").map(|(_, v)| v.into_owned());
    named.or_else(|| {
        let id = path.rsplit('/').next()?;
        let folder = path.strip_suffix(id)?;
        let known = matches!(folder, "/" | "/embed/" | "/live/" | "/shorts/" | "/v/");
        let shaped = id.len() == 11 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        (known && shaped).then(|| id.to_owned())
    })
}

fn significant_query(url: &Url) -> String {
    let mut pairs: Vec<String> = url
        .query_pairs()
        .filter(|(k, _)| !k.starts_with("utm_") && !TRACKING.contains(&k.as_ref()))
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    pairs.sort();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_punctuation_and_width_but_keeps_marks_plus_and_hash() {
        assert_eq!(fold("「Ｃ＋＋」と Go！"), "c++とgo");
        assert_ne!(fold("は"), fold("ば"));
        assert_ne!(fold("ハハ"), fold("パパ"));
    }

    #[test]
    fn likeness_of_a_longer_spelling() {
        assert_eq!(likeness("Ten Nets", "ten nets!"), 1.0);
        assert!(likeness("Mending nets with networkx", "Mending nets with networkx (beta)") > 0.85);
        assert!(likeness("Mending nets", "A garden of queues") < 0.5);
        assert_eq!(likeness("", "x"), 0.0);
    }

    #[test]
    fn one_video_has_one_key() {
        let key = Some("youtube.com/watch?v=a1b2c3d4e5f".to_owned());
        for url in [
            "https://youtu.be/a1b2c3d4e5f?t=12",
            "https://www.youtube.com/embed/a1b2c3d4e5f",
            "https://m.youtube.com/watch?v=a1b2c3d4e5f&feature=share",
            "//www.youtube-nocookie.com/embed/a1b2c3d4e5f",
        ] {
            assert_eq!(url_key(url), key, "{url}");
        }
    }

    #[test]
    fn scheme_slash_tracking_and_escapes_do_not_matter() {
        assert_eq!(url_key("http://x.com/a/status/1?s=20"), url_key("https://twitter.com/a/status/1/"));
        assert_eq!(url_key("https://example.org/%E4%BC%9A"), url_key("https://example.org/会"));
        assert_ne!(url_key("https://example.org/?id=1"), url_key("https://example.org/?id=2"));
        assert_eq!(url_key("at://did:plc:abc/post/1"), Some("at://did:plc:abc/post/1".to_owned()));
    }

    #[test]
    fn handles_tags_and_days() {
        assert_eq!(handle_key("@Neko@social.example"), Some("neko".to_owned()));
        assert_eq!(handle_key("@"), None);
        assert_eq!(tag_key("＃Ｇｏ"), Some("go".to_owned()));
        assert_eq!(day("2024-05-07T18:30"), Some("2024-05-07".to_owned()));
    }

    #[test]
    fn odd_escapes_do_not_panic() {
        assert_eq!(url_key("https://example.org/%zz%4"), Some("example.org/%zz%4".to_owned()));
        assert_eq!(url_key("https://example.org/%ff"), Some("example.org/\u{fffd}".to_owned()));
        assert_eq!(url_key(" "), None);
    }
}
