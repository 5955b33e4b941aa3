//! Servers that are away, hang, break off, or talk nonsense.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use shop_mailer::SmtpTransport;
use tokio::task::JoinSet;

use super::fixture::{
    MAIL, PATIENCE, impatient, open, options, script, send, server_that, temporary, transport,
};
use super::server::{Config, MailServer, Reply};

#[tokio::test]
async fn a_server_that_is_away_is_tried_later() {
    let nobody = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    for scheme in ["smtp", "smtps"] {
        let told = temporary(send(&open(&format!("{scheme}://{nobody}")).await, MAIL).await);
        assert!(told.starts_with("cannot connect: Connection refused"), "{told}");
    }
    let told = temporary(send(&open("smtp://no-such-host.invalid:2525").await, MAIL).await);
    assert!(told.starts_with("cannot connect: "), "{told}");
}

#[tokio::test]
async fn no_server_holds_up_the_relay_by_silence() {
    let mut runs = JoinSet::new();
    for (line, step) in [
        ("", "connection"),
        ("EHLO", "connection"),
        ("AUTH", "connection"),
        ("MAIL", "mail"),
        ("RCPT", "mail"),
        ("DATA", "mail"),
        (".", "mail"),
    ] {
        runs.spawn(async move {
            let script = script(line, Reply::Hang);
            let server =
                MailServer::start(Config { account: Some(("shop", "hush")), script, ..Config::default() });
            let options = options(&format!("smtp://shop:hush@{}?tls=none", server.address));
            let transport =
                SmtpTransport::open(options.patience(PATIENCE, PATIENCE)).await.expect("a transport");
            let told = temporary(send(&transport, MAIL).await);
            assert_eq!(told, format!("{step}: no answer within 2 s"), "{line}");
        });
    }
    runs.spawn(async {
        // The port is open, and nobody looks at it.
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let options = options(&format!("smtps://{}", listener.local_addr().expect("an address")));
        let transport = SmtpTransport::open(options.patience(PATIENCE, PATIENCE)).await.expect("a transport");
        assert_eq!(temporary(send(&transport, MAIL).await), "connection: no answer within 2 s");
    });
    runs.join_all().await;
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_later() {
    for line in ["", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let server = server_that(line, Reply::Close);
        let told = temporary(send(&transport(&server).await, MAIL).await);
        assert!(told.contains(": the connection broke: "), "{line}: {told}");
    }
    let server = server_that("DATA", Reply::SayAndClose("354 go on"));
    let told = temporary(send(&transport(&server).await, MAIL).await);
    assert!(told.starts_with("mail: the connection broke: "), "{told}");
}

#[tokio::test]
async fn nonsense_is_never_taken_for_a_yes() {
    let mut runs = JoinSet::new();
    for line in ["", "EHLO", "RSET", "MAIL", "RCPT", "DATA", "."] {
        for nonsense in ["", "hello", "999 no such code", "250-\r\n250- \r\n250 x", "250 \u{0}\r\n\r\n354"] {
            runs.spawn(async move {
                let server = server_that(line, Reply::Say(nonsense));
                let transport = impatient(&server).await;
                for _ in 0..2 {
                    let before = server.mails().len();
                    let sent = send(&transport, MAIL).await.is_ok();
                    // It may come and not be called sent, but not the other way round.
                    assert!(!sent || server.mails().len() > before, "{line} {nonsense:?}");
                }
            });
        }
    }
    runs.join_all().await;
}

#[tokio::test]
async fn an_answer_that_lettre_panics_on_is_survived() {
    let server = server_that("EHLO", Reply::Say("250-mail.test\r\n250- \r\n250 8BITMIME"));
    let told = temporary(send(&transport(&server).await, MAIL).await);
    assert_eq!(told, "connection: the connection broke: an answer that cannot be read");
}

#[tokio::test]
async fn what_a_late_answer_belongs_to_is_never_mixed_up() {
    // The end of the first mail is not answered in time; the next one must not take its answer for the own.
    let ends = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&ends);
    let server = MailServer::start(Config {
        script: Arc::new(move |line| match line {
            "." if counted.fetch_add(1, Ordering::SeqCst) == 0 => Reply::Late,
            _ => Reply::Usual,
        }),
        ..Config::default()
    });
    let transport = impatient(&server).await;
    temporary(send(&transport, MAIL).await);
    send(&transport, MAIL).await.expect("sent");
    assert_eq!(
        (server.connections(), server.mails().len()),
        (2, 2),
        "the first one was taken without a word"
    );
}
