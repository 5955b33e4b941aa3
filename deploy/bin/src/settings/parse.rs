//! From a text to a value, for what has no type of its own that reads it.

use std::fmt::Display;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ipnet::IpNet;
use shop_web::{PublicUrl, SecretKey};

use super::{LogFormat, Problem, Profile};

/// A value whose type reads it; the type's error says what it is not.
pub(super) fn typed<T: FromStr<Err: Display>>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(Problem::is)
}

pub(super) fn profile(text: &str) -> Result<Profile, Problem> {
    match text {
        "development" => Ok(Profile::Development),
        "production" => Ok(Profile::Production),
        _ => Err(Problem::is("neither development nor production")),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, Problem> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(Problem::is("neither text nor json")),
    }
}

/// A folder; an empty text means none.
pub(super) fn folder(text: &str) -> Result<Option<PathBuf>, Problem> {
    match text {
        "" => Ok(None),
        _ if text.contains('\0') => Err(Problem::is("not a folder")),
        _ => Ok(Some(text.into())),
    }
}

pub(super) fn truth(text: &str) -> Result<bool, Problem> {
    text.parse().map_err(|_| Problem::is("neither true nor false"))
}

pub(super) fn address(text: &str) -> Result<IpAddr, Problem> {
    text.parse().map_err(|_| Problem::is("not an IP address such as 127.0.0.1, 0.0.0.0 or ::"))
}

/// A whole number in decimal digits.
pub(super) fn whole<T: FromStr + PartialOrd + Display>(
    text: &str,
    range: RangeInclusive<T>,
) -> Result<T, Problem> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| digits && range.contains(number));
    number.ok_or_else(|| Problem::is(format!("not a whole number from {} to {}", range.start(), range.end())))
}

pub(super) fn seconds(text: &str, range: RangeInclusive<u64>) -> Result<Duration, Problem> {
    whole(text, range).map(Duration::from_secs)
}

/// 1 to 3,650 days.
pub(super) fn days(text: &str) -> Result<Duration, Problem> {
    whole(text, 1..=3_650).map(|days: u64| Duration::from_hours(24 * days))
}

/// Addresses and networks, separated by commas or blanks.
pub(super) fn networks(text: &str) -> Result<Vec<IpNet>, Problem> {
    let network =
        |part: &str| part.parse::<IpNet>().ok().or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from));
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts
        .map(network)
        .collect::<Option<_>>()
        .ok_or_else(|| Problem::is("not a list of IP addresses or networks such as 10.0.0.0/8,192.0.2.7"))
}

/// A URL that pages and mails can both begin their links with.
pub(super) fn public_url(text: &str) -> Result<PublicUrl, Problem> {
    let url: PublicUrl = typed(text)?;
    typed::<shop_mailer::PublicUrl>(&url.to_string()).map(|_| url)
}

pub(super) fn secret_key(text: &str) -> Result<SecretKey, Problem> {
    let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(SecretKey::from_bytes)
        .ok_or_else(|| Problem::is("not 32 bytes in base64, such as `openssl rand -base64 32` makes"))
}
