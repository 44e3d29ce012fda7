//! The fuzz targets on mutated fixtures: the same in every run, and wherever there is no fuzzer.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::time::{Duration, Instant};

use crate::support::{fixtures, root};

/// How long each target runs.
const TIME: Duration = Duration::from_secs(15);

/// What mutations put in: markup of all formats, marks of names and dates, broken bytes.
const TOKENS: &[&[u8]] = &[
    b"<div>",
    b"</div>",
    b"<table><tr><td rowspan=99999>",
    b"<blockquote class=\"twitter-tweet\">",
    b"<!--",
    b"<script type=\"application/ld+json\">",
    b"&#x110000;",
    b"\n---\n",
    b"\n+++\n",
    b"\n> ",
    b"\n- ",
    b"\n## ",
    b"\n```\n",
    b"[](",
    b"](",
    b"{{< ",
    b"{% ",
    b"\n.. raw:: html\n",
    b"\n* - ",
    b"\n=====\n",
    b"@a",
    b"#",
    b"\xef\xbc\x83",
    b"https://",
    b"\xe2\x80\x94 ",
    b"(@",
    "さん".as_bytes(),
    "「".as_bytes(),
    "」".as_bytes(),
    "年13月32日".as_bytes(),
    "令和元年".as_bytes(),
    "25:61〜".as_bytes(),
    b"12/3(",
    b"\"@type\":\"Event\"",
    b"{\"",
    b"[[",
    b"\0",
    b"\xff",
    b"\xe3\x81",
    b"\x1b$B",
    b"\xf0\x9f\x98\x80",
    b"\xcc\x81",
    b"\xe2\x80\x8b",
    b"\r",
    b"\t",
];

/// xorshift64*: enough to choose places.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below.max(1)
    }
}

/// Changes a text in up to eight places: tokens put in, parts cut, doubled or taken from another text, bits turned.
fn mutate(text: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.next(8) {
        let at = dice.next(text.len());
        let end = (at + dice.next(40)).min(text.len());
        match dice.next(5) {
            0 => drop(text.splice(at..at, TOKENS[dice.next(TOKENS.len())].iter().copied())),
            1 => drop(text.drain(at..end)),
            2 => {
                let part = text[at..end].repeat(1 + dice.next(20));
                text.splice(at..at, part);
            }
            3 => {
                let from = dice.next(other.len());
                let part = &other[from..(from + dice.next(200)).min(other.len())];
                text.splice(at..end, part.iter().copied());
            }
            _ => {
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= 1 << dice.next(8);
                }
            }
        }
    }
}

/// Runs a target on the fixtures as they are, then on mutations of them until the time is over.
fn run(target: fn(&[u8]), seed: u64) {
    let seeds: Vec<Vec<u8>> = fixtures().iter().map(|f| fs::read(root().join(&f.input)).expect("a fixture is read")).collect();
    seeds.iter().for_each(|seed| target(seed));
    let (start, mut dice, mut number) = (Instant::now(), Dice(seed), 0_u64);
    while start.elapsed() < TIME {
        let mut text = seeds[dice.next(seeds.len())].clone();
        let other = &seeds[dice.next(seeds.len())];
        mutate(&mut text, other, &mut dice);
        let kept = text.clone();
        if std::panic::catch_unwind(move || target(&text)).is_err() {
            let path = std::env::temp_dir().join(format!("recap-smoke-{seed}-{number}"));
            fs::write(&path, kept).expect("the input is kept");
            panic!("mutation {number} of seed {seed} fails; it is kept in {}", path.display());
        }
        number += 1;
    }
}

#[test]
fn documents() {
    run(targets::document, 0x5eed_0001);
}

#[test]
fn extractions() {
    run(targets::extract, 0x5eed_0002);
}

#[test]
fn entities() {
    run(targets::entities, 0x5eed_0003);
}
