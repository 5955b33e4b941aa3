use std::path::PathBuf;
use std::str::FromStr;

use super::Problem;

/// How mails leave the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailTarget {
    /// One file a mail, in this folder.
    Folder(PathBuf),
    /// Not at all: they count as sent.
    Nowhere,
}

impl FromStr for MailTarget {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        const TODAY: &str = "file://DIR or none://";
        match text.split_once("://") {
            Some(("file", folder)) if !folder.is_empty() && !folder.contains('\0') => {
                Ok(Self::Folder(folder.into()))
            }
            Some(("none", "")) => Ok(Self::Nowhere),
            Some(("smtp" | "smtps", _)) => Err(Problem::later("mail by SMTP (smtp://, smtps://)", TODAY)),
            _ => Err(Problem::is(format!("not {TODAY}"))),
        }
    }
}
