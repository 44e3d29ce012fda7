//! Pages of any size, made of the fixtures, and as many pages as asked for.

mod nights;

use std::fs;
use std::path::{Path, PathBuf};

/// The fixtures' inputs with an extension, by name.
pub fn fixtures(extension: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let folders = fs::read_dir(root).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = folders.map(|folder| folder.path().join(format!("input.{extension}"))).filter(|p| p.exists()).collect();
    paths.sort();
    // Files in other encodings than UTF-8 are left out: both sides shall read the same text.
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

/// One page with the head of the first page and the bodies of all, `times` over.
pub fn html(times: usize) -> String {
    let pages = fixtures("html");
    let head = pages.first().and_then(|p| p.split_once("<body")).map_or("<!DOCTYPE html><html><head></head>", |(head, _)| head);
    let bodies: String = pages.iter().filter_map(|page| body(page)).collect();
    format!("{head}<body>{}</body></html>", bodies.repeat(times))
}

fn body(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<body")?;
    let (_, content) = rest.split_once('>')?;
    Some(content.rsplit_once("</body").map_or(content, |(content, _)| content))
}

/// One Markdown file with the front matter of the first file and the texts of all, `times` over.
pub fn markdown(times: usize) -> String {
    let files = fixtures("md");
    let texts: String = files.iter().map(|file| format!("{}\n\n", without_front_matter(file))).collect();
    let front = files.first().map_or("", |file| file.strip_suffix(without_front_matter(file)).unwrap_or_default());
    format!("{front}{}", texts.repeat(times))
}

fn without_front_matter(file: &str) -> &str {
    let fence = ["---\n", "+++\n"].into_iter().find(|fence| file.starts_with(fence));
    let rest = fence.and_then(|fence| file.get(4..)?.split_once(&format!("\n{fence}")));
    rest.map_or(file, |(_, text)| text)
}

/// Bytes of a page of [`page`]: as much as pages of blogs have.
const PAGE_BYTES: usize = 156_000;

/// Page `n` of a blog: a write-up of its own in a template of navigation, styles and scripts that makes most of its
/// bytes, as on the web.
pub fn page(n: usize) -> String {
    let (title, body) = nights::night(n);
    let item = "<li class=\"site-nav__item site-nav__item--archive js-track\" data-track=\"archive\"><a class=\"site-nav__link\" href=\"/archive/2020/01\">2020-01</a></li>\n";
    let style = ".card--wide .card__title,.card--wide .card__meta{margin:0 auto;padding:.5rem 1rem;line-height:1.6;color:#333}\n";
    let rest = PAGE_BYTES.saturating_sub(body.len()) / 2;
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title><style>{}</style></head><body><nav><ul>{}</ul></nav>\
         <main><article><h1>{title}</h1>{body}</article></main></body></html>",
        style.repeat(rest / style.len()),
        item.repeat(rest / item.len()),
    )
}
