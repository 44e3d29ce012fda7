//! An HTTP/1.1 server for tests: real sockets on loopback addresses, with keep-alive and with every fault that a test wants.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Header names in lower case.
    pub headers: BTreeMap<String, String>,
}

/// What is answered.
pub enum Answer {
    /// A whole answer; the length is added.
    Page(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// These bytes, and the end of the connection.
    Raw(Vec<u8>),
    /// These bytes, and the same piece again and again for as long as somebody reads.
    Endless(Vec<u8>, Vec<u8>),
    /// Nothing, for a while.
    Silence(Duration),
}

type Handler = dyn Fn(&Asked) -> Answer + Send + Sync;

/// A server; it serves until the process ends.
pub struct Site {
    /// Where it listens.
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<Asked>>>,
}

/// A page of HTML.
pub fn html(body: impl Into<Vec<u8>>) -> Answer {
    Answer::Page(200, vec![("Content-Type", "text/html; charset=utf-8".to_owned())], body.into())
}

/// An answer without content.
pub fn status(code: u16) -> Answer {
    Answer::Page(code, Vec::new(), Vec::new())
}

impl Site {
    /// Serves on an address such as `127.0.0.2`, on any free port.
    pub fn serve(ip: &str, handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((ip, 0)).expect("a loopback address");
        let address = listener.local_addr().expect("an address");
        let log = Arc::new(Mutex::new(Vec::new()));
        let (handler, kept): (Arc<Handler>, _) = (Arc::new(handler), Arc::clone(&log));
        let accept = move || {
            for stream in listener.incoming().flatten() {
                let (handler, log) = (Arc::clone(&handler), Arc::clone(&kept));
                thread::Builder::new().spawn(move || drop(connection(&stream, &*handler, &log))).expect("a thread");
            }
        };
        thread::Builder::new().spawn(accept).expect("a thread");
        Self { address, log }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked for since the last call.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.log.lock().expect("no panic"))
    }
}

fn connection(stream: &TcpStream, handler: &Handler, log: &Mutex<Vec<Asked>>) -> std::io::Result<()> {
    // Pieces of an answer are not held back.
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(asked) = read(&mut reader)? {
        log.lock().expect("no panic").push(asked.clone());
        let mut writer = stream;
        match handler(&asked) {
            Answer::Page(code, headers, body) => {
                let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
                let length = if code == 304 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
                let mut answer = format!("HTTP/1.1 {code} X\r\n{headers}{length}\r\n").into_bytes();
                answer.extend(body);
                writer.write_all(&answer)?;
            }
            Answer::Raw(bytes) => {
                writer.write_all(&bytes)?;
                return Ok(());
            }
            Answer::Endless(head, piece) => {
                writer.write_all(&head)?;
                loop {
                    writer.write_all(&piece)?;
                }
            }
            Answer::Silence(time) => thread::sleep(time),
        }
    }
    Ok(())
}

fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Asked>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Ok(Some(Asked { path, headers }))
}
