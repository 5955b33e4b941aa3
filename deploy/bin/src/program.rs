/// The programs of this package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The shop: pages, health, and the relay unless that is split out.
    Web,
    /// The operator's command line.
    Admin,
    /// The relay alone.
    Mailer,
}

impl Program {
    /// The name of its file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "shop-web",
            Self::Admin => "shop-admin",
            Self::Mailer => "shop-mailer",
        }
    }
}
