//! The document's language and its own date.

use jiff::civil::Date;
use recap_document::Document;
use recap_text::dates::{DateContext, parse_date};

/// Bytes of text that are looked at.
const SAMPLE: usize = 8 << 10;
/// Bytes of it that are enough to tell languages of one script apart.
const ENOUGH: usize = 2 << 10;

/// The language of the content (ISO 639-1), by its script first: kana is Japanese, hangul Korean, Han alone Chinese.
pub fn detect(doc: &Document, leaves: &[usize]) -> &'static str {
    let mut sample = String::new();
    for &leaf in leaves {
        sample.push_str(doc.text_of(leaf));
        sample.push('\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    let (mut kana, mut hangul, mut han) = (0, 0, 0);
    for c in sample.chars() {
        match c {
            '\u{3041}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            '\u{4e00}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    if kana + hangul + han > 0 {
        let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
        match () {
            () if kana * 20 > letters => return "ja",
            () if hangul * 10 > letters => return "ko",
            () if han * 10 > letters => return "zh",
            () => {}
        }
    }
    whatlang::detect(&sample[..sample.floor_char_boundary(ENOUGH)]).map_or("en", |info| iso(info.lang()))
}

fn iso(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match lang {
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        _ => "en",
    }
}

/// The day on which the document says it was published.
pub fn published_date(doc: &Document, language: &str) -> Option<Date> {
    let cx = DateContext { reference: None, lang: Some(language) };
    let published = doc.meta.published.as_ref()?;
    let found = parse_date(published.value.trim(), &cx)?;
    found.value.get(..10)?.parse().ok()
}
