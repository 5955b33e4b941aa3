//! What keeps the shop from starting, told in one line each.

use std::fs;
use std::path::Path;

use crate::browser::Browser;
use crate::shop::{Shop, folder, shop_web, stderr_of, stdout_of};

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

#[test]
fn it_starts_with_nothing_configured() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let health = Browser::new(&shop.health);
    assert_eq!((health.get("/healthz").status, health.get("/readiness").status), (200, 200));
    let version: serde_json::Value = serde_json::from_str(&health.get("/version").body).expect("JSON");
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert!(version["commit"].is_string());
    assert_eq!(version["track"], "stable");
    assert!(health.get("/metrics").body.contains("vitrina_http_requests_total"));
    assert!(folder.path().join("vitrina.db").exists());
    shop.stop();
}

#[test]
fn the_log_may_be_json() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_LOG", "json")]);
    let log = shop.stop();
    assert!(log.lines().count() >= 2, "{log}");
    for line in log.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("one event a line");
        assert!(event["level"].is_string() && event["message"].is_string(), "{line}");
    }
}

#[test]
fn the_log_goes_into_files_too_if_asked() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_LOG", "json"), ("SHOP_LOG_FOLDER", "logs")]);
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
    let stderr = shop.stop();
    let logs = fs::read_dir(folder.path().join("logs")).expect("a folder");
    // There may be two, of two hours; their names stand in the order of time.
    let mut files: Vec<_> = logs.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let named = |file: &Path| {
        file.file_name().is_some_and(|name| name.display().to_string().starts_with("shop-web.20"))
    };
    assert!(files.iter().all(|file| named(file)), "{files:?}");
    let text: String = files.iter().map(|file| fs::read_to_string(file).expect("text")).collect();
    assert_eq!(text, stderr, "the same lines in both");
}

#[test]
fn settings_may_come_from_file_and_flag_and_are_told() {
    let folder = folder();
    fs::write(folder.path().join("shop.toml"), "title = \"Magazinul meu\"\nshow_instance = true\n")
        .expect("written");
    let told = shop_web(folder.path(), &[], &["--config", "shop.toml", "--language", "ro", "--settings"]);
    assert!(told.status.success());
    let told = stdout_of(&told);
    assert!(told.contains("SHOP_TITLE = Magazinul meu  (shop.toml line 1)"), "{told}");
    assert!(told.contains("SHOP_LANGUAGE = ro  (flag)"), "{told}");
    assert!(!folder.path().join("vitrina.db").exists(), "it only told");
}

#[test]
fn the_title_stands_in_the_page_and_the_instance_does_not() {
    let folder = folder();
    let settings = [("APP_TITLE", "Magazinul meu"), ("SHOP_LANGUAGE", "ro"), ("SHOP_TRACK", "canary")];
    let shop = Shop::start(folder.path(), &settings);
    let page = Browser::new(&shop.url).get("/");
    assert!(page.body.contains("Magazinul meu") && page.body.contains("lang=\"ro\""), "{}", page.body);
    assert!(!page.body.contains("data-instance") && !page.body.contains("canary"), "{}", page.body);
    assert_eq!(page.version, None);
}

#[test]
fn the_instance_is_told_if_asked() {
    let folder = folder();
    let settings = [("SHOP_SHOW_INSTANCE", "true"), ("SHOP_TRACK", "canary")];
    let shop = Shop::start(folder.path(), &settings);
    let (browser, health) = (Browser::new(&shop.url), Browser::new(&shop.health));
    let page = browser.get("/");
    let footer = concat!("data-instance>", env!("CARGO_PKG_VERSION"), " (canary) on ");
    assert!(page.body.contains(footer), "{}", page.body);
    for (path, status) in [("/", 200), ("/cart", 303), ("/static/shop.css", 200), ("/no-such-page", 404)] {
        let answer = browser.get(path);
        let version = Some(env!("CARGO_PKG_VERSION"));
        assert_eq!((answer.status, answer.version.as_deref()), (status, version), "{path}");
    }
    let version: serde_json::Value = serde_json::from_str(&health.get("/version").body).expect("JSON");
    assert_eq!(version["track"], "canary");
    assert!(health.get("/metrics").body.contains("track=\"canary\""));
    shop.stop();
}

#[test]
fn help_lists_every_setting() {
    let help = stdout_of(&shop_web(folder().path(), &[], &["--help"]));
    for setting in vitrina::settings::TABLE.iter().filter(|setting| setting.key != "secret_key") {
        assert!(
            help.contains(&setting.variable()) && help.contains(&format!("--{}", setting.flag())),
            "{}",
            setting.key
        );
    }
}

#[test]
fn a_port_in_use_is_one_line() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let (storefront, health) = (port(&shop.url), port(&shop.health));
    for (name, taken) in [("SHOP_PORT", storefront), ("SHOP_HEALTH_PORT", health)] {
        let elsewhere = crate::shop::folder();
        let free = if name == "SHOP_PORT" { ("SHOP_HEALTH_PORT", "0") } else { ("SHOP_PORT", "0") };
        let refused = shop_web(elsewhere.path(), &[(name, &taken), free], &[]);
        assert_eq!(refused.status.code(), Some(2));
        let line = only_line(&stderr_of(&refused));
        assert!(line.starts_with(&format!("shop-web: cannot listen on 127.0.0.1:{taken} (")), "{line}");
        assert!(line.contains(name), "{line}");
        assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0, "nothing was made");
    }
}

fn port(url: &str) -> String {
    url.rsplit(':').next().expect("a port").to_owned()
}

/// The only line of the log that is no event.
fn only_line(stderr: &str) -> String {
    let lines: Vec<_> = stderr.lines().filter(|line| line.starts_with("shop-web: ")).collect();
    assert_eq!((lines.len(), stderr.lines().count()), (1, 1), "{stderr}");
    lines.concat()
}

#[test]
fn a_folder_that_cannot_be_written_is_one_line() {
    let folder = folder();
    fs::write(folder.path().join("file"), "not a folder").expect("written");
    let ports = [("SHOP_PORT", "0"), ("SHOP_HEALTH_PORT", "0")];
    for (name, value, told) in [
        ("SHOP_DATABASE_URL", "sqlite://file/shop.db", "cannot open the database file/shop.db: "),
        (
            "SHOP_DATABASE_URL",
            "sqlite://no/such/folder/shop.db",
            "cannot open the database no/such/folder/shop.db: ",
        ),
        ("SHOP_MAIL_URL", "file://file/mail", "cannot write mails into file/mail (SHOP_MAIL_URL): "),
        ("SHOP_LOG_FOLDER", "file/logs", "cannot write the log into file/logs (SHOP_LOG_FOLDER): "),
    ] {
        let refused = shop_web(folder.path(), &[&ports[..], &[(name, value)]].concat(), &[]);
        assert_eq!(refused.status.code(), Some(2), "{name}={value}");
        let line = only_line(&stderr_of(&refused));
        assert!(line.contains(told), "{line}");
    }
}

#[test]
fn another_file_or_another_programs_database_is_left_alone() {
    let folder = folder();
    let text = "This is no database, however long it may be. ".repeat(100);
    fs::write(folder.path().join("vitrina.db"), &text).expect("written");
    let refused = shop_web(folder.path(), &[("SHOP_PORT", "0"), ("SHOP_HEALTH_PORT", "0")], &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(only_line(&stderr_of(&refused)).contains("vitrina.db"));
    assert_eq!(fs::read_to_string(folder.path().join("vitrina.db")).expect("text"), text);
}

#[test]
fn all_faults_of_the_settings_are_told_at_once() {
    let folder = folder();
    let settings = [
        ("SHOP_PORT", "eighty"),
        ("SHOP_CURENCY", "EUR"),
        ("SHOP_LANGUAGE", "de"),
        ("SHOP_MAIL_URL", "smtp://a:hush@b?tls=off"),
    ];
    let refused = shop_web(folder.path(), &settings, &[]);
    assert_eq!(refused.status.code(), Some(2));
    let stderr = stderr_of(&refused);
    let faults: Vec<_> = stderr.lines().collect();
    assert_eq!(faults.len(), 4, "{stderr}");
    assert!(faults.iter().all(|fault| fault.starts_with("shop-web: SHOP_")), "{stderr}");
    assert!(
        stderr.contains(
            "SHOP_CURENCY (environment): there is no such setting; the nearest one is SHOP_CURRENCY"
        ),
        "{stderr}"
    );
    assert!(!stderr.contains("hush"), "{stderr}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing was made");
    assert_eq!(shop_web(folder.path(), &[], &["--no-such-flag"]).status.code(), Some(2));
}

#[test]
fn production_refuses_unsafe_defaults_and_works_with_safe_values() {
    let folder = folder();
    let production = [("SHOP_PROFILE", "production"), ("SHOP_SAMPLE_CATALOG", "true")];
    let refused = shop_web(folder.path(), &production, &[]);
    assert_eq!(refused.status.code(), Some(2));
    let stderr = stderr_of(&refused);
    let names: Vec<_> = stderr.lines().map(|line| line.split(": ").nth(1).unwrap_or_default()).collect();
    assert_eq!(names, ["SHOP_PUBLIC_URL", "SHOP_MAIL_URL", "SHOP_SECRET_KEY", "SHOP_SAMPLE_CATALOG"]);

    let safe = [
        ("SHOP_PROFILE", "production"),
        ("SHOP_PUBLIC_URL", "https://shop.example.com"),
        ("SHOP_MAIL_URL", "none://"),
        ("SHOP_SECRET_KEY", KEY),
        ("SHOP_DRAIN_SECONDS", "0"),
    ];
    let unmigrated =
        shop_web(folder.path(), &[&safe[..], &[("SHOP_PORT", "0"), ("SHOP_HEALTH_PORT", "0")]].concat(), &[]);
    assert_eq!(unmigrated.status.code(), Some(2));
    assert!(
        only_line(&stderr_of(&unmigrated))
            .contains("there is no database vitrina.db; `shop-admin migrate` makes one")
    );
    let migrated = crate::shop::shop_admin_with(folder.path(), &safe, &["migrate"], "");
    assert!(migrated.status.success(), "{}", stderr_of(&migrated));
    let shop = Shop::start(folder.path(), &safe);
    assert_eq!(Browser::new(&shop.url).get("/").all(".card[data-sku]", "data-sku").len(), 0, "no sample");
    assert!(!shop.stop().contains(KEY));
}
