//! What has just happened, said on the page that follows.

use serde::{Serialize, Serializer};

/// What has just happened: the page after a redirect says so once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A stranger registered, or asked for the link again: if that is possible, a mail is on its way.
    ActivationSent,
    /// The account is active, its owner may sign in.
    Activated,
    /// The shopper has signed in.
    SignedIn,
    /// The shopper has signed out.
    SignedOut,
    /// Something was put into the cart.
    ItemAdded,
    /// The quantity of a line was set.
    QuantitySet,
    /// A line was taken out of the cart.
    ItemRemoved,
    /// The cart was emptied.
    CartCleared,
    /// The order was placed.
    OrderPlaced,
    /// The order had been placed by an earlier submission of the same form.
    OrderRepeated,
    /// The order was called off.
    OrderCanceled,
    /// A new password was asked for: if there is such an account, a mail is on its way.
    ResetSent,
    /// The password is a new one, chosen by the link of a mail.
    PasswordReset,
    /// The account was changed.
    AccountSaved,
    /// The account was changed, and a mail is on its way to its new address.
    EmailAsked,
    /// The account has a new password, and was signed out everywhere else.
    PasswordChanged,
    /// Both: a mail is on its way to the new address, and the password is a new one.
    EmailAskedPasswordChanged,
    /// The new address is the account's.
    EmailConfirmed,
    /// The address of before is the account's again, and a mail with a link for a new password is on its way.
    EmailUndone,
    /// The account was signed out in one other browser.
    SessionEnded,
    /// The account was signed out in all other browsers.
    OtherSessionsEnded,
    /// The account is gone.
    AccountDeleted,
    /// The page had been open for too long, or the session has ended: signing in comes first.
    SignInFirst,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It went well.
    Success,
    /// The shopper should do something.
    Hint,
}

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 23] = [
        Self::ActivationSent,
        Self::Activated,
        Self::SignedIn,
        Self::SignedOut,
        Self::ItemAdded,
        Self::QuantitySet,
        Self::ItemRemoved,
        Self::CartCleared,
        Self::OrderPlaced,
        Self::OrderRepeated,
        Self::OrderCanceled,
        Self::ResetSent,
        Self::PasswordReset,
        Self::AccountSaved,
        Self::EmailAsked,
        Self::PasswordChanged,
        Self::EmailAskedPasswordChanged,
        Self::EmailConfirmed,
        Self::EmailUndone,
        Self::SessionEnded,
        Self::OtherSessionsEnded,
        Self::AccountDeleted,
        Self::SignInFirst,
    ];

    /// A short name that fits into a cookie; the message is `notice-` and this name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ActivationSent => "activation-sent",
            Self::Activated => "activated",
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::ItemAdded => "item-added",
            Self::QuantitySet => "quantity-set",
            Self::ItemRemoved => "item-removed",
            Self::CartCleared => "cart-cleared",
            Self::OrderPlaced => "order-placed",
            Self::OrderRepeated => "order-repeated",
            Self::OrderCanceled => "order-canceled",
            Self::ResetSent => "reset-sent",
            Self::PasswordReset => "password-reset",
            Self::AccountSaved => "account-saved",
            Self::EmailAsked => "email-asked",
            Self::PasswordChanged => "password-changed",
            Self::EmailAskedPasswordChanged => "email-asked-password-changed",
            Self::EmailConfirmed => "email-confirmed",
            Self::EmailUndone => "email-undone",
            Self::SessionEnded => "session-ended",
            Self::OtherSessionsEnded => "other-sessions-ended",
            Self::AccountDeleted => "account-deleted",
            Self::SignInFirst => "sign-in-first",
        }
    }

    /// The notice with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }

    /// How it is meant.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::ActivationSent
            | Self::OrderRepeated
            | Self::ResetSent
            | Self::EmailAsked
            | Self::EmailAskedPasswordChanged
            | Self::EmailUndone
            | Self::SignInFirst => Tone::Hint,
            Self::Activated
            | Self::SignedIn
            | Self::SignedOut
            | Self::ItemAdded
            | Self::QuantitySet
            | Self::ItemRemoved
            | Self::CartCleared
            | Self::OrderPlaced
            | Self::OrderCanceled
            | Self::PasswordReset
            | Self::AccountSaved
            | Self::PasswordChanged
            | Self::EmailConfirmed
            | Self::SessionEnded
            | Self::OtherSessionsEnded
            | Self::AccountDeleted => Tone::Success,
        }
    }
}

impl Serialize for Notice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            name: &'static str,
            tone: Tone,
        }
        Shown { name: self.name(), tone: self.tone() }.serialize(serializer)
    }
}
