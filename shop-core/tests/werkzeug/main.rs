//! Hashes that Werkzeug itself has made, in every form, by every version that changed something.
//!
//! `make werkzeug-test` has them made and runs this.

#![expect(clippy::expect_used, clippy::panic, reason = "a test ends where it fails")]

use std::collections::BTreeSet;
use std::path::Path;

use shop_core::account::PasswordHash;
use shop_core::legacy_hashes::{Form, is_right, recognize};

const VERSIONS: [&str; 7] = ["0.11.15", "0.14.1", "0.16.1", "2.0.3", "2.3.8", "3.0.6", "3.1.3"];

/// What Werkzeug writes by default or reads without parameters; beside those with parameters of the test's choice.
const NOTABLE: [&str; 9] = [
    "pbkdf2",
    "pbkdf2:sha1:1000",
    "pbkdf2:sha256",
    "pbkdf2:sha256:150000",
    "pbkdf2:sha256:260000",
    "pbkdf2:sha256:50000",
    "pbkdf2:sha256:600000",
    "scrypt",
    "scrypt:32768:8:1",
];

/// What `hashes.py` prints for each hash.
struct Made {
    version: String,
    form: String,
    password: String,
    hash: String,
}

impl Made {
    fn from_json(line: &str) -> Self {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| value.get(key).and_then(|text| text.as_str()).expect("a text").to_owned();
        Self { version: text("version"), form: text("form"), password: text("password"), hash: text("hash") }
    }

    fn opens_by(&self, password: &str) -> bool {
        let attempt = password.parse().expect("short enough");
        is_right(&attempt, &PasswordHash::new(self.hash.clone())).expect("a hash that is read")
    }
}

fn made() -> Vec<Made> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/werkzeug/hashes.jsonl");
    let lines = std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("{}: {error}\nmake them with: shop-core/tests/werkzeug/make-hashes", file.display())
    });
    lines.lines().map(Made::from_json).collect()
}

/// The password with its last character changed.
fn another(password: &str) -> String {
    let mut characters: Vec<_> = password.chars().collect();
    let last = characters.pop();
    characters.push(if last == Some('x') { 'y' } else { 'x' });
    characters.into_iter().collect()
}

/// Whether it takes long to refuse a password: all the defaults of Werkzeug are tried.
fn is_slow(hash: &str) -> bool {
    matches!(recognize(hash), Ok(Form::Pbkdf2 { iterations: None, .. }))
}

#[test]
fn what_werkzeug_made_opens_by_its_password_alone() {
    let made = made();
    for it in &made {
        let Made { version, form, password, hash } = it;
        assert!(it.opens_by(password), "{form} of {version}: {password:?} {hash}");
        // Of the slow ones, two million iterations each, one is enough.
        if !is_slow(hash) || version == "3.1.3" {
            assert!(!it.opens_by(&another(password)), "{form} of {version}: {password:?} {hash}");
        }
    }
    let versions: BTreeSet<_> = made.iter().map(|it| it.version.as_str()).collect();
    assert_eq!(versions, BTreeSet::from(VERSIONS));
}

#[test]
fn every_form_is_recognized() {
    let mut methods = BTreeSet::new();
    for Made { hash, .. } in made() {
        let form = recognize(&hash).unwrap_or_else(|error| panic!("{hash} {error}")).to_string();
        let (method, _) = hash.split_once('$').expect("a method");
        match method {
            "scrypt" => assert_eq!(form, "scrypt:32768:8:1"),
            "pbkdf2" => assert_eq!(form, "pbkdf2:sha256"),
            _ => assert_eq!(form, method),
        }
        methods.insert(method.to_owned());
    }
    for method in NOTABLE {
        assert!(methods.contains(method), "{method} is not among {methods:?}");
    }
}
