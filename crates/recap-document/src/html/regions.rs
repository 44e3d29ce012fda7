//! Which parts of a page are content, by element and by the words in `class`, `id` and `role`.

use crate::document::Region;

/// Words in class names and ids that tell what a division is for, whole or between hyphens.
const WORDS: &[(&str, Region)] = &[
    ("comments", Region::Comments),
    ("commentlist", Region::Comments),
    ("comment-list", Region::Comments),
    ("comment-box", Region::Comments),
    ("disqus_thread", Region::Comments),
    ("respond", Region::Comments),
    ("sidebar", Region::Aside),
    ("widget", Region::Aside),
    ("widget-area", Region::Aside),
    ("related", Region::Aside),
    ("related-posts", Region::Aside),
    ("recommend", Region::Aside),
    ("advertisement", Region::Aside),
    ("social-buttons", Region::Aside),
    ("share", Region::Aside),
    ("sharedaddy", Region::Aside),
    ("sns", Region::Aside),
    ("breadcrumb", Region::Nav),
    ("breadcrumbs", Region::Nav),
    ("pager", Region::Nav),
    ("pagination", Region::Nav),
    ("navbar", Region::Nav),
    ("navigation", Region::Nav),
    ("global-nav", Region::Nav),
    ("menu", Region::Nav),
    ("toc", Region::Nav),
    ("table-of-contents", Region::Nav),
    ("site-header", Region::Chrome),
    ("site-footer", Region::Chrome),
    ("page-header", Region::Chrome),
    ("page-footer", Region::Chrome),
    ("footer", Region::Chrome),
    ("masthead", Region::Chrome),
    ("copyright", Region::Chrome),
    ("cookie-banner", Region::Chrome),
];

/// The region that an element starts, if it is one that matters.
pub fn region_of(name: &str, class: Option<&str>, id: Option<&str>, role: Option<&str>) -> Option<Region> {
    let by_role = match role {
        Some("navigation") => Some(Region::Nav),
        Some("main") => Some(Region::Main),
        Some("complementary") => Some(Region::Aside),
        Some("banner" | "contentinfo") => Some(Region::Chrome),
        _ => None,
    };
    let by_name = match name {
        "nav" => Some(Region::Nav),
        "aside" => Some(Region::Aside),
        "main" | "article" => Some(Region::Main),
        "footer" => Some(Region::Chrome),
        _ => None,
    };
    by_role.or(by_name).or_else(|| if name == "body" { None } else { by_words(class, id) })
}

fn by_words(class: Option<&str>, id: Option<&str>) -> Option<Region> {
    let tokens = || class.into_iter().chain(id).flat_map(str::split_ascii_whitespace);
    WORDS.iter().find(|(word, _)| tokens().any(|token| token.eq_ignore_ascii_case(word))).map(|(_, region)| *region)
}
