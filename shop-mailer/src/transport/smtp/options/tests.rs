use super::*;

fn options(url: &str) -> SmtpOptions {
    url.parse().unwrap_or_else(|error| panic!("{url}: {error}"))
}

#[test]
fn a_port_that_is_not_named_is_the_usual_one() {
    for (url, server, encryption) in [
        ("smtp://mail.example.com", "mail.example.com:587", Encryption::StartTls),
        ("smtp://mail.example.com/", "mail.example.com:587", Encryption::StartTls),
        ("smtp://mail.example.com:25", "mail.example.com:25", Encryption::StartTls),
        ("smtps://mail.example.com", "mail.example.com:465", Encryption::FromStart),
        ("smtps://mail_server:4650", "mail_server:4650", Encryption::FromStart),
        ("smtp://192.0.2.7", "192.0.2.7:587", Encryption::StartTls),
        ("smtp://[2001:db8::7]", "[2001:db8::7]:587", Encryption::StartTls),
        ("smtps://u:p@[::1]:4650", "[::1]:4650", Encryption::FromStart),
        ("smtp://localhost:1025?tls=none", "localhost:1025", Encryption::Never),
    ] {
        let options = options(url);
        assert_eq!((options.server().as_str(), options.encryption), (server, encryption), "{url}");
    }
    assert_eq!(options("smtp://[2001:db8::7]").host, "2001:db8::7", "as a certificate has it");
}

#[test]
fn user_and_password_are_decoded() {
    for (url, credentials) in [
        ("smtp://mail", None),
        ("smtp://shop:secret@mail", Some(("shop", "secret"))),
        ("smtp://shop%40example.com:p%3Aa%2Fs%3Fs%25@mail", Some(("shop@example.com", "p:a/s?s%"))),
        ("smtp://shop:%C8%9Bar%C4%83@mail", Some(("shop", "țară"))),
        ("smtp://shop:țară ă@mail", Some(("shop", "țară ă"))),
        ("smtp://shop:a:b@c@mail", Some(("shop", "a:b@c"))),
        ("smtp://shop:a+b@mail", Some(("shop", "a+b"))),
    ] {
        let expected = credentials.map(Credentials::from);
        assert!(options(url).credentials == expected, "{url}");
    }
}

#[test]
fn an_authority_may_be_named() {
    let options = options("smtps://mail?ca=/etc/ssl/our%20own.pem");
    assert_eq!(options.authorities.as_deref(), Some(Path::new("/etc/ssl/our own.pem")));
}

#[test]
fn other_addresses_are_refused() {
    for url in [
        "",
        "mail.example.com",
        "smtp:",
        "smtp:mail.example.com",
        "smtp://",
        "smtp://:587",
        "smtp://shop:secret@",
        "smtp://shop@mail",
        "smtp://shop:@mail",
        "smtp://:secret@mail",
        "smtp://shop:a%00b@mail",
        "smtp://shop:a%ffb@mail",
        "smtp://shop:a\tb@mail",
        "smtp://mail\n",
        " smtp://mail",
        "smtp://mail:0",
        "smtp://mail:65536",
        "smtp://mail:port",
        "smtp://ma il",
        "smtp://poștă.example",
        "smtp://[::1",
        "smtp://mail/inbox",
        "smtp://shop:a#b@mail",
        "smtp://mail#x",
        "smtp://mail?tls=maybe",
        "smtp://mail?tls=none&tls=none",
        "smtp://mail?tls=none&ca=/ca.pem",
        "smtp://mail?TLS=none",
        "smtp://mail?ca=",
        "smtp://mail?ca=a&ca=b",
        "smtp://mail?timeout=1",
        "smtps://mail?tls=none",
        "http://mail",
    ] {
        assert_eq!(url.parse::<SmtpOptions>().err(), Some(InvalidSmtpUrl), "{url:?}");
    }
}

#[test]
fn the_password_is_not_shown() {
    let shown = format!("{:?}", options("smtp://shopkeeper:hush@mail:2525"));
    assert!(shown.contains("mail:2525") && !shown.contains("hush") && !shown.contains("keeper"), "{shown}");
}
