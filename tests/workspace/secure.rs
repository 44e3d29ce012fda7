//! Pages over TLS: which protocol is spoken, and whom recap trusts.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use rcgen::CertifiedKey;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::{run, write_up};
use crate::support::{RECAP, Run};

/// A server that speaks HTTP/2 and nothing else: who does not ask for it by ALPN gets no connection.
#[expect(clippy::disallowed_methods, reason = "the server of a test lives as long as the test")]
fn serve_http2(certified: &CertifiedKey<rcgen::KeyPair>) -> SocketAddr {
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).expect("a key");
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .expect("a certificate");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(accept(listener, TlsAcceptor::from(Arc::new(config))));
    });
    address
}

async fn accept(listener: std::net::TcpListener, acceptor: TlsAcceptor) {
    let listener = TcpListener::from_std(listener).expect("a listener");
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            // A client that trusts no such certificate hangs up here.
            let stream = acceptor.accept(stream).await.ok()?;
            let mut connection = h2::server::handshake(stream).await.ok()?;
            while let Some(Ok((request, mut respond))) = connection.accept().await {
                let found = request.uri().path() == "/report.md";
                let head =
                    http::Response::builder().status(if found { 200 } else { 404 }).header("content-type", "text/markdown; charset=utf-8");
                let mut body = respond.send_response(head.body(()).ok()?, !found).ok()?;
                if found {
                    body.send_data(write_up(7).into(), true).ok()?;
                }
            }
            Some(())
        });
    }
}

fn import(folder: &Path, address: SocketAddr, trusted: &Path) -> Run {
    let url = format!("https://localhost:{}/report.md", address.port());
    let mut import = Command::new(RECAP);
    import.args(["import", &url, "--allow-private", "--delay", "0", "--retries", "0"]).current_dir(folder).env("SSL_CERT_FILE", trusted);
    Run::of(import.output().expect("recap runs"))
}

#[test]
fn http2_is_spoken_where_the_server_offers_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let trusted = folder.path().join("trusted.pem");
    fs::write(&trusted, certified.cert.pem()).expect("written");
    import(folder.path(), serve_http2(&certified), &trusted).exits(0);
    assert_eq!(run(folder.path(), &["list"]).exits(0).stdout.lines().count(), 1);
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let [shown, other] = [(); 2].map(|()| rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate"));
    let trusted = folder.path().join("trusted.pem");
    fs::write(&trusted, other.cert.pem()).expect("written");
    let refused = import(folder.path(), serve_http2(&shown), &trusted).exits(3);
    assert!(refused.stderr.contains("certificate") && refused.stderr.contains("report.md"), "{}", refused.stderr);
}
