//! From HTML text to a [`TreeBuilder`], by html5ever's WHATWG tokenizer.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::tree::{Attribute, TreeBuilder, is_void};

/// Adds a page or a fragment to the tree.
pub fn feed(builder: TreeBuilder, html: &str) -> TreeBuilder {
    let sink = Sink { builder: RefCell::new(builder) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&super::attributes::limited(html)));
    // A script's end only asks to be run, which never happens here: go on until the input is used up.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.builder.into_inner()
}

struct Sink {
    builder: RefCell<TreeBuilder>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.builder.borrow_mut();
        match token {
            CharacterTokens(text) => builder.text(&text),
            TagToken(tag) if tag.kind == EndTag => builder.end(&tag.name),
            TagToken(tag) if tag.kind == StartTag => {
                let raw = raw_kind(&tag.name);
                let name = tag.name.clone();
                let attrs = tag.attrs.into_iter().map(|a| -> Attribute { (a.name.local, a.value.as_ref().into()) }).collect();
                builder.start(name, attrs);
                if tag.self_closing && !is_void(&tag.name) && is_foreign(&tag.name) {
                    builder.end(&tag.name);
                }
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose content is text, not tags.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Elements (SVG, MathML, our own) that may close themselves.
fn is_foreign(name: &str) -> bool {
    matches!(name, "path" | "circle" | "rect" | "use" | "g" | "line" | "polygon" | "svg" | "ellipse" | "polyline" | "math" | "image")
        || name.contains('-')
}
