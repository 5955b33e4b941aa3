use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// What the server does with one connection: an answer for each request, then it closes.
type Answers = &'static [&'static str];

/// A server that treats its connections so, one after the other; and what it read of each request.
async fn server(connections: &'static [Answers]) -> (Connections, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let target = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, requests) = unbounded_channel();
    tokio::spawn(async move {
        for answers in connections {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            for answer in *answers {
                let mut bytes = [0; 4096];
                let read = stream.read(&mut bytes).await.expect("a request");
                let _waited_for = sender.send(String::from_utf8_lossy(&bytes[..read]).into_owned());
                stream.write_all(answer.as_bytes()).await.expect("an open connection");
            }
        }
        std::future::pending::<()>().await;
    });
    let target = target.parse().expect("an address");
    (Connections::to(target, Duration::from_secs(10)).await.expect("connections"), requests)
}

fn call(method: Method) -> Call {
    let body = if method == Method::POST { "quantity=2".to_owned() } else { String::new() };
    Call { method, path: "/cart".to_owned(), headers: Vec::new(), body, pause: Duration::ZERO }
}

/// The status of the answer, or why there is none, and how often the request was sent again.
async fn send(connections: &Connections, call: Call, keep: Keep) -> (Result<u16, Failure>, usize) {
    let retried = AtomicUsize::new(0);
    let count = || {
        retried.fetch_add(1, Ordering::Relaxed);
    };
    let answer = connections.send(&call, keep, count).await;
    (answer.map(|answer| answer.status), retried.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_kept_connection_serves_again_and_a_new_one_does_not() {
    let (connections, _requests) = server(&[&[OK, OK], &[OK]]).await;
    // The server takes one connection after the other: a third request on a second one would wait for ever.
    assert_eq!(send(&connections, call(Method::GET), Keep::Kept).await, (Ok(200), 0));
    assert_eq!(send(&connections, call(Method::GET), Keep::Kept).await, (Ok(200), 0));
    assert_eq!(send(&connections, call(Method::GET), Keep::Fresh).await, (Ok(200), 0));
}

#[tokio::test]
async fn a_get_is_sent_again_when_its_kept_connection_ends_without_an_answer() {
    let (connections, _requests) = server(&[&[OK, ""], &[OK]]).await;
    send(&connections, call(Method::GET), Keep::Kept).await.0.expect("an answer");
    assert_eq!(send(&connections, call(Method::GET), Keep::Kept).await, (Ok(200), 1));
}

#[tokio::test]
async fn a_post_is_never_sent_again() {
    let (connections, mut requests) = server(&[&[OK, ""], &[OK]]).await;
    send(&connections, call(Method::GET), Keep::Kept).await.0.expect("an answer");
    assert_eq!(send(&connections, call(Method::POST), Keep::Kept).await, (Err(Failure::KeptCut), 0));
    requests.recv().await.expect("the first");
    assert!(requests.recv().await.expect("the second").starts_with("POST /cart "));
    assert!(requests.try_recv().is_err(), "there is no third");
}

#[tokio::test]
async fn a_request_on_a_new_connection_is_never_sent_again() {
    let (connections, _requests) = server(&[&[""], &[OK]]).await;
    assert_eq!(send(&connections, call(Method::GET), Keep::Kept).await, (Err(Failure::Cut), 0));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_failure() {
    let (connections, _requests) =
        server(&[&["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"], &[OK]]).await;
    assert_eq!(send(&connections, call(Method::GET), Keep::Kept).await, (Err(Failure::Cut), 0));
}

#[tokio::test]
async fn what_is_no_http_is_a_failure() {
    let (connections, _requests) = server(&[&["220 mail.example.com ready\r\n\r\n"]]).await;
    assert_eq!(send(&connections, call(Method::GET), Keep::Fresh).await, (Err(Failure::Garbage), 0));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_a_failure() {
    let (connections, _requests) = server(&[&["HTTP/1.1 200 OK\r\n", ""]]).await;
    let begin = Instant::now();
    assert_eq!(send(&connections, call(Method::GET), Keep::Fresh).await, (Err(Failure::Timeout), 0));
    assert_eq!(begin.elapsed(), Duration::from_secs(10));
}

#[tokio::test]
async fn nobody_listening_is_a_failure() {
    let address = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let target = format!("http://{address}").parse().expect("an address");
    let connections = Connections::to(target, Duration::from_secs(10)).await.expect("connections");
    let refused = Failure::Connect(std::io::ErrorKind::ConnectionRefused);
    assert_eq!(send(&connections, call(Method::GET), Keep::Fresh).await, (Err(refused), 0));
}

#[tokio::test]
async fn head_and_first_bytes_do_not_wait_for_the_rest() {
    let (connections, mut requests) = server(&[&["", "", OK]]).await;
    let body = "address=Strada+Lunga+1&total=100".to_owned();
    let call = Call { pause: Duration::from_hours(1), body, ..call(Method::POST) };
    tokio::spawn(async move { send(&connections, call, Keep::Fresh).await });
    let mut text = requests.recv().await.expect("the head");
    while !text.ends_with("address=Strada+L") {
        text += &requests.recv().await.expect("the first bytes");
    }
    assert!(text.to_lowercase().contains("content-length: 32\r\n"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_a_slow_body_comes_after_the_pause() {
    let mut body = Upload::new("address=Strada+Lunga+1&total=100", Duration::from_secs(5));
    let begin = Instant::now();
    let mut pieces = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        pieces.push((begin.elapsed().as_secs(), frame.into_data().expect("data")));
    }
    assert_eq!(pieces, [(0, "address=Strada+L".into()), (5, "unga+1&total=100".into())]);
    assert!(body.is_end_stream());
}

#[tokio::test]
async fn a_body_without_a_pause_is_one_piece() {
    assert_eq!(
        Upload::new("quantity=2", Duration::ZERO).collect().await.expect("a body").to_bytes(),
        "quantity=2"
    );
    assert!(Upload::new("", Duration::ZERO).is_end_stream());
}
