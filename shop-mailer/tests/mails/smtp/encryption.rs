//! Nothing secret leaves in clear, and nobody but the server gets it.

use std::fs;

use tempfile::TempDir;

use super::fixture::{MAIL, open, script, send, temporary};
use super::server::{Config, Encryption, Identity, MailServer, Reply};

/// A server that wants a password, and the file of its certificate.
fn server(encryption: impl Fn(Identity) -> Encryption, host: &str) -> (MailServer, TempDir) {
    scripted(encryption, host, Config::default())
}

fn scripted(
    encryption: impl Fn(Identity) -> Encryption,
    host: &str,
    config: Config,
) -> (MailServer, TempDir) {
    let (identity, folder) = (Identity::of(host), TempDir::new().expect("a folder"));
    fs::write(folder.path().join("ca.pem"), &identity.pem).expect("written");
    let encryption = encryption(identity);
    let config = Config { encryption, account: Some(("shop", "hush")), ..config };
    (MailServer::start(config), folder)
}

fn url(scheme: &str, host: &str, server: &MailServer, folder: &TempDir) -> String {
    let ca = folder.path().join("ca.pem");
    format!("{scheme}://shop:hush@{host}:{}?ca={}", server.address.port(), ca.display())
}

#[tokio::test]
async fn mails_go_out_encrypted() {
    for host in ["127.0.0.1", "localhost"] {
        let (starttls, first) = server(Encryption::StartTls, host);
        let (from_start, second) = server(Encryption::FromStart, host);
        for (server, url) in [
            (&starttls, url("smtp", host, &starttls, &first)),
            (&from_start, url("smtps", host, &from_start, &second)),
        ] {
            let transport = open(&url).await;
            for _ in 0..3 {
                send(&transport, MAIL).await.expect("sent");
            }
            assert_eq!(server.mails().iter().filter(|mail| mail.encrypted).count(), 3, "{url}");
            assert_eq!(server.connections(), 1, "{url}");
        }
    }
}

#[tokio::test]
async fn a_server_without_starttls_gets_nothing() {
    let server = MailServer::start(Config { account: Some(("shop", "hush")), ..Config::default() });
    let transport = open(&format!("smtp://shop:hush@{}", server.address)).await;
    let told = temporary(send(&transport, MAIL).await);
    assert!(told.starts_with("offers no STARTTLS") && told.contains("?tls=none"), "{told}");
    assert_eq!(server.commands(), ["EHLO shop.example"]);
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn a_server_that_goes_back_on_starttls_gets_nothing() {
    let refuses = script("STARTTLS", Reply::Say("454 4.7.0 TLS not available"));
    let (server, folder) =
        scripted(Encryption::StartTls, "127.0.0.1", Config { script: refuses, ..Config::default() });
    let told = temporary(send(&open(&url("smtp", "127.0.0.1", &server, &folder)).await, MAIL).await);
    assert_eq!(told, "encryption refused: 454 4.7.0 TLS not available");
    assert!(!server.commands().iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")));
}

#[tokio::test]
async fn only_a_certificate_of_the_authority_for_this_host_counts() {
    for (scheme, encryption) in
        [("smtp", Encryption::StartTls as fn(Identity) -> Encryption), ("smtps", Encryption::FromStart)]
    {
        let (server, folder) = server(encryption, "127.0.0.1");
        let right = url(scheme, "127.0.0.1", &server, &folder);
        send(&open(&right).await, MAIL).await.expect("sent");
        let commands = server.commands().len();

        let elsewhere = url(scheme, "localhost", &server, &folder);
        let told = temporary(send(&open(&elsewhere).await, MAIL).await);
        assert!(told.contains("not valid for name"), "{scheme}: {told}");
        let (known, _) = right.split_once('?').expect("a query");
        let told = temporary(send(&open(known).await, MAIL).await);
        assert!(told.contains("UnknownIssuer"), "{scheme}: {told}");
        fs::write(folder.path().join("ca.pem"), Identity::of("127.0.0.1").pem).expect("written");
        let told = temporary(send(&open(&right).await, MAIL).await);
        assert!(told.contains("invalid peer certificate"), "{scheme}: {told}");

        let later = server.commands().split_off(commands);
        assert!(
            later.iter().all(|line| ["EHLO shop.example", "STARTTLS", "RSET", "QUIT"].contains(&&**line))
        );
        assert_eq!(server.mails().len(), 1, "{scheme}");
    }
}

#[tokio::test]
async fn answers_from_before_the_encryption_are_not_believed() {
    let injected = "220 go ahead\r\n250-mail.test\r\n250 AUTH LOGIN";
    let script = script("STARTTLS", Reply::Say(injected));
    let (server, folder) =
        scripted(Encryption::StartTls, "127.0.0.1", Config { script, ..Config::default() });
    let told = temporary(send(&open(&url("smtp", "127.0.0.1", &server, &folder)).await, MAIL).await);
    assert!(told.starts_with("encryption: the connection broke: "), "{told}");
    assert_eq!(server.commands(), ["EHLO shop.example", "STARTTLS"]);
}

#[tokio::test]
async fn a_file_without_certificates_is_told_at_once() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("ca.pem");
    let options = || format!("smtps://mail.example.com?ca={}", file.display()).parse().expect("an address");
    let begin = format!("cannot read certificates from {}: ", file.display());
    let told = || async {
        let error = shop_mailer::SmtpTransport::open(options()).await.expect_err("refused").to_string();
        error.strip_prefix(&begin).expect("the file is named").to_owned()
    };
    assert!(told().await.starts_with("No such file"));
    fs::write(&file, "-----BEGIN NOTHING-----").expect("written");
    assert_eq!(told().await, "there are none in it");
    fs::write(&file, "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n").expect("written");
    assert!(!told().await.is_empty());
}
