//! Visit: who is it that looks at a page?

use super::{Session, SessionToken, User, UserState};
use crate::Shop;
use crate::cart::Cart;
use crate::error::StoreError;
use crate::retry::retry;

/// A signed-in visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Their account.
    pub user: User,
    /// The session that they are signed in with.
    pub session: Session,
    /// Their cart.
    pub cart: Cart,
}

impl Shop {
    /// The visitor that this secret of a cookie belongs to, if its session holds and its account is active. One read.
    ///
    /// Once an hour it writes down that the session is in use.
    pub async fn visit(&self, token: &SessionToken) -> Result<Option<Visitor>, StoreError> {
        let now = self.now();
        let Some(visit) = self.store().accounts().visit(token.hash()).await? else { return Ok(None) };
        if !visit.session.holds(now) || visit.user.state != UserState::Active {
            return Ok(None);
        }
        if now.since(visit.session.last_seen_at) >= Session::TOUCH_INTERVAL {
            // If it cannot be written down now, the next page tries again; this one need not fail for it.
            let _ = self.touch(&visit.session).await;
        }
        let cart = visit.cart.parse()?;
        Ok(Some(Visitor { user: visit.user, session: visit.session, cart }))
    }

    async fn touch(&self, session: &Session) -> Result<(), StoreError> {
        let (key, now) = (session.key, self.now());
        retry(self.clock(), self.random(), || async move {
            let mut unit = self.store().begin().await?;
            unit.sessions().touch(key, now).await?;
            unit.commit().await
        })
        .await
    }
}
