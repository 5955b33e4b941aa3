//! From what is to be done with rows to units of work.

use std::collections::HashSet;

use super::product::Goods;
use super::reading::id_bytes;
use super::report::{Finding, Outcome, Problem, RowReport};
use super::survey::Survey;
use super::task::{Row, Task};
use super::user::Account;
use crate::account::User;
use crate::catalog::{Localized, Product, ProductText, Sku, Slug, Variant};
use crate::error::{Constraint, StoreError};
use crate::ids::{ProductId, UserId};
use crate::ports::Transaction;
use crate::retry::{Transient, retry};
use crate::stock::Stock;
use crate::{Language, Shop};

/// Writes rows into the store, or does so and undoes it.
pub(super) struct Carrier<'a> {
    pub(super) shop: &'a Shop,
    pub(super) language: Language,
    pub(super) dry_run: bool,
}

/// What the store says to a row.
enum Fate {
    Carried,
    Before,
    Refused(Finding),
}

/// An account on its way into the store.
struct Opening<'r> {
    user: User,
    /// The code of its cart.
    cart: String,
    rival: Option<&'r Finding>,
}

/// A failure of a unit that writes several accounts; another attempt sees what it collided with.
struct Collision(StoreError);

impl From<StoreError> for Collision {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl Transient for Collision {
    fn is_transient(&self) -> bool {
        self.0.is_transient() || matches!(self.0, StoreError::Conflict(_))
    }
}

impl Carrier<'_> {
    /// Carries rows over: the accounts in one unit, each product in its own.
    pub(super) async fn carry(
        &self,
        mut rows: Vec<Row>,
        survey: &Survey,
    ) -> Result<Vec<RowReport>, StoreError> {
        self.note_unknown(&mut rows, survey).await?;
        let mut opened = self.open_all(&rows).await?.into_iter();
        let mut reports = Vec::with_capacity(rows.len());
        for row in rows {
            let fate = match &row.task {
                Task::Leave => None,
                Task::Open(..) => opened.next(),
                Task::Add(number, goods) => Some(self.add(*number, goods, row.rival.as_ref()).await?),
            };
            reports.push(row.report.settled(fate));
        }
        Ok(reports)
    }

    /// Notes which carts name products that neither the old shop has nor this one.
    async fn note_unknown(&self, rows: &mut [Row], survey: &Survey) -> Result<(), StoreError> {
        let wanted: HashSet<_> = rows.iter().flat_map(Row::skus).filter(|&sku| !survey.brings(sku)).collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        let offers =
            if wanted.is_empty() { Vec::new() } else { self.shop.store().catalog().offers(&wanted).await? };
        let known: HashSet<_> = offers.iter().map(|offer| offer.variant.sku).collect();
        let unknown: HashSet<_> = wanted.into_iter().filter(|sku| !known.contains(sku)).collect();
        for row in rows {
            let named: Vec<_> =
                row.skus().filter(|sku| unknown.contains(sku)).map(|sku| sku.to_string()).collect();
            if !named.is_empty() {
                let value = Some(named.join(", "));
                row.report.findings.push(Finding {
                    column: "shopping",
                    problem: Problem::CartUnknown,
                    value,
                });
            }
        }
        Ok(())
    }

    async fn open_all(&self, rows: &[Row]) -> Result<Vec<Fate>, StoreError> {
        let accounts: Vec<_> = rows.iter().filter_map(|row| self.opening(row)).collect();
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let opened = retry(self.shop.clock(), self.shop.random(), || self.attempt_open(&accounts)).await;
        opened.map_err(|Collision(error)| error)
    }

    /// What a row opens.
    fn opening<'r>(&self, row: &'r Row) -> Option<Opening<'r>> {
        let Task::Open(number, account) = &row.task else { return None };
        let Account { email, last_name, first_name, address, password, state, cart, is_given: _ } =
            &**account;
        let now = self.shop.now();
        let user = User {
            id: UserId::from_bytes(id_bytes(*number)),
            email: email.clone(),
            last_name: last_name.clone(),
            first_name: first_name.clone(),
            address: address.clone(),
            password: password.clone(),
            language: self.language,
            state: *state,
            created_at: now,
            secured_at: now,
            version: 0,
        };
        Some(Opening { user, cart: cart.to_string(), rival: row.rival.as_ref() })
    }

    async fn attempt_open(&self, accounts: &[Opening<'_>]) -> Result<Vec<Fate>, Collision> {
        let mut unit = self.shop.store().begin().await?;
        let mut fates = Vec::with_capacity(accounts.len());
        for opening in accounts {
            fates.push(open(&mut *unit, opening).await?);
        }
        self.end(unit).await?;
        Ok(fates)
    }

    async fn add(&self, number: i64, goods: &Goods, rival: Option<&Finding>) -> Result<Fate, StoreError> {
        for own in [None, Some(number)] {
            let Ok(slug) = goods.slug(own) else { continue };
            let product = self.product(number, goods, slug);
            match retry(self.shop.clock(), self.shop.random(), || {
                self.attempt_add(&product, goods.sku, rival)
            })
            .await
            {
                Err(StoreError::Conflict(Constraint::Slug)) => {}
                Err(StoreError::Conflict(Constraint::Sku)) => return Ok(refused("cod", Problem::SkuInShop)),
                Err(StoreError::Conflict(Constraint::Id)) => {
                    return Ok(refused("IDProdus", Problem::NumberTaken));
                }
                other => return other,
            }
        }
        Ok(refused("nume", Problem::Slug))
    }

    fn product(&self, number: i64, goods: &Goods, slug: Slug) -> Product {
        let Goods { sku, name, price, picture } = goods.clone();
        let variant =
            Variant { sku, options: Vec::new(), price, weight_grams: None, stock: Stock::Uncounted };
        Product {
            id: ProductId::from_bytes(id_bytes(number)),
            slug,
            category: None,
            text: Localized::only(self.language, ProductText { name, description: None }),
            picture,
            active: true,
            variants: vec![variant],
            created_at: self.shop.now(),
            version: 0,
        }
    }

    async fn attempt_add(
        &self,
        product: &Product,
        sku: Sku,
        rival: Option<&Finding>,
    ) -> Result<Fate, StoreError> {
        let mut unit = self.shop.store().begin().await?;
        match (unit.products().find_by_sku(sku).await?, rival) {
            (Some(there), _) if there.id == product.id => return Ok(self.found(&there, product)),
            (_, Some(rival)) => return Ok(Fate::Refused(rival.clone())),
            (Some(_), None) => return Ok(refused("cod", Problem::SkuInShop)),
            (None, None) => unit.products().insert(product).await?,
        }
        self.end(unit).await?;
        Ok(Fate::Carried)
    }

    /// Whether an earlier run made the product of what the row says today.
    fn found(&self, there: &Product, row: &Product) -> Fate {
        let name = |product: &Product| product.text.get(self.language).name.clone();
        let is_equal = there.lowest_price() == row.lowest_price() && name(there) == name(row);
        if is_equal { Fate::Before } else { refused("IDProdus", Problem::NumberTaken) }
    }

    async fn end(&self, unit: Box<dyn Transaction>) -> Result<(), StoreError> {
        if self.dry_run { unit.rollback().await } else { unit.commit().await }
    }
}

async fn open(unit: &mut dyn Transaction, opening: &Opening<'_>) -> Result<Fate, StoreError> {
    let Opening { user, cart, rival } = opening;
    if let Some(there) = unit.users().find(user.id).await? {
        let same = is_of_the_same_row(&there, user) && has_the_same_cart(unit, user, cart).await?;
        return Ok(if same { Fate::Before } else { refused("IDUser", Problem::NumberTaken) });
    }
    if let Some(rival) = rival {
        return Ok(Fate::Refused((*rival).clone()));
    }
    if unit.users().find_by_email(&user.email.key()).await?.is_some() {
        return Ok(refused("email", Problem::EmailInShop));
    }
    unit.users().insert(user).await?;
    if !cart.is_empty() {
        unit.carts().replace(user.id, cart, 0).await?;
    }
    Ok(Fate::Carried)
}

/// Whether an earlier run made the account of what the row says today. Its owner may have changed all but the
/// address since.
fn is_of_the_same_row(there: &User, row: &User) -> bool {
    let is_untouched = there.version == 0;
    let is_equal = there.password == row.password
        && there.state == row.state
        && there.last_name == row.last_name
        && there.first_name == row.first_name
        && there.address == row.address;
    there.email.key() == row.email.key() && (is_equal || !is_untouched)
}

/// Whether the cart is the row's, if its owner has not touched it since.
async fn has_the_same_cart(unit: &mut dyn Transaction, user: &User, cart: &str) -> Result<bool, StoreError> {
    let there = unit.carts().load(user.id).await?;
    Ok(there.code == cart || there.version > 1)
}

const fn refused(column: &'static str, problem: Problem) -> Fate {
    Fate::Refused(Finding::silent(column, problem))
}

impl Row {
    /// The SKUs of its cart.
    fn skus(&self) -> impl Iterator<Item = Sku> {
        let cart = match &self.task {
            Task::Open(_, account) => account.cart.lines(),
            Task::Leave | Task::Add(..) => &[],
        };
        cart.iter().map(|line| line.sku)
    }
}

impl RowReport {
    /// The same with its outcome.
    fn settled(mut self, fate: Option<Fate>) -> Self {
        let has_lost = self.findings.iter().any(|finding| finding.problem.is_loss());
        self.outcome = match (fate, has_lost) {
            (None, _) => Outcome::Left,
            (Some(Fate::Before), false) => Outcome::Before,
            (Some(Fate::Before), true) => Outcome::BeforeInPart,
            (Some(Fate::Carried), false) => Outcome::Whole,
            (Some(Fate::Carried), true) => Outcome::InPart,
            (Some(Fate::Refused(finding)), _) => {
                self.findings.push(finding);
                Outcome::Left
            }
        };
        self
    }
}
