use std::fmt::Write as _;

use super::{Loaded, Profile, Secrecy, Setting, TABLE};

/// Every setting with its value and where that comes from, one a line, secrets left out.
#[must_use]
pub fn report(loaded: &Loaded) -> String {
    let mut lines = String::new();
    for setting in TABLE {
        let given = loaded.texts.get(setting.key);
        let value = given.map_or_else(
            || default(setting, loaded.settings.profile),
            |given| shown(setting.secrecy, &given.text),
        );
        let origin = given.map_or_else(|| "default".to_owned(), |given| given.origin.to_string());
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{} = {value}  ({origin})", setting.variable());
    }
    lines
}

/// What holds without a value, in the profile that was chosen.
fn default(setting: &Setting, profile: Profile) -> String {
    match setting.default.value(profile) {
        None | Some("") => setting.default.to_string(),
        Some(text) => text.to_owned(),
    }
}

/// What of a value may be shown.
fn shown(secrecy: Secrecy, text: &str) -> String {
    match secrecy {
        Secrecy::Open => text.escape_debug().to_string(),
        Secrecy::Hidden => "(hidden)".to_owned(),
        Secrecy::Url => match (text.split_once("://"), text.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, place))) => format!("{scheme}://(hidden)@{place}"),
            _ => text.escape_debug().to_string(),
        },
    }
}
