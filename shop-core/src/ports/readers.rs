//! Readers: what pages read, outside of any unit of work.
//!
//! A reader sees committed changes alone, each as soon as its `commit` has returned, and MUST NOT wait for a unit that is still open. What it
//! has read may have changed a moment later, so no decision that must be right is taken from it. The number of statements of a call MUST NOT depend on how much it returns.

use async_trait::async_trait;

use super::StoredCart;
use crate::account::{EmailKey, Purpose, Session, SessionKey, StoredToken, TokenHash, User};
use crate::catalog::browse::SearchText;
use crate::catalog::{Category, Offer, Product, Sku, Slug};
use crate::error::StoreError;
use crate::ids::{MessageId, OrderId, UserId};
use crate::language::Language;
use crate::order::{Order, OrderNumber, OrderSummary};
use crate::outbox::{Message, MessageState, MessageSummary};
use crate::time::Timestamp;

/// Reads of accounts and sessions.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AccountReader: Send + Sync {
    /// The account with this id.
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The account with this address.
    async fn find_by_email(&self, email: &EmailKey) -> Result<Option<User>, StoreError>;

    /// A session with its account and cart: all that a page needs to know about who looks at it, in one read. Whether the session still
    /// holds is for the caller to judge.
    async fn visit(&self, key: SessionKey) -> Result<Option<Visit>, StoreError>;

    /// The account's sessions, last used first.
    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError>;

    /// A token that waits to be taken for this purpose. Whether it has expired is for the caller to judge.
    async fn token(&self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError>;
}

/// A session with its account and cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The session.
    pub session: Session,
    /// Its account.
    pub user: User,
    /// The account's cart.
    pub cart: StoredCart,
}

/// Reads of carts.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait CartReader: Send + Sync {
    /// The owner's cart; the empty one with version 0 if there is none.
    async fn load(&self, owner: UserId) -> Result<StoredCart, StoreError>;
}

/// Which products a catalog page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogQuery {
    /// Only those of this category.
    pub category: Option<Slug>,
    /// Only those whose name or description, as a page in this language shows them, has every [word](SearchText::words) of this text when
    /// it is [folded](crate::text::folded) too.
    pub search: Option<SearchText>,
    /// In which order.
    pub sort: Sort,
    /// The language that search and names go by.
    pub language: Language,
    /// Whether hidden products are shown too, for operators.
    pub hidden: bool,
    /// How many products to pass over.
    pub offset: u32,
    /// How many products to show at most.
    pub limit: u32,
}

/// The order of a catalog page. Products that are equal in it stand by id, so that pages neither repeat nor lose one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// As they came into the catalog, oldest first.
    #[default]
    Catalog,
    /// As they came into the catalog, newest first.
    Newest,
    /// By the lowest price of their variants, lowest first.
    PriceUp,
    /// By the lowest price of their variants, highest first.
    PriceDown,
}

/// One page of the catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogPage {
    /// The products, with their variants.
    pub products: Vec<Product>,
    /// Whether there are more behind them.
    pub more: bool,
}

/// Reads of the catalog.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait CatalogReader: Send + Sync {
    /// One page of products.
    async fn page(&self, query: &CatalogQuery) -> Result<CatalogPage, StoreError>;

    /// The product with this slug, whether it is active or not.
    async fn product(&self, slug: &Slug) -> Result<Option<Product>, StoreError>;

    /// All categories by their position.
    async fn categories(&self) -> Result<Vec<Category>, StoreError>;

    /// What the shop knows of these SKUs, in any order; unknown ones are left out.
    async fn offers(&self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError>;
}

/// Reads of orders.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait OrderReader: Send + Sync {
    /// Orders of one owner (of all, without one), newest first, at most `limit` that are older than `before`.
    async fn list(
        &self,
        owner: Option<UserId>,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, StoreError>;

    /// The order with this number.
    async fn find(&self, number: OrderNumber) -> Result<Option<Order>, StoreError>;

    /// Orders of one owner with their lines, newest first, at most `limit` that are older than `before`.
    async fn whole(
        &self,
        owner: UserId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError>;
}

/// Reads of the outbox.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait OutboxReader: Send + Sync {
    /// Messages in this state (in any, without one), newest first, at most `limit`.
    async fn list(&self, state: Option<MessageState>, limit: u32) -> Result<Vec<MessageSummary>, StoreError>;

    /// The message with this id, and how far it has come.
    async fn find(&self, id: MessageId) -> Result<Option<(Message, MessageSummary)>, StoreError>;

    /// All messages to this account, newest first; without those of a kind that this program does not know.
    async fn of_user(&self, user: UserId) -> Result<Vec<(Message, MessageSummary)>, StoreError>;

    /// Whether a message that may be claimed is waiting and due at `now`: so that an idle relay need not open a unit.
    async fn is_due(&self, now: Timestamp) -> Result<bool, StoreError>;
}
