//! Serves `N` pages on a loopback address until its stdin ends: `serve N [FOLDER]`. Prints the root first. With a folder,
//! the pages are written there, too.

#[path = "../../tests/site.rs"]
#[expect(dead_code, reason = "the faults are for tests")]
mod site;

use std::io::Read as _;

use site::{Answer, Site};

#[expect(clippy::print_stdout, reason = "the root is what its caller waits for")]
fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(2000);
    if let Some(folder) = arguments.next() {
        std::fs::create_dir_all(&folder)?;
        for n in 0..count {
            std::fs::write(format!("{folder}/{n}.html"), recap_bench::page(n))?;
        }
    }
    let site = Site::serve("127.0.0.1", move |asked| {
        let number = asked.path.strip_prefix("/p/").and_then(|n| n.parse::<usize>().ok());
        let etag = ("ETag", "\"1\"".to_owned());
        match number {
            Some(_) if asked.headers.contains_key("if-none-match") => Answer::Page(304, vec![etag], Vec::new()),
            Some(n) => {
                let headers = vec![etag, ("Content-Type", "text/html; charset=utf-8".to_owned())];
                Answer::Page(200, headers, recap_bench::page(n).into_bytes())
            }
            None => Answer::Page(404, Vec::new(), Vec::new()),
        }
    });
    println!("{}", site.url(""));
    std::io::stdin().read_to_end(&mut Vec::new()).map(drop)
}
