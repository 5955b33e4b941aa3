//! Mails by SMTP, from the form to the mail server and back by the link.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::thread;
use std::time::Duration;

use mail_parser::MessageParser;
use serde_json::Value;

use crate::browser::Browser;
use crate::shop::{PASSWORD, PATIENCE, Shop, ask, folder, shop_mailer, shop_web, stderr_of};
use crate::smtp_server::{Config, Encryption, Identity, MailServer, Received};

const ANA: &str = "ana@example.com";

/// A mail server that wants encryption and a password, before it is started.
struct Host {
    address: SocketAddr,
    identity: Identity,
}

impl Host {
    /// Chooses a port where nobody listens, and writes the certificate into the shop's folder.
    fn new(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let identity = Identity::of("127.0.0.1");
        fs::write(folder.join("ca.pem"), &identity.pem).expect("written");
        Self { address: listener.local_addr().expect("an address"), identity }
    }

    fn start(&self) -> MailServer {
        let encryption = Encryption::StartTls(self.identity.clone());
        let account = Some(("shop@example.com", "hush/hush"));
        MailServer::start_at(self.address, Config { encryption, account, ..Config::default() })
    }

    fn url(&self) -> String {
        format!("smtp://shop%40example.com:hush%2Fhush@{}?ca=ca.pem", self.address)
    }
}

fn register(shop: &Shop) {
    let browser = Browser::new(&shop.url);
    let form = browser.get("/ro/register").form("/ro/register");
    let form = form.with("email", ANA).with("last_name", "Pop").with("first_name", "Ana");
    let form =
        form.with("address", "Brașov").with("password", PASSWORD).with("password_confirmation", PASSWORD);
    assert_eq!(browser.submit(&form).status, 303);
}

/// The only mail of the outbox, once it is as it should be.
fn mail_once(folder: &Path, is_right: impl Fn(&Value) -> bool) -> Value {
    const PAUSE: Duration = Duration::from_millis(100);
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        let mails = ask(folder, &["outbox", "list"]);
        if is_right(&mails[0]) {
            return mails[0].clone();
        }
        thread::sleep(PAUSE);
    }
    panic!("{}", ask(folder, &["outbox", "list"]));
}

/// The path of the link in an activation mail.
fn link_in(mail: &Received, shop: &Shop) -> String {
    let mail = MessageParser::default().parse(&mail.bytes).expect("a mail");
    assert_eq!(mail.subject(), Some("Activați-vă contul la Vitrina"));
    let text = mail.body_text(0).expect("a text");
    let link = text.lines().find_map(|line| line.strip_prefix(&shop.url)).expect("a link");
    link.trim_end().to_owned()
}

#[test]
fn the_link_in_a_mail_by_smtp_activates_the_account() {
    let folder = folder();
    let host = Host::new(folder.path());
    // Nobody listens there yet.
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_URL", &host.url())]);
    register(&shop);
    let waiting = mail_once(folder.path(), |mail| mail["last_error"].is_string());
    assert_eq!(waiting["state"], "waiting");
    let error = waiting["last_error"].as_str().expect("an error");
    assert!(error.starts_with(&format!("{}: cannot connect: ", host.address)), "{error}");

    let server = host.start();
    let [mail] = server.wait_for(1).try_into().expect("one mail");
    assert!(mail.encrypted);
    assert_eq!((mail.from.as_str(), mail.to.as_str()), ("<shop@localhost>", "<ana@example.com>"));
    mail_once(folder.path(), |mail| mail["state"] == "sent");
    let path = link_in(&mail, &shop);
    let browser = Browser::new(&shop.url);
    assert_eq!(browser.submit(&browser.get(&path).form(&path)).status, 303);
    Browser::signed_in(&shop.url, ANA);
    let log = shop.stop();
    assert!(log.contains("mails could not be delivered for now") && log.contains("mails delivered"), "{log}");
    assert!(!log.contains("hush") && !log.contains("example.com"), "{log}");
}

#[test]
fn the_mailer_delivers_by_smtp_too() {
    let folder = folder();
    let host = Host::new(folder.path());
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    register(&shop);
    let server = host.start();
    let settings = [("SHOP_MAIL_URL", host.url()), ("SHOP_PUBLIC_URL", shop.url.clone())];
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    let delivered = shop_mailer(folder.path(), &settings, &["--once"]);
    assert!(delivered.status.success(), "{}", stderr_of(&delivered));
    let [mail] = server.wait_for(1).try_into().expect("one mail");
    assert_eq!(Browser::new(&shop.url).get(&link_in(&mail, &shop)).status, 200);
}

#[test]
fn certificates_that_cannot_be_read_are_one_line() {
    let folder = folder();
    let settings = [
        ("SHOP_PORT", "0"),
        ("SHOP_HEALTH_PORT", "0"),
        ("SHOP_MAIL_URL", "smtps://shop:hush@mail.example.com?ca=nowhere.pem"),
    ];
    let refused = shop_web(folder.path(), &settings, &[]);
    assert_eq!(refused.status.code(), Some(2));
    let stderr = stderr_of(&refused);
    let line = stderr.lines().find(|line| line.starts_with("shop-web: ")).expect("a line");
    let expected = "cannot deliver by SMTP (SHOP_MAIL_URL): cannot read certificates from nowhere.pem: ";
    assert!(line.contains(expected) && !stderr.contains("hush"), "{stderr}");
}
