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
    pub const ALL: [Self; 10] = [
        Self::ActivationSent,
        Self::Activated,
        Self::SignedIn,
        Self::SignedOut,
        Self::ItemAdded,
        Self::QuantitySet,
        Self::ItemRemoved,
        Self::CartCleared,
        Self::OrderPlaced,
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
            Self::ActivationSent | Self::SignInFirst => Tone::Hint,
            Self::Activated
            | Self::SignedIn
            | Self::SignedOut
            | Self::ItemAdded
            | Self::QuantitySet
            | Self::ItemRemoved
            | Self::CartCleared
            | Self::OrderPlaced => Tone::Success,
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
