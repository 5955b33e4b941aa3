mod formats;
mod loading;
mod texts;

use super::*;
use crate::{Language, Money, Timestamp};

const EN: Language = Language::English;
const RO: Language = Language::Romanian;
const ES: Language = Language::Spanish;

fn load(resources: &[(Language, &str)]) -> Messages {
    Messages::new(resources).expect("good messages")
}

/// What is wrong with `text` as an English file.
fn faults(text: &str) -> Vec<String> {
    let error = Messages::new(&[(EN, text)]).expect_err("faulty messages");
    error.faults.iter().map(ToString::to_string).collect()
}

fn money(minor: i64, code: &str) -> Money {
    Money::from_minor(minor, code.parse().expect("a currency"))
}
