//! Ids that the application makes: 128 bits, ordered by time (UUID version 7, RFC 9562).

use uuid::Uuid;

use crate::ports::{Clock, RandomSource};

/// A fresh id: 48 bits of the time in milliseconds, then 74 random bits.
fn fresh(clock: &dyn Clock, random: &dyn RandomSource) -> Uuid {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    uuid::Builder::from_unix_timestamp_millis(clock.now().as_millis(), &bytes).into_uuid()
}

/// Defines one kind of id, so that a user's can never be passed for an order's.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id; ids made later sort later, by the millisecond.
            #[must_use]
            pub fn fresh(clock: &dyn Clock, random: &dyn RandomSource) -> Self {
                Self(fresh(clock, random))
            }

            /// The id with these 16 bytes, as the store keeps it.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 bytes that the store keeps.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

/// A text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id such as 0190163d-8694-739b-aea5-966c26f8ad91")]
pub struct InvalidId;

id! {
    /// The id of an account.
    UserId
}
id! {
    /// The id of a product.
    ProductId
}
id! {
    /// The id of a category.
    CategoryId
}
id! {
    /// The id of an order; for people there is the [`OrderNumber`](crate::order::OrderNumber).
    OrderId
}
id! {
    /// The id of a message in the outbox.
    MessageId
}
