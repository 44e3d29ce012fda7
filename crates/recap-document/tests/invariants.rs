//! What holds for every document, on random text and random mark-up.

mod common;

use common::{check, try_named};
use proptest::prelude::*;

const NAMES: &[&str] = &["a.html", "a.md", "a.rst", "a.txt", "a.json", "a.yml", "a.ics", "a"];

/// Pieces of every mark-up, to be put together at random.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"talk\">",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td rowspan=2>",
    "<th colspan=3>",
    "</table>",
    "<a href=\"/x\">",
    "</a>",
    "<b>",
    "</b>",
    "<br>",
    "<img src=a alt=b>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<h2>",
    "</h2>",
    "<blockquote class=\"twitter-tweet\">",
    "</blockquote>",
    "<iframe src=\"//a.example/\"></iframe>",
    "<recap-embed data-name=youtube data-first=x>",
    "<title>",
    "</title>",
    "&amp;",
    "&#x1F600;",
    "&nope;",
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "```\n",
    "    ",
    "|a|b|\n|-|-|\n|c|\n",
    "**",
    "*",
    "_",
    "`",
    "``",
    "[x](https://a.example/)",
    "[x]: /y\n",
    "![",
    "{{< youtube x >}}",
    "{% tweet 1 %}",
    "@[youtube](x)",
    "{: .x}",
    ":::",
    "---\n",
    "+++\n",
    "title: x\n",
    "a = \"b\"\n",
    ".. raw:: html\n\n   ",
    ".. note:: ",
    ".. _x: https://a.example/\n",
    ".. |s| replace:: |s|\n",
    "|s|",
    "x_",
    "`x`_",
    "`x <y>`__",
    ":doc:`x`",
    "=====\n",
    "-----\n",
    "+--+--+\n",
    "|  |  |\n",
    "+==+==+\n",
    "== ==\n",
    ".. list-table::\n\n   - - ",
    ".. csv-table::\n\n   ",
    "::\n\n   ",
    ":f: ",
    "— Ann (@ann) June 3, 2031",
    "— 森 (@m0ri) 2031年6月3日\n",
    "LT1「箱」\n",
    "質疑応答\n",
    "■見出し\n",
    "【箱】\n",
    "・",
    "Q. ",
    "#tag ",
    "https://t.co/abc",
    "pic.twitter.com/x\n",
    "https://a.example/日本",
    "箱庭",
    "、",
    "。",
    "\u{3000}",
    "é",
    "👩‍👩‍👧",
    "\u{0}",
    "\u{feff}",
    "\t",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "word",
    "{\"a\": [",
    "]}",
    "BEGIN:VCALENDAR\n",
    "a: &a [*a]\n",
    "<schedule>",
    "{",
    "[",
];

fn spliced() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[a-z \n]{0,12}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn all_formats(bytes: &[u8]) {
    for name in NAMES {
        if let Ok(document) = try_named(bytes, name) {
            check(&document);
            assert_eq!(try_named(bytes, name).as_ref(), Ok(&document), "the same bytes give the same document");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text(text in "\\PC{0,200}") {
        all_formats(text.as_bytes());
    }

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        all_formats(&bytes);
    }

    #[test]
    fn random_markup(text in spliced()) {
        all_formats(text.as_bytes());
    }

    #[test]
    fn cut_markup(text in spliced(), at in any::<prop::sample::Index>()) {
        let bytes = text.as_bytes();
        all_formats(&bytes[..at.index(bytes.len() + 1)]);
    }
}
