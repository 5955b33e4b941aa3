//! The settings: layers, faults, secrets, production.

#![cfg(test)]

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;
use vitrina::Program;
use vitrina::settings::{
    Database, DefaultText, Faults, Input, Listen, Loaded, MailTarget, Profile, Setting, Settings, TABLE,
    load, report,
};

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// What a program is started with, put together step by step.
#[derive(Default)]
struct Start {
    input: Input,
    files: Vec<NamedTempFile>,
}

impl Start {
    fn new() -> Self {
        Self::default()
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.input.environment.push((name.into(), value.into()));
        self
    }

    fn flag(mut self, key: &'static str, value: &str) -> Self {
        self.input.flags.push((key, value.to_owned()));
        self
    }

    fn file(mut self, text: &str) -> Self {
        let (start, path) = self.keep(text);
        self = start;
        self.input.config = Some(path);
        self
    }

    fn variable_with_file(self, name: &str, text: &str) -> Self {
        let (start, path) = self.keep(text);
        start.variable(name, path.to_str().expect("a path in UTF-8"))
    }

    fn keep(mut self, text: &str) -> (Self, PathBuf) {
        let mut file = NamedTempFile::new().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        let path = file.path().to_owned();
        self.files.push(file);
        (self, path)
    }

    fn load(&self) -> Result<Loaded, Faults> {
        load(Program::Web, &self.input)
    }

    fn settings(&self) -> Settings {
        self.load().expect("no faults").settings
    }

    /// The faults, one line each.
    fn faults(&self) -> Vec<String> {
        let faults = self.load().expect_err("faults").to_string();
        faults.lines().map(str::to_owned).collect()
    }

    /// The only fault.
    fn fault(&self) -> String {
        let faults = self.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.concat()
    }
}

#[test]
fn the_table_tells_the_true_defaults() {
    for profile in [Profile::Development, Profile::Production] {
        let defaults = Settings::defaults(profile);
        let mut applied = defaults.clone();
        for setting in TABLE.iter().filter(|setting| setting.key != "profile") {
            if let Some(text) = setting.default.value(profile) {
                (setting.apply)(&mut applied, text)
                    .unwrap_or_else(|problem| panic!("{}: {problem:?}", setting.key));
            }
        }
        assert_eq!(format!("{applied:#?}"), format!("{defaults:#?}"));
    }
}

#[test]
fn the_table_is_whole() {
    let contract = "PROFILE ADDRESS PORT HEALTH_ADDRESS HEALTH_PORT BASE_PATH DATABASE_URL MIGRATE PUBLIC_URL TITLE LANGUAGE \
        CURRENCY MAIL_URL MAIL_FROM MAIL_RELAY SECRET_KEY SAMPLE_CATALOG TRUSTED_PROXIES DRAIN_SECONDS SHUTDOWN_SECONDS \
        HEADER_SECONDS BODY_SECONDS IDLE_SECONDS MAX_CONNECTIONS MAX_CONNECTIONS_PER_ADDRESS SHOW_INSTANCE LOG";
    let own = "TIDY KEEP_SENT_DAYS KEEP_DEAD_DAYS TRACK LOG_FOLDER";
    let all = contract.split_whitespace().chain(own.split_whitespace());
    let contract: HashSet<_> = all.map(|name| format!("SHOP_{name}")).collect();
    let table: HashSet<_> = TABLE.iter().map(Setting::variable).collect();
    assert_eq!(table, contract);
    assert_eq!(TABLE.len(), contract.len(), "no setting stands there twice");
    for setting in TABLE {
        assert!(!setting.about.is_empty(), "{} has no line of help", setting.key);
    }
}

#[test]
fn every_row_reads_its_own_setting() {
    // Another value than the default for each; whatever a row puts in the wrong place leaves another row's default.
    let others = [
        ("address", "0.0.0.0"),
        ("port", "1"),
        ("health_address", "::"),
        ("health_port", "2"),
        ("base_path", "/shop"),
        ("database_url", "sqlite://other.db"),
        ("migrate", "false"),
        ("public_url", "https://shop.example.com"),
        ("title", "Other"),
        ("language", "ro"),
        ("currency", "EUR"),
        ("mail_url", "none://"),
        ("mail_from", "other@example.com"),
        ("mail_relay", "false"),
        ("tidy", "false"),
        ("keep_sent_days", "1"),
        ("keep_dead_days", "2"),
        ("secret_key", KEY),
        ("sample_catalog", "false"),
        ("trusted_proxies", "10.0.0.0/8"),
        ("drain_seconds", "1"),
        ("shutdown_seconds", "2"),
        ("header_seconds", "3"),
        ("body_seconds", "4"),
        ("idle_seconds", "5"),
        ("max_connections", "6"),
        ("max_connections_per_address", "7"),
        ("track", "canary"),
        ("show_instance", "true"),
        ("log", "json"),
        ("log_folder", "logs"),
        ("profile", "production"),
    ];
    assert_eq!(others.len(), TABLE.len());
    let mut changed = HashSet::new();
    for (key, text) in others {
        let setting = TABLE.iter().find(|setting| setting.key == key).expect(key);
        let mut settings = Settings::defaults(Profile::Development);
        (setting.apply)(&mut settings, text).unwrap_or_else(|problem| panic!("{key}: {problem:?}"));
        let settings = format!("{settings:?}");
        assert_ne!(
            settings,
            format!("{:?}", Settings::defaults(Profile::Development)),
            "{key} changes nothing"
        );
        assert!(changed.insert(settings), "{key} changes what another setting changes");
    }
}

#[test]
fn each_layer_wins_over_the_one_before() {
    let file = Start::new().file("port = 1\nhealth_port = 2\ntitle = \"File\"");
    assert_eq!((file.settings().storefront.port, file.settings().health.port), (1, 2));
    let environment = file.variable("SHOP_PORT", "3").variable("SHOP_HEALTH_PORT", "4");
    assert_eq!((environment.settings().storefront.port, environment.settings().health.port), (3, 4));
    let flag = environment.flag("port", "5");
    let settings = flag.settings();
    assert_eq!((settings.storefront.port, settings.health.port, settings.title.as_str()), (5, 4, "File"));
    assert_eq!(settings.currency.code(), "RON", "the default");
}

#[test]
fn a_file_may_write_values_as_toml_does() {
    let settings = Start::new()
        .file("trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nmigrate = false\nport = 80")
        .settings();
    assert_eq!(settings.trusted_proxies.len(), 2);
    assert!(!settings.database.migrate);
    assert_eq!(settings.storefront.port, 80);
}

#[test]
fn values_may_lie_in_files_of_their_own() {
    let from_variable = Start::new().variable_with_file("SHOP_TITLE_FILE", "Magazin\r\n").settings();
    assert_eq!(from_variable.title.as_str(), "Magazin");
    let (start, path) = Start::new().keep(&format!("{KEY}\n"));
    let from_file = start.file(&format!("secret_key_file = {path:?}")).settings();
    assert!(from_file.secret_key.is_some());

    let missing = Start::new().variable("SHOP_SECRET_KEY_FILE", "/nowhere/key").fault();
    assert!(
        missing.starts_with("SHOP_SECRET_KEY_FILE (environment): the file \"/nowhere/key\" cannot be read:"),
        "{missing}"
    );
    let both = Start::new().variable("SHOP_TITLE", "A").variable_with_file("SHOP_TITLE_FILE", "B").fault();
    assert!(both.contains("is set twice"), "{both}");
    let faulty = Start::new().variable_with_file("SHOP_PORT_FILE", "eighty\n").fault();
    assert!(faulty.starts_with("SHOP_PORT (environment, from the file /"), "{faulty}");
    assert!(faulty.ends_with("): \"eighty\" is not a whole number from 0 to 65535"), "{faulty}");
}

#[test]
fn a_file_takes_a_lower_layers_place() {
    let start = Start::new().file("secret_key = \"broken\"").variable_with_file("SHOP_SECRET_KEY_FILE", KEY);
    assert!(start.settings().secret_key.is_some());
}

#[test]
fn the_old_name_of_the_title_counts_where_the_new_one_is_not_set() {
    assert_eq!(Start::new().variable("APP_TITLE", "Old").settings().title.as_str(), "Old");
    let both = Start::new().variable("APP_TITLE", "Old").variable("SHOP_TITLE", "New");
    assert_eq!(both.settings().title.as_str(), "New");
    let empty = Start::new().variable("APP_TITLE", "Old").variable("SHOP_TITLE", "");
    assert_eq!(empty.settings().title.as_str(), "Old");
}

#[test]
fn an_empty_variable_is_not_set() {
    let start = Start::new().variable("SHOP_PORT", "").variable("SHOP_NO_SUCH_THING", "");
    assert_eq!(start.settings().storefront.port, 8000);
}

#[test]
fn all_faults_come_at_once_and_each_is_a_line() {
    let start = Start::new()
        .file("currency = \"XYZ\"\nprot = 1\n\n[web]\nlog = \"loud\"")
        .variable("SHOP_PORT", "80000")
        .variable("SHOP_TITEL", "Shop")
        .variable("SHOP_TITLE", "two\nlines")
        .flag("language", "de");
    let path = start.input.config.as_ref().expect("a file").display().to_string();
    assert_eq!(
        start.faults(),
        [
            format!("prot ({path} line 2): there is no such setting; the nearest one is port"),
            format!("web ({path} line 4): tables have no meaning here, every key stands at the top"),
            "SHOP_TITEL (environment): there is no such setting; the nearest one is SHOP_TITLE".to_owned(),
            "SHOP_PORT (environment): \"80000\" is not a whole number from 0 to 65535".to_owned(),
            "SHOP_TITLE (environment): \"two\\nlines\" is not a title of 1 to 60 characters on one line"
                .to_owned(),
            "SHOP_LANGUAGE (flag): \"de\" is not one of the languages en, ro, es, pt, fr".to_owned(),
            format!(
                "SHOP_CURRENCY ({path} line 1): \"XYZ\" is not a currency code of ISO 4217, such as RON or EUR"
            ),
        ]
    );
}

#[test]
fn a_name_cannot_break_the_line() {
    let faults = Start::new().variable("SHOP_A\nSHOP_B: all is well", "1").faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn names_are_case_sensitive() {
    assert!(Start::new().variable("SHOP_port", "1").fault().contains("nearest one is SHOP_PORT"));
    assert!(Start::new().file("PORT = 1").fault().contains("nearest one is port"));
    assert!(Start::new().file("shop_port = 1").fault().starts_with("shop_port ("));
}

#[test]
fn every_broken_line_of_a_file_is_told() {
    let faults = Start::new().file("port = 1\ntitle = \"open\nmigrate = maybe\n").faults();
    assert!(faults.iter().any(|fault| fault.contains(" line 2): ")), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.contains(" line 3): ")), "{faults:?}");
    let twice = Start::new().file("port = 1\nport = 2").fault();
    assert!(twice.contains("line 2): "), "{twice}");
}

#[test]
fn a_file_that_is_not_there_is_a_fault() {
    let mut start = Start::new();
    start.input.config = Some("/nowhere/shop.toml".into());
    assert!(start.fault().starts_with("--config /nowhere/shop.toml: cannot be read: "));
}

#[test]
fn what_is_not_allowed_is_refused() {
    let refused = [
        ("SHOP_PROFILE", "prod"),
        ("SHOP_ADDRESS", "localhost"),
        ("SHOP_PORT", "-1"),
        ("SHOP_PORT", "+80"),
        ("SHOP_PORT", "65536"),
        ("SHOP_PORT", "8000 "),
        ("SHOP_HEALTH_PORT", "http"),
        ("SHOP_BASE_PATH", "shop"),
        ("SHOP_BASE_PATH", "/a//b"),
        ("SHOP_DATABASE_URL", "vitrina.db"),
        ("SHOP_DATABASE_URL", "sqlite://"),
        ("SHOP_DATABASE_URL", "postgres://u:p@h/d"),
        ("SHOP_MIGRATE", "yes"),
        ("SHOP_PUBLIC_URL", "shop.example.com"),
        ("SHOP_PUBLIC_URL", "ftp://shop.example.com"),
        ("SHOP_TITLE", &"x".repeat(61)),
        ("SHOP_LANGUAGE", "EN"),
        ("SHOP_CURRENCY", "ron"),
        ("SHOP_MAIL_URL", "mail"),
        ("SHOP_MAIL_URL", "file://"),
        ("SHOP_MAIL_URL", "smtp://shop@mail"),
        ("SHOP_MAIL_URL", "smtps://mail?tls=none"),
        ("SHOP_MAIL_FROM", "Vitrina"),
        ("SHOP_MAIL_FROM", "a@b.ro\r\nBcc: c@d.ro"),
        ("SHOP_SECRET_KEY", "c2hvcnQ="),
        ("SHOP_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("SHOP_TRUSTED_PROXIES", "proxy"),
        ("SHOP_DRAIN_SECONDS", "3601"),
        ("SHOP_SHUTDOWN_SECONDS", "0"),
        ("SHOP_HEADER_SECONDS", "1.5"),
        ("SHOP_IDLE_SECONDS", "0"),
        ("SHOP_MAX_CONNECTIONS", "0"),
        ("SHOP_MAX_CONNECTIONS_PER_ADDRESS", "1000001"),
        ("SHOP_TRACK", "Canary"),
        ("SHOP_TRACK", "-next"),
        ("SHOP_TRACK", "next-"),
        ("SHOP_TRACK", "a.b"),
        ("SHOP_TRACK", "next\n"),
        ("SHOP_TRACK", &"x".repeat(64)),
        ("SHOP_SHOW_INSTANCE", "1"),
        ("SHOP_LOG", "xml"),
    ];
    for (name, value) in refused {
        let fault = Start::new().variable(name, value).fault();
        assert!(fault.starts_with(&format!("{name} (environment): ")), "{fault}");
        assert!(fault.contains(" is n"), "it says what is allowed: {fault}");
    }
}

#[test]
fn a_track_is_a_label_of_kubernetes() {
    assert_eq!(Start::new().settings().track.to_string(), "stable");
    for label in ["c", "next", "release-2", "0-1-0", &"x".repeat(63)] {
        assert_eq!(Start::new().variable("SHOP_TRACK", label).settings().track.to_string(), label);
    }
    assert_eq!(
        Start::new().variable("SHOP_TRACK", "Canary").fault(),
        "SHOP_TRACK (environment): \"Canary\" is not 1 to 63 of a-z, 0-9 and -, with a letter or digit at either end"
    );
}

#[test]
fn mails_may_go_to_a_mail_server() {
    for (url, server) in [
        ("smtp://shop:s3cret@mail.example.com:25", "mail.example.com:25"),
        ("smtp://mail.example.com", "mail.example.com:587"),
        ("smtps://shop:s3cret@[::1]", "[::1]:465"),
        ("smtp://localhost:1025?tls=none", "localhost:1025"),
    ] {
        let loaded = Start::new().variable("SHOP_MAIL_URL", url).load().expect("no faults");
        let MailTarget::Smtp(options) = &loaded.settings.mail.target else { panic!("{url}") };
        assert_eq!(options.server(), server);
        let told = format!("{}{loaded:?}", report(&loaded));
        assert!(!told.contains("s3cret") && !told.contains("shop:"), "{told}");
        let place = url.rsplit(['@', '/']).next().expect("a place");
        assert!(told.contains(place), "{place} in {told}");
    }
}

#[test]
fn secrets_are_never_told() {
    let broken = [
        ("SHOP_SECRET_KEY", "hush-hush"),
        ("SHOP_DATABASE_URL", "mysqll://shop:hush-hush@db/shop"),
        ("SHOP_MAIL_URL", "smtpp://shop:hush-hush@mail"),
        ("SHOP_MAIL_URL", "smtp://shop:hush-hush@mail?tls=off"),
        ("SHOP_SECRET_KEI", "hush-hush"),
    ];
    for (name, value) in broken {
        let fault = Start::new().variable(name, value).fault();
        assert!(!fault.contains("hush"), "{fault}");
    }
    assert!(!Start::new().file("secret_key = hush-hush").faults().concat().contains("hush-hush"));
    let loaded = Start::new().variable("SHOP_SECRET_KEY", KEY).load().expect("no faults");
    assert!(!format!("{loaded:?}").contains(KEY), "{loaded:?}");
    assert!(!format!("{:?}", loaded.settings).contains("48, 49, 50"), "the bytes");
    assert!(!report(&loaded).contains(KEY));
}

#[test]
fn a_file_that_holds_a_secret_is_not_told_either() {
    let loaded = Start::new().variable_with_file("SHOP_SECRET_KEY_FILE", KEY).load().expect("no faults");
    assert!(!format!("{loaded:?}").contains(KEY));
    let fault = Start::new().variable_with_file("SHOP_SECRET_KEY_FILE", "hush-hush").fault();
    assert!(!fault.contains("hush"), "{fault}");
}

#[test]
fn services_of_a_cluster_are_no_settings() {
    let start = Start::new()
        .variable("SHOP_PORT", "tcp://10.0.0.1:80")
        .variable("SHOP_SERVICE_HOST", "10.0.0.1")
        .variable("SHOP_SERVICE_PORT", "80")
        .variable("SHOP_SERVICE_PORT_HTTP", "80")
        .variable("SHOP_PORT_80_TCP", "tcp://10.0.0.1:80")
        .variable("SHOP_PORT_80_TCP_ADDR", "10.0.0.1")
        .variable("SHOP_WEB_PORT", "tcp://10.0.0.1:80");
    assert_eq!(start.settings().storefront.port, 8000);
    assert!(Start::new().variable("SHOP_WEB_PORT", "80").fault().starts_with("SHOP_WEB_PORT (environment)"));
}

#[test]
fn other_programs_variables_are_none_of_ours() {
    let start = Start::new().variable("PATH", "/bin").variable("SHOPPING", "yes").variable("XSHOP_PORT", "1");
    assert_eq!(start.settings().storefront.port, 8000);
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_a_fault() {
    use std::os::unix::ffi::OsStringExt as _;
    let mut start = Start::new();
    start.input.environment.push(("SHOP_TITLE".into(), OsString::from_vec(vec![0xff])));
    assert_eq!(start.fault(), "SHOP_TITLE (environment): is not valid UTF-8");
}

#[test]
fn production_refuses_every_unsafe_default_at_once() {
    let bare = Start::new().variable("SHOP_PROFILE", "production");
    let names = |faults: &[String]| -> Vec<_> {
        faults.iter().map(|fault| fault.split(':').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(&bare.faults()), ["SHOP_PUBLIC_URL", "SHOP_MAIL_URL", "SHOP_SECRET_KEY"]);
    let insecure =
        bare.variable("SHOP_PUBLIC_URL", "http://shop.example.com").variable("SHOP_SAMPLE_CATALOG", "true");
    assert_eq!(
        names(&insecure.faults()),
        ["SHOP_PUBLIC_URL", "SHOP_MAIL_URL", "SHOP_SECRET_KEY", "SHOP_SAMPLE_CATALOG"]
    );
    let production = || Start::new().variable("SHOP_PROFILE", "production");
    for broken in [
        production().variable("SHOP_SECRET_KEY", "short"),
        production().variable("SHOP_SECRET_KEY_FILE", "/no/such/file"),
        Start::new().file("profile = \"production\"\nsecret_key_file = \"/no/such/file\""),
    ] {
        let is_about_the_key = |fault: &&String| fault.to_lowercase().contains("secret_key");
        assert_eq!(broken.faults().iter().filter(is_about_the_key).count(), 1, "one fault a setting");
    }
}

#[test]
fn production_asks_each_program_for_what_it_runs_with() {
    let bare = Start::new().variable("SHOP_PROFILE", "production");
    let names = |program| load(program, &bare.input).err().map_or(0, |faults| faults.0.len());
    assert_eq!((names(Program::Web), names(Program::Mailer), names(Program::Admin)), (3, 2, 0));
}

#[test]
fn production_starts_with_safe_settings() {
    let settings = |mail_url| {
        let start = Start::new()
            .variable("SHOP_PROFILE", "production")
            .variable("SHOP_PUBLIC_URL", "https://shop.example.com")
            .variable("SHOP_MAIL_URL", mail_url)
            .variable("SHOP_SECRET_KEY", KEY);
        start.settings()
    };
    let to_server = settings("smtp://shop:secret@mail.example.com");
    assert_eq!(to_server.limits.drain, Duration::from_secs(5));
    assert!(!to_server.database.migrate && !to_server.sample_catalog);
    assert!(matches!(to_server.mail.target, MailTarget::Smtp(_)));
    assert_eq!(settings("none://").mail.target, MailTarget::Nowhere);
}

#[test]
fn links_begin_with_the_public_url_and_the_prefix() {
    let first_page = |url: &str, base_path: &str| {
        let start = Start::new().variable("SHOP_PUBLIC_URL", url).variable("SHOP_BASE_PATH", base_path);
        start.settings().first_page(Listen { address: [0, 0, 0, 0].into(), port: 8123 })
    };
    assert_eq!(first_page("", "/"), "http://127.0.0.1:8123");
    assert_eq!(first_page("", "/shop"), "http://127.0.0.1:8123/shop");
    assert_eq!(first_page("https://example.com/", "/"), "https://example.com");
    assert_eq!(first_page("https://example.com", "/shop"), "https://example.com/shop");
    assert_eq!(first_page("https://example.com/shop", "/shop"), "https://example.com/shop");
    assert_eq!(first_page("http://shop", "/shop"), "http://shop/shop", "a host of the same name is no path");
    assert_eq!(first_page("https://example.com/stripped", "/"), "https://example.com/stripped");
}

#[test]
fn paths_are_taken_as_they_are() {
    for (url, path) in
        [("sqlite://vitrina.db", "vitrina.db"), ("sqlite:///var/lib/shop/a b.db", "/var/lib/shop/a b.db")]
    {
        let settings = Start::new().variable("SHOP_DATABASE_URL", url).settings();
        let Database::Sqlite(options) = settings.database.location else { panic!("{url}") };
        assert_eq!(options.path(), Path::new(path));
    }
}

#[test]
fn the_report_tells_values_and_where_they_come_from() {
    let start = Start::new()
        .file("currency = \"EUR\"")
        .variable("SHOP_PORT", "1")
        .variable("SHOP_SECRET_KEY", KEY)
        .flag("title", "Magazin");
    let path = start.input.config.as_ref().expect("a file").display().to_string();
    let report = report(&start.load().expect("no faults"));
    for line in [
        "SHOP_PORT = 1  (environment)".to_owned(),
        "SHOP_HEALTH_PORT = 8001  (default)".to_owned(),
        "SHOP_TITLE = Magazin  (flag)".to_owned(),
        format!("SHOP_CURRENCY = EUR  ({path} line 1)"),
        "SHOP_SECRET_KEY = (hidden)  (environment)".to_owned(),
        "SHOP_MIGRATE = true  (default)".to_owned(),
    ] {
        assert!(report.lines().any(|other| other == line), "{line:?} in\n{report}");
    }
    assert_eq!(report.lines().count(), TABLE.len());
}

#[test]
fn the_readme_has_every_setting_with_its_default() {
    let readme = include_str!("../README.md");
    for setting in TABLE {
        let default = match setting.default {
            DefaultText::Always("") | DefaultText::Described(_) => setting.default.to_string(),
            DefaultText::Always(text) => format!("`{text}`"),
            DefaultText::ByProfile { development, production } => {
                format!("`{development}`, in production `{production}`")
            }
        };
        let row = format!("| `{}` | {default} | {} |", setting.variable(), setting.about);
        assert!(readme.lines().any(|line| line == row), "the table of the README lacks\n{row}");
    }
}
