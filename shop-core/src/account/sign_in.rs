//! Sign in: the owner proves who they are.

use std::net::IpAddr;
use std::time::Duration;

use super::{
    BrowserKey, EmailAddress, NewPassword, PasswordAttempt, Session, SessionKey, SessionToken, User,
    UserAgent, UserState,
};
use crate::Shop;
use crate::error::StoreError;
use crate::ports::{Attempt, HasherError, ThrottleKey, TooManyTries, Verdict, Who};
use crate::retry::{Transient, retry};

/// What the owner types.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The address of the account.
    pub email: EmailAddress,
    /// The password.
    pub password: PasswordAttempt,
    /// The session that the browser has already, which ends: nobody keeps a session from before.
    pub previous: Option<SessionKey>,
    /// Who asks.
    pub browser: Browser,
}

/// What is known of the browser that signs in; by default nothing.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Where on the network it is; `None` counts no tries by client.
    pub client: Option<IpAddr>,
    /// Its name, if it has signed in to this account before: strangers' tries on the account do not stop it.
    pub known: Option<BrowserKey>,
    /// What it calls itself.
    pub agent: UserAgent,
}

/// Who is signed in from now on.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret for the browser's cookie.
    pub token: SessionToken,
    /// The account.
    pub user: User,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, or another password; which of both is not told.
    #[error("address or password is wrong")]
    Refused,
    /// The password is right, but the address has not been proved yet.
    #[error("the account is not activated yet")]
    NotActivated,
    /// Too many tries on this account.
    #[error("too many tries; the next is allowed in {} s", .0.as_secs())]
    TooManyTries(Duration),
    /// The password could not be compared.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for SignInError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl From<TooManyTries> for SignInError {
    fn from(error: TooManyTries) -> Self {
        match error {
            TooManyTries::Wait(wait) => Self::TooManyTries(wait),
            TooManyTries::Store(error) => Self::Store(error),
        }
    }
}

/// An account whose password it was a moment ago.
struct Compared {
    user: User,
    /// Whether its hash is to be replaced.
    outdated: bool,
}

impl SignIn {
    /// What tries are counted under: the account, or the browser alone if it has been here before.
    fn throttle_key(&self) -> ThrottleKey {
        let email = self.email.key();
        let who = match self.browser.known {
            Some(browser) => Who::Browser(email, browser),
            None => Who::Email(email),
        };
        ThrottleKey { attempt: Attempt::SignIn, who }
    }
}

impl Shop {
    /// Begins a session, if the password is right.
    ///
    /// A hash made with weaker parameters than today's is replaced on the way.
    pub async fn sign_in(&self, command: SignIn) -> Result<SignedIn, SignInError> {
        let key = command.throttle_key();
        let client = ThrottleKey::of_client(Attempt::SignIn, command.browser.client);
        let keys: Vec<_> = std::iter::once(key.clone()).chain(client).collect();
        self.throttle().admit(&keys, self.now()).await?;
        let mut compared = self.compare(&command).await?;
        self.throttle().forgive(&[key]).await?;
        loop {
            if let Some(token) = self.begin_session(&command, &compared).await? {
                return Ok(SignedIn { token, user: compared.user });
            }
            // Another sign-in may have replaced the hash, or somebody the password: only another look can tell.
            compared = self.compare(&command).await?;
        }
    }

    /// Compares the password with the account's, as it is now.
    async fn compare(&self, command: &SignIn) -> Result<Compared, SignInError> {
        let user = self.store().accounts().find_by_email(&command.email.key()).await?;
        let hash = user.as_ref().map(|user| user.password.clone()).filter(|hash| !hash.is_void());
        match (self.hasher().verify(&command.password, hash).await?, user) {
            (Verdict::Match { outdated }, Some(user)) => Ok(Compared { user, outdated }),
            (Verdict::Match { .. }, None) | (Verdict::Mismatch, _) => Err(SignInError::Refused),
        }
    }

    /// The secret of a new session; nothing, if the account has another hash by now than the one that was compared.
    async fn begin_session(
        &self,
        command: &SignIn,
        Compared { user, outdated }: &Compared,
    ) -> Result<Option<SessionToken>, SignInError> {
        match user.state {
            UserState::Active => {}
            UserState::Pending => return Err(SignInError::NotActivated),
            UserState::Disabled => return Err(SignInError::Refused),
        }
        // If the hasher is busy, the hash is renewed another time; the password was right.
        let renewed = if *outdated { self.renewed(user, &command.password).await.ok() } else { None };
        let (token, now) = (self.new_token(), self.now());
        let begun = retry(self.clock(), self.random(), || {
            let agent = command.browser.agent.clone();
            let session =
                Session { key: token.hash(), user: user.id, created_at: now, last_seen_at: now, agent };
            self.attempt_sign_in(user, session, command.previous, renewed.as_ref())
        })
        .await?;
        Ok(begun.then_some(token))
    }

    /// The account with a fresh hash of the same password.
    async fn renewed(&self, user: &User, password: &PasswordAttempt) -> Result<User, HasherError> {
        let password = self.hasher().hash(&NewPassword::proved(password)).await?;
        Ok(User { password, ..user.clone() })
    }

    /// Says `false`, and does nothing, if the account has another hash by now.
    async fn attempt_sign_in(
        &self,
        user: &User,
        session: Session,
        previous: Option<SessionKey>,
        renewed: Option<&User>,
    ) -> Result<bool, SignInError> {
        let mut unit = self.store().begin().await?;
        // What was checked above may have changed while the password was compared.
        let current = unit.users().find(user.id).await?.ok_or(SignInError::Refused)?;
        if current.state != UserState::Active {
            return Err(SignInError::Refused);
        }
        if current.password != user.password {
            return Ok(false);
        }
        if let Some(renewed) = renewed.filter(|renewed| renewed.version == current.version) {
            unit.users().update(renewed).await?;
        }
        if let Some(previous) = previous {
            unit.sessions().remove(previous).await?;
        }
        unit.sessions().insert(&session).await?;
        unit.commit().await?;
        Ok(true)
    }
}
