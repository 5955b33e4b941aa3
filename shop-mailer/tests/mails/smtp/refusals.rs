//! What the server says no to, and whether it may say yes later.

use super::fixture::{MAIL, open, permanent, script, send, send_to, server_that, temporary, transport};
use super::server::{Config, MailServer, Reply};

const UNKNOWN: Reply =
    Reply::Say("550 5.1.1 <ana.pop@example.com>: Recipient address rejected: User unknown");

#[tokio::test]
async fn a_receiver_or_a_mail_refused_for_good_is_given_up() {
    let server = server_that("RCPT", UNKNOWN);
    assert_eq!(
        permanent(send(&transport(&server).await, MAIL).await),
        "receiver refused: 550 5.1.1 (address) Recipient address rejected: User unknown"
    );
    for line in ["DATA", "."] {
        let server = server_that(line, Reply::Say("554-5.7.1 Looks like\r\n554 5.7.1 advertising"));
        let told = permanent(send(&transport(&server).await, MAIL).await);
        assert_eq!(told, "mail refused: 554 5.7.1 Looks like advertising", "{line}");
        assert!(server.mails().is_empty());
    }
}

#[tokio::test]
async fn what_may_pass_is_tried_later() {
    for (line, reply, expected) in [
        ("", "554 5.3.2 No service", "connection refused: 554 5.3.2 No service"),
        ("", "421 Too busy", "connection refused: 421 Too busy"),
        ("EHLO", "550 Who are you?", "connection refused: 550 Who are you?"),
        ("MAIL", "550 5.7.1 Not your domain", "sender refused: 550 5.7.1 Not your domain"),
        ("MAIL", "451 4.3.0 Try later", "sender refused: 451 4.3.0 Try later"),
        ("RCPT", "451 4.7.1 Greylisted", "receiver refused: 451 4.7.1 Greylisted"),
        ("RCPT", "452 4.2.2 Mailbox full", "receiver refused: 452 4.2.2 Mailbox full"),
        ("RCPT", "530 5.7.0 Authentication required", "receiver refused: 530 5.7.0 Authentication required"),
        ("DATA", "451 4.3.0 Later", "mail refused: 451 4.3.0 Later"),
        (".", "452 4.3.1 Disk full", "mail refused: 452 4.3.1 Disk full"),
        ("DATA", "250 Ok", "mail: the connection broke: unexpected answer 250"),
        (".", "354 go on", "mail: the connection broke: unexpected answer 354"),
        ("RCPT", "354 go on", "receiver: the connection broke: unexpected answer 354"),
    ] {
        let server = server_that(line, Reply::Say(reply));
        assert_eq!(temporary(send(&transport(&server).await, MAIL).await), expected, "{line} {reply}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_tried_later_and_not_repeated() {
    for mechanisms in ["PLAIN", "LOGIN"] {
        let account = Some(("shop", "other"));
        let server = MailServer::start(Config { mechanisms, account, ..Config::default() });
        let transport = open(&format!("smtp://shop:hush@{}?tls=none", server.address)).await;
        assert_eq!(temporary(send(&transport, MAIL).await), "user and password refused: 535");
        assert!(!server.commands().iter().any(|line| line.starts_with("MAIL")));
    }
    let account = Some(("shop", "hush"));
    let server = MailServer::start(Config { account, mechanisms: "CRAM-MD5", ..Config::default() });
    let told =
        temporary(send(&open(&format!("smtp://shop:hush@{}?tls=none", server.address)).await, MAIL).await);
    assert!(told.starts_with("offers none of the ways to sign in"), "{told}");
    let told = temporary(send(&transport(&server).await, MAIL).await);
    assert_eq!(told, "sender refused: 530 5.7.0 Authentication required");
}

#[tokio::test]
async fn a_refusal_costs_no_connection_and_leaves_nothing_behind() {
    let server = server_that("RCPT TO:<nobody@", UNKNOWN);
    let transport = transport(&server).await;
    for _ in 0..3 {
        permanent(send_to(&transport, "nobody@example.com", MAIL).await);
        send_to(&transport, "ana@example.com", MAIL).await.expect("sent");
    }
    assert_eq!(server.connections(), 1);
    assert!(server.mails().iter().all(|mail| mail.to == "<ana@example.com>" && mail.bytes == MAIL));
    assert_eq!(server.mails().len(), 3);
}

#[tokio::test]
async fn a_server_that_says_goodbye_is_called_again() {
    let server = MailServer::start(Config {
        script: script("RCPT TO:<nobody@", Reply::SayAndClose("421 4.4.2 Goodbye")),
        ..Config::default()
    });
    let transport = transport(&server).await;
    assert_eq!(
        temporary(send_to(&transport, "nobody@example.com", MAIL).await),
        "receiver refused: 421 4.4.2 Goodbye"
    );
    send(&transport, MAIL).await.expect("sent");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn whatever_the_server_says_is_told_on_one_short_line() {
    let long: &'static str = String::leak(format!("451 \u{1b}[31m\ta@example.com{}", " blah".repeat(100)));
    let server = server_that("RCPT", Reply::Say(long));
    let told = temporary(send(&transport(&server).await, MAIL).await);
    assert!(told.starts_with("receiver refused: 451 [31m (address) blah blah"), "{told}");
}
