use std::path::PathBuf;
use std::str::FromStr;

use shop_mailer::SmtpOptions;

use super::Problem;

/// How mails leave the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailTarget {
    /// One file a mail, in this folder.
    Folder(PathBuf),
    /// To a mail server.
    Smtp(Box<SmtpOptions>),
    /// Not at all: they count as sent.
    Nowhere,
}

impl FromStr for MailTarget {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.split_once("://") {
            Some(("file", folder)) if !folder.is_empty() && !folder.contains('\0') => {
                Ok(Self::Folder(folder.into()))
            }
            Some(("smtp" | "smtps", _)) => text.parse().map(Box::new).map(Self::Smtp).map_err(Problem::is),
            Some(("none", "")) => Ok(Self::Nowhere),
            _ => Err(Problem::is("not file://DIR, smtp://…, smtps://… or none://")),
        }
    }
}
