use serde::{Deserialize, Serialize};

/// How far an order has come.
///
/// ```text
/// placed -> confirmed -> in progress -> completed
///    \          \            \
///     `----------`------------`-> canceled
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// The shopper has placed it.
    Placed,
    /// The shop has taken it on.
    Confirmed,
    /// The parcel has left.
    InProgress,
    /// The parcel has arrived.
    Completed,
    /// Called off; its stock went back. After the parcel has left, only the shop does so: when it came back.
    Canceled,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Placed, Self::Confirmed, Self::InProgress, Self::Completed, Self::Canceled];

    /// The states that may come next: the transition table.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Placed => &[Self::Confirmed, Self::Canceled],
            Self::Confirmed => &[Self::InProgress, Self::Canceled],
            Self::InProgress => &[Self::Completed, Self::Canceled],
            Self::Completed | Self::Canceled => &[],
        }
    }

    /// Whether that state may come next.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        self.next().is_empty()
    }

    /// Whether the shopper, too, may call the order off: as long as no parcel has left.
    #[must_use]
    pub const fn is_cancelable(self) -> bool {
        matches!(self, Self::Placed | Self::Confirmed)
    }

    /// The state of the lines of an order that comes to this state; `None` if they stay as they are.
    #[must_use]
    pub const fn lines(self) -> Option<LineState> {
        match self {
            Self::Placed => Some(LineState::Processing),
            Self::Confirmed => Some(LineState::Fulfilling),
            Self::InProgress => Some(LineState::Shipped),
            Self::Completed => Some(LineState::Delivered),
            Self::Canceled => None,
        }
    }

    /// The name that the store keeps and that pages carry in `data-state`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Confirmed => "confirmed",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
        }
    }

    /// The state with this name, as the store keeps it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What can be done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderAction {
    /// The shop takes it on.
    Confirm,
    /// Its parcel leaves.
    Ship,
    /// Its parcel has arrived.
    Deliver,
    /// It is called off.
    Cancel,
}

impl OrderAction {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Confirm, Self::Ship, Self::Deliver, Self::Cancel];

    /// The state that it leads to, from whichever state [may become](OrderState::may_become) it.
    #[must_use]
    pub const fn target(self) -> OrderState {
        match self {
            Self::Confirm => OrderState::Confirmed,
            Self::Ship => OrderState::InProgress,
            Self::Deliver => OrderState::Completed,
            Self::Cancel => OrderState::Canceled,
        }
    }

    /// Its name, as commands and messages for operators have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Ship => "ship",
            Self::Deliver => "deliver",
            Self::Cancel => "cancel",
        }
    }
}

/// How far one line of an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Waiting for the shop.
    Processing,
    /// Being packed.
    Fulfilling,
    /// On its way.
    Shipped,
    /// Arrived.
    Delivered,
}

impl LineState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Processing, Self::Fulfilling, Self::Shipped, Self::Delivered];

    /// The name that the store keeps.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Fulfilling => "fulfilling",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
        }
    }

    /// The state with this name, as the store keeps it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::OrderState::{Canceled, Completed, Confirmed, InProgress, Placed};
    use super::*;

    #[test]
    fn the_table_allows_these_transitions_and_no_other() {
        let allowed = [
            (Placed, Confirmed),
            (Placed, Canceled),
            (Confirmed, InProgress),
            (Confirmed, Canceled),
            (InProgress, Completed),
            (InProgress, Canceled),
        ];
        for from in OrderState::ALL {
            for to in OrderState::ALL {
                assert_eq!(from.may_become(to), allowed.contains(&(from, to)), "{from:?} -> {to:?}");
            }
        }
    }

    #[test]
    fn names_round_trip() {
        for state in OrderState::ALL {
            assert_eq!(OrderState::from_name(state.name()), Some(state));
        }
        for state in LineState::ALL {
            assert_eq!(LineState::from_name(state.name()), Some(state));
        }
        assert_eq!(OrderState::from_name("lost"), None);
    }
}
