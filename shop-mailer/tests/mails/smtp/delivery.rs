//! What the server gets.

use std::error::Error;
use std::fs;
use std::time::Duration;

use mail_parser::MessageParser;
use shop_core::Language;
use shop_core::outbox::{Letter, Mail};
use shop_core::ports::Mailer as _;
use shop_mailer::{FileTransport, SmtpTransport};
use tempfile::TempDir;

use super::fixture::{MAIL, open, send, send_to, transport};
use super::server::{Config, MailServer};
use crate::fixture::{every_mail, letter, mailer};

type TestResult = Result<(), Box<dyn Error>>;

fn every_letter() -> Vec<Letter> {
    let languages = [Language::Romanian, Language::English, Language::French];
    let mails = languages.map(|language| every_mail().map(|(mail, _)| letter(language, mail)));
    mails.into_iter().flatten().collect()
}

#[tokio::test]
async fn the_mail_is_the_file_byte_for_byte() -> TestResult {
    let (server, folder) = (MailServer::start(Config::default()), TempDir::new()?);
    let by_smtp = mailer(transport(&server).await);
    let to_file = mailer(FileTransport::open(folder.path()).await?);
    let letters = every_letter();
    for letter in &letters {
        by_smtp.deliver(letter).await?;
        to_file.deliver(letter).await?;
        let file = fs::read(folder.path().join(format!("{}.eml", letter.message.id)))?;
        let mails = server.mails();
        let mail = mails.last().expect("a mail");
        assert_eq!(String::from_utf8_lossy(&mail.bytes), String::from_utf8_lossy(&file));
        assert_eq!((mail.from.as_str(), mail.to.as_str()), ("<shop@shop.example>", "<ana.pop@example.com>"));
    }
    assert_eq!(server.mails().len(), letters.len());
    assert_eq!(server.connections(), 1, "one for all");
    assert_eq!(server.commands()[0], "EHLO shop.example");
    Ok(())
}

#[tokio::test]
async fn dots_and_lines_arrive_as_they_were() -> TestResult {
    let server = MailServer::start(Config::default());
    let transport = transport(&server).await;
    let longest = [&b"a".repeat(998)[..], b"\r\n"].concat();
    let mails: [&[u8]; 9] = [
        b"\r\n.\r\n",
        b".\r\n..\r\n...\r\n.a\r\n a.\r\n",
        b"x\r\n\r\n.\r\nQUIT\r\n",
        b"x\r\n\r\n\r\n\r\n",
        b"Subject: =?utf-8?b?yJs=?=\r\n\r\n=C8=9B\r\n.=C8=9B\r\n",
        &longest,
        b"From here\r\nto there \r\n",
        b"\r\n",
        MAIL,
    ];
    for mail in mails {
        send(&transport, mail).await?;
    }
    let received: Vec<_> = server.mails().into_iter().map(|mail| mail.bytes).collect();
    assert_eq!(received, mails);
    Ok(())
}

#[tokio::test]
async fn a_connection_serves_many_mails_and_is_replaced_after_a_restart() -> TestResult {
    let server = MailServer::start(Config::default());
    let address = server.address;
    let transport = transport(&server).await;
    for _ in 0..50 {
        send(&transport, MAIL).await?;
    }
    assert_eq!((server.wait_for(50).len(), server.connections()), (50, 1));
    drop(server);
    send(&transport, MAIL).await.expect_err("nobody is there");
    let server = MailServer::start_at(address, Config::default());
    for _ in 0..10 {
        send(&transport, MAIL).await?;
    }
    assert_eq!((server.mails().len(), server.connections()), (10, 1));
    drop(server);
    // Without a failure in between, the old connection is found out before the mail is sent.
    let server = MailServer::start_at(address, Config::default());
    send(&transport, MAIL).await?;
    assert_eq!(server.mails().len(), 1);
    Ok(())
}

#[tokio::test]
async fn many_mails_at_once_share_four_connections() -> TestResult {
    let server = MailServer::start(Config::default());
    let transport = transport(&server).await;
    let sent = (0..40).map(|number| {
        let transport: SmtpTransport = transport.clone();
        tokio::spawn(async move { send_to(&transport, &format!("ana{number}@example.com"), MAIL).await })
    });
    for sent in sent.collect::<Vec<_>>() {
        sent.await??;
    }
    let mut receivers: Vec<_> = server.mails().into_iter().map(|mail| mail.to).collect();
    receivers.sort();
    receivers.dedup();
    assert_eq!(receivers.len(), 40);
    assert!((2..=4).contains(&server.connections()), "{}", server.connections());
    Ok(())
}

#[tokio::test]
async fn a_connection_that_nobody_needs_is_closed() -> TestResult {
    let server = MailServer::start(Config::default());
    let transport = transport(&server).await;
    send(&transport, MAIL).await?;
    tokio::time::pause();
    for _ in 0..70 {
        tokio::time::advance(Duration::from_secs(1)).await;
    }
    tokio::time::resume();
    assert!(server.wait_for_command("QUIT"));
    send(&transport, MAIL).await?;
    assert_eq!((server.connections(), server.mails().len()), (2, 2));
    Ok(())
}

#[tokio::test]
async fn both_ways_to_sign_in_are_known() -> TestResult {
    for (mechanisms, first) in
        [("PLAIN LOGIN", "AUTH PLAIN"), ("LOGIN", "AUTH LOGIN"), ("XOAUTH2 PLAIN CRAM-MD5", "AUTH PLAIN")]
    {
        let account = Some(("shop@shop.example", "hu:sh%/@ș"));
        let server = MailServer::start(Config { mechanisms, account, ..Config::default() });
        let url = format!("smtp://shop%40shop.example:hu%3Ash%25%2F%40%C8%99@{}?tls=none", server.address);
        send(&open(&url).await, MAIL).await?;
        assert_eq!(server.mails().len(), 1, "{mechanisms}");
        assert!(server.commands().iter().any(|line| line.starts_with(first)), "{mechanisms}");
    }
    Ok(())
}

#[tokio::test]
async fn a_redelivery_shows_as_what_it_is() -> TestResult {
    let server = MailServer::start(Config::default());
    let mailer = mailer(transport(&server).await);
    let letter = letter(Language::English, Mail::Activation);
    mailer.deliver(&letter).await?;
    mailer.deliver(&letter).await?;
    let ids: Vec<_> = server
        .mails()
        .iter()
        .map(|mail| {
            MessageParser::default().parse(&mail.bytes).expect("a mail").message_id().map(str::to_owned)
        })
        .collect();
    assert!(ids[0].is_some() && ids[0] == ids[1], "{ids:?}");
    Ok(())
}
