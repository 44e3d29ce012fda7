//! The tokenizer against html5ever's, which has every state of the standard: the same tree of the same text.

use std::cell::RefCell;
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::*;

use super::raw::RawText;
use super::tokens;
use super::tree::{Tree, TreeBuilder};

struct Sink(RefCell<TreeBuilder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => builder.text(&text),
            Token::TagToken(tag) if tag.kind == EndTag => builder.end(&tag.name),
            Token::TagToken(tag) if tag.kind == StartTag => return start(&mut builder, &tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn start(builder: &mut TreeBuilder, tag: &Tag) -> TokenSinkResult<()> {
    builder.start(&tag.name, tag.attrs.iter().map(|a| (&*a.name.local, &*a.value)));
    if tag.self_closing {
        tokens::end_self_closing(builder, &tag.name);
    }
    match RawText::of(&tag.name) {
        Some(RawText::Script) => TokenSinkResult::RawData(RawKind::ScriptData),
        Some(RawText::Plain) => TokenSinkResult::RawData(RawKind::Rawtext),
        Some(RawText::Escapable) => TokenSinkResult::RawData(RawKind::Rcdata),
        None => TokenSinkResult::Continue,
    }
}

fn reference(html: &str) -> Tree {
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// A node's extent, name, attributes and text.
type Shown<'t> = (usize, &'t str, Vec<(&'t str, &'t str)>, Option<&'t str>);

fn nodes(tree: &Tree) -> Vec<Shown<'_>> {
    let node = |i: usize| (tree.nodes[i].next, tree.name(i), tree.attrs(i).collect(), tree.text(i).filter(|t| !t.is_empty()));
    (0..tree.nodes.len()).map(node).collect()
}

fn agree(html: &str) {
    let (ours, theirs) = (tokens::feed(TreeBuilder::default(), html).finish(), reference(html));
    assert_eq!(nodes(&ours), nodes(&theirs), "{html:?}");
}

#[test]
fn corners_of_the_standard() {
    for html in [
        "a < b <c<d> </> </ x> <? x> <! x> <!doctype html> <!-- a --> <!--> b <!---> c <!-- d --!> e <!----> <!-- -- > --> f",
        "<p a=1 A=2 b = '3' c=\"4\" d e=f/g h='i'j /k/ l=>m",
        "<p =x ==y 'q \"r <s='>'>t<br/><br / ><path/>u<x-card/>v",
        "<script>a</script b><script><!-- <script> </script> --> x </script>y<script><!--<script>--></script>z",
        "<script><!--></script>a<script><!-- <scripty> </script>b<script><!-- </SCRIPT/>c<script><!-- -- </scrip",
        "<style>a<b></styl></style >c<title>a&amp;b</titlex></title\n>d<textarea>&lt;<p></textarea><xmp>&lt;</xmp>",
        "&amp &ampx &ampx; &notit; &notin; &not= &lt;&gt &; &x &# &#; &#x; &#x3042; &#12354 &#0; &#xd800; &#x110000; &#99999999999; &#128;",
        "<a href='?a&amp=b&copy=c&copy;d&copyx&copy'>x</a><a href=&lt;&lt>y</a>",
        "\u{feff}a\r\nb\rc<p\r\nd='e\rf'>\u{0}g<q \u{0}h=\u{0}>i<title>\u{0}</title>",
        "<",
        "</",
        "<a",
        "<a ",
        "<a b",
        "<a b=",
        "<a b='",
        "<a b='c'",
        "<a/",
        "</a",
        "<!",
        "<!-",
        "<!--",
        "<!-- -",
        "<!-- --",
        "<?",
        "&",
        "&a",
        "&#",
        "&#x",
        "x<script",
        "x<script>",
        "x<title>a</title",
        "x<title>a</title b",
        "<![CDATA[ a > b ]]>",
        "é<é>é</é>",
        "<p é=é>",
    ] {
        agree(html);
    }
}

#[test]
fn pages_of_the_fixtures_and_the_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pages = 0;
    let mut folders = vec![root.join("fixtures"), root.join("../shared/corpus")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                pages += usize::from(text.contains("</"));
                agree(&text);
            }
        }
    }
    assert!(pages > 20, "{pages}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        agree(&pieces.concat());
    }

    #[test]
    fn any_text(text in "[<>/!a-c='\"&;# \\-\u{0}\u{3042}\r\n]{0,60}") {
        agree(&text);
    }
}

const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "</",
    "<!--",
    "-->",
    "--!>",
    "-",
    "!",
    "<!",
    "<?",
    "=",
    "'",
    "\"",
    " ",
    "\n",
    "\r",
    "\0",
    "&",
    "&amp",
    "&amp;",
    "&#x41;",
    "&#",
    ";",
    "x",
    "a",
    "script",
    "<script>",
    "</script>",
    "<script",
    "</script",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea",
    "<p>",
    "</p>",
    "<p ",
    "<li>",
    "<ul>",
    "</ul>",
    "<td>",
    "<table>",
    "<b>",
    "</b>",
    "<br/>",
    "<x-y/>",
    "<IMG Src=",
    "href",
    "class='a b'",
    "あ",
    "&notin",
    "&copy=",
];
