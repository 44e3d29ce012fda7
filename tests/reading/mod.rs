//! Reading: the server over real sockets, static pages, search and counts.

mod api;
mod edit;
mod serve;
mod site;
mod terminal;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{RECAP, entries, recap_in};
use crate::workspace::{run, write_ups};

/// A workspace of three evenings in `recap-data`.
pub fn evenings(folder: &Path) {
    write_ups(&folder.join("blog"), 3);
    run(folder, &["import", "blog"]).exits(0);
}

/// Ids of the workspace's recaps.
pub fn ids(folder: &Path) -> Vec<String> {
    let list = run(folder, &["list", "--json"]).exits(0).ndjson();
    list.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect()
}

/// The file of each recap.
pub fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    entries(&folder.join("recap-data/recaps")).iter().flat_map(|year| entries(year)).collect()
}

/// Puts a text in place of every text of a recap that a source could have written; names and kinds of recap's own stay.
pub fn poisoned(recap: &mut Value, text: &str) {
    const OWN: [&str; 12] =
        ["id", "schema_version", "kind", "status", "section", "speakers", "organizers", "roles", "method", "source", "pointer", "sha256"];
    match recap {
        Value::Object(fields) => {
            fields.iter_mut().filter(|(name, _)| !OWN.contains(&name.as_str())).for_each(|(name, value)| match name.as_str() {
                "start" | "end" | "date_precision" | "attendance_mode" | "answered_by" | "talk" | "from" | "redirects" => {}
                _ => poisoned(value, text),
            })
        }
        Value::Array(items) => items.iter_mut().for_each(|item| poisoned(item, text)),
        Value::String(value) => text.clone_into(value),
        _ => {}
    }
}

/// A running `recap serve`; it ends with the test.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub host: String,
}

/// What was answered.
#[derive(Debug)]
pub struct Got {
    /// The status.
    pub status: u16,
    head: String,
    /// The content.
    pub body: String,
}

impl Got {
    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(n, _)| n.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// The content as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Server {
    /// Starts a server over the folder's workspace and waits until its lists are there.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(RECAP);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).current_dir(folder).env_remove("RECAP_TOKEN");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("recap starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("an address");
        let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let server = Self { child, host };
        let begun = Instant::now();
        while server.get("/").status == 503 {
            assert!(begun.elapsed() < Duration::from_secs(60), "the library is not made");
            std::thread::sleep(Duration::from_millis(30));
        }
        server
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Got {
        self.ask("GET", path, &[], "")
    }

    /// Sends a form as a page of the server would.
    pub fn post(&self, path: &str, form: &str) -> Got {
        self.ask("POST", path, &[("Origin", &format!("http://{}", self.host))], form)
    }

    /// Asks with headers; `Host` is the server's own unless it is among them.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let mut stream = TcpStream::connect(&self.host).expect("the server listens");
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head.push_str(&format!("Host: {}\r\n", self.host));
        }
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Got { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The token that forms of a page carry.
    pub fn token(&self, page: &str) -> String {
        let html = self.get(page).body;
        let token = html.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        token.unwrap_or_else(|| panic!("{page} has no form: {html}")).to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Addresses of other pages of the site that a page links to, as they are written, from the site's root.
pub fn links(path: &str, html: &str) -> Vec<String> {
    let base = url::Url::parse("http://site/").and_then(|root| root.join(path)).expect("an address");
    let own = html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = own.filter_map(|href| base.join(&href.replace("&amp;", "&")).ok()).filter(|url| url.host_str() == Some("site"));
    own.map(|mut url| {
        url.set_fragment(None);
        url.as_str().trim_start_matches("http://site/").to_owned()
    })
    .collect()
}

/// Tags of a page that could run something, load something from elsewhere, or lead to a script.
pub fn dangers(html: &str) -> Vec<String> {
    let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default().to_lowercase());
    let bad = |tag: &String| {
        let script = tag.starts_with("script") && !tag.contains("assets/site.js\"") && tag != "script type=\"application/ld+json\"";
        let names: String = tag.split('"').step_by(2).collect();
        let handled = [" on", "'on", " style", " srcdoc"].iter().any(|name| names.contains(name));
        let leads = [" href=\"", " src=\"", " action=\""].iter().any(|name| {
            let value = tag.split(name).nth(1).unwrap_or_default();
            ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.trim_start().starts_with(scheme))
        });
        script || handled || leads || ["img", "iframe", "object", "embed", "base "].iter().any(|name| tag.starts_with(name))
    };
    tags.filter(bad).collect()
}

/// Writes hostile recaps beside the evenings.
pub fn poison(folder: &Path) {
    let file = files(folder).remove(0);
    let recap: Value = serde_json::from_str(&fs::read_to_string(&file).expect("read")).expect("JSON");
    let long = "漢<&'\"".repeat(200_000);
    let texts = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onclick='alert(1)",
        "javascript:alert(1)",
        "</script><script>alert(1)</script><!--",
        "\u{202e}gnp.exe\u{2066}\u{7}",
        "../../etc/passwd",
        long.as_str(),
    ];
    for (n, text) in texts.iter().enumerate() {
        let mut recap = recap.clone();
        // A megabyte in a few places is enough.
        let whole = text.len() < 1000;
        if whole {
            poisoned(&mut recap, text)
        } else {
            ["event", "talks"].iter().for_each(|part| poisoned(&mut recap[*part], text))
        }
        recap["id"] = format!("hostile-{n}").into();
        recap["parts"] = Value::Array(Vec::new());
        fs::write(file.with_file_name(format!("hostile-{n}.json")), recap.to_string()).expect("written");
    }
}

/// Runs recap in the folder, for JSON.
pub fn json_of(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    recap_in(folder, arguments, b"").exits(0).ndjson()
}
