use super::table::Table;
use crate::account::{Session, SessionKey, StoredToken, TokenHash, User};
use crate::catalog::{Category, Product, Sku, Slug};
use crate::checkout::IdempotencyKey;
use crate::error::{Constraint, StoreError};
use crate::ids::{CategoryId, MessageId, OrderId, ProductId, UserId};
use crate::order::{Order, OrderNumber};
use crate::ports::{StoredCart, ThrottleHash, Tries};

use super::outbox::Entry;

/// Defines the tables, and what is done to every one of them.
macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident: $key:ty => $row:ty,)+) => {
        /// Everything that the store holds.
        #[derive(Debug, Default)]
        pub(super) struct Data {
            $($(#[$doc])* pub(super) $table: Table<$key, $row>,)+
        }

        impl Data {
            /// Brings what was changed here to `shown`.
            pub(super) fn publish(&mut self, shown: &mut Self) {
                $(self.$table.publish(&mut shown.$table);)+
            }

            /// Undoes what was changed here since the last `publish`.
            pub(super) fn revert(&mut self, shown: &Self) {
                $(self.$table.revert(&shown.$table);)+
            }
        }
    };
}

tables! {
    users: UserId => User,
    /// Accounts by the text of their address's key.
    emails: String => UserId,
    tokens: TokenHash => StoredToken,
    sessions: SessionKey => Session,
    carts: UserId => StoredCart,
    categories: CategoryId => Category,
    category_slugs: Slug => CategoryId,
    products: ProductId => Product,
    product_slugs: Slug => ProductId,
    /// Products by the SKUs of their variants.
    skus: Sku => ProductId,
    orders: OrderId => Order,
    order_numbers: OrderNumber => OrderId,
    order_keys: (UserId, IdempotencyKey) => OrderId,
    messages: MessageId => Entry,
    throttles: ThrottleHash => Tries,
}

impl Data {
    /// Fails if there is no such account.
    pub(super) fn require_user(&self, id: UserId) -> Result<(), StoreError> {
        forbid(!self.users.contains(&id), Constraint::Owner)
    }
}

/// Fails with this constraint if a change would hurt it.
pub(super) const fn forbid(hurt: bool, constraint: Constraint) -> Result<(), StoreError> {
    if hurt { Err(StoreError::Conflict(constraint)) } else { Ok(()) }
}
