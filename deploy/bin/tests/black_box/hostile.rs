//! Clients that mean no good, or are broken.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::browser::Browser;
use crate::shop::{PATIENCE, Shop, folder};

fn connect(shop: &Shop) -> TcpStream {
    let address = shop.url.strip_prefix("http://").expect("an address");
    let stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    stream
}

/// Everything that the shop says until it hangs up.
fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A client that was hung up on while it still wrote sees a reset behind the answer.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn ten_megabytes_are_refused() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let mut stream = connect(&shop);
    let head = "POST /login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    write!(stream, "{head}Content-Length: 10485760\r\n\r\nemail=").expect("written");
    let reader = stream.try_clone().expect("a second handle");
    let writing = std::thread::spawn(move || {
        let piece = [b'a'; 4_096];
        // The shop may hang up on the way.
        (0..2_560).try_for_each(|_| stream.write_all(&piece))
    });
    let answer = answer(reader);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    let _ = writing.join().expect("no panic");
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
}

#[test]
fn a_header_that_never_ends_is_refused() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let mut stream = connect(&shop);
    let reader = stream.try_clone().expect("a second handle");
    let writing = std::thread::spawn(move || {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: shop\r\nX-Long: ").expect("written");
        let piece = [b'a'; 4_096];
        // Until the shop hangs up.
        while stream.write_all(&piece).is_ok() {}
    });
    let answer = answer(reader);
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    writing.join().expect("no panic");
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
}

#[test]
fn a_header_that_comes_too_slowly_is_refused() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_HEADER_SECONDS", "1")]);
    let mut slow = connect(&shop);
    slow.write_all(b"GET / HTTP/1.1\r\nHost: sh").expect("written");
    let silent = connect(&shop);
    assert!(answer(slow).starts_with("HTTP/1.1 408 "));
    assert_eq!(answer(silent), "");
}

#[test]
fn one_address_cannot_take_all_connections() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_MAX_CONNECTIONS_PER_ADDRESS", "3")]);
    let held: Vec<_> = (0..3).map(|_| connect(&shop)).collect();
    let refused = answer(connect(&shop));
    assert!(
        refused.starts_with("HTTP/1.1 503 ") && refused.to_lowercase().contains("retry-after:"),
        "{refused}"
    );
    drop(held);
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
}

#[test]
fn broken_requests_harm_nobody() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let requests: [&[u8]; 5] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /%00%ff/../../etc/passwd HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    ];
    for request in requests {
        let mut stream = connect(&shop);
        stream.write_all(request).expect("written");
        stream.shutdown(std::net::Shutdown::Write).expect("shut");
        let answer = answer(stream);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
    shop.stop();
}
