//! What can go wrong with a request, and what is done about it.
//!
//! Every error of every use case becomes a [`Problem`] here, in one table for each: whose fault it is decides
//! about the status of the answer, the words for the reader and the line in the log. No match has a `_` arm,
//! so a new error does not compile before it has its place.
//!
//! | problem | status | answer | log |
//! |---|---|---|---|
//! | [`Problem::Faults`] | 422 | the form again, each faulty field marked | |
//! | [`Problem::TooManyTries`] | 429 | the form again, with `Retry-After` | info |
//! | [`Problem::SignInFirst`] | 401 | the way to `/login` | |
//! | [`Problem::NotFound`] | 404 | an error page | |
//! | [`Problem::Overload`] | 503 | an error page, with `Retry-After` | warn |
//! | [`Problem::Bug`] | 500 | an error page | error |

use std::sync::Arc;
use std::time::Duration;

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use shop_core::StoreError;
use shop_core::account::activate::ActivateError;
use shop_core::account::confirm_email::ConfirmEmailError;
use shop_core::account::delete::DeleteError;
use shop_core::account::edit::EditError;
use shop_core::account::register::RegisterError;
use shop_core::account::reset::ResetError;
use shop_core::account::sign_in::SignInError;
use shop_core::cart::CartRefusal;
use shop_core::checkout::place_order::PlaceOrderError;
use shop_core::error::Constraint;
use shop_core::order::advance::AdvanceError;
use shop_core::order::{OrderAction, OrderState};
use shop_core::ports::{HasherError, TooManyTries};

use crate::answer::Answer;
use crate::forms::Faults;
use crate::views::{ErrorView, Phrase, ViewError};

/// An error, shared by all who waited for what it has spoiled.
type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// What went wrong.
#[derive(Clone, Debug)]
pub(crate) enum Problem {
    /// A form asks for what cannot be.
    Faults(Faults),
    /// Too many tries; the next is allowed after this time.
    TooManyTries(Duration),
    /// The account is not there any more.
    SignInFirst,
    /// There is no such page.
    NotFound,
    /// The shop cannot keep up just now.
    Overload(Cause),
    /// The shop is broken.
    Bug(Cause),
}

/// How a form is shown again that was refused.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    status: Status,
    wait: Option<Duration>,
}

impl Problem {
    /// The status of the answer.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Faults(_) => Status::UnprocessableEntity,
            Self::TooManyTries(_) => Status::TooManyRequests,
            Self::SignInFirst => Status::Unauthorized,
            Self::NotFound => Status::NotFound,
            Self::Overload(_) => Status::ServiceUnavailable,
            Self::Bug(_) => Status::InternalServerError,
        }
    }

    /// Writes it down, if an operator should know.
    pub(crate) fn log(&self) {
        match self {
            Self::Faults(_) | Self::SignInFirst | Self::NotFound => {}
            Self::TooManyTries(wait) => tracing::info!(wait.seconds = wait.as_secs(), "too many tries"),
            Self::Overload(cause) => tracing::warn!(error = chain(&**cause), "overload"),
            Self::Bug(cause) => tracing::error!(error = chain(&**cause), "bug"),
        }
    }

    /// How the form is shown again, and with which faults; the problem itself, if it is none of the form's.
    pub(crate) fn into_refusal(self) -> Result<(Refusal, Faults), Self> {
        self.log();
        let status = self.status();
        match self {
            Self::Faults(faults) => Ok((Refusal { status, wait: None }, faults)),
            Self::TooManyTries(wait) => {
                let faults = Faults::of_the_whole(ErrorView::too_many_tries(wait).advice);
                Ok((Refusal { status, wait: Some(wait) }, faults))
            }
            Self::SignInFirst | Self::NotFound | Self::Overload(_) | Self::Bug(_) => Err(self),
        }
    }
}

impl Refusal {
    /// The answer that shows the form again.
    pub(crate) fn of(self, answer: Answer) -> Answer {
        let answer = answer.status(self.status);
        match self.wait {
            Some(wait) => answer.retry_after(wait),
            None => answer,
        }
    }
}

/// An error and what lies behind it, on one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl<'r> Responder<'r, 'static> for Problem {
    /// Leaves the page to [`errors`](crate::errors), which shows one for any status.
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        self.log();
        Err(self.status())
    }
}

impl From<Faults> for Problem {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Constraint::Owner) => Self::SignInFirst,
            StoreError::Conflict(Constraint::Version)
            | StoreError::Retryable(_)
            | StoreError::Unavailable(_) => Self::Overload(Arc::new(error)),
            StoreError::Conflict(
                Constraint::Email
                | Constraint::Sku
                | Constraint::Slug
                | Constraint::OrderNumber
                | Constraint::IdempotencyKey
                | Constraint::Id,
            )
            | StoreError::Corrupt(_)
            | StoreError::Backend(_) => Self::Bug(Arc::new(error)),
        }
    }
}

impl From<TooManyTries> for Problem {
    fn from(error: TooManyTries) -> Self {
        match error {
            TooManyTries::Wait(wait) => Self::TooManyTries(wait),
            TooManyTries::Store(error) => error.into(),
        }
    }
}

impl From<HasherError> for Problem {
    fn from(error: HasherError) -> Self {
        match error {
            HasherError::Overloaded => Self::Overload(Arc::new(error)),
            HasherError::Failed(_) => Self::Bug(Arc::new(error)),
        }
    }
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Password(error) => Faults::at("password", error).into(),
            RegisterError::TooManyTries(wait) => Self::TooManyTries(wait),
            RegisterError::Hasher(error) => error.into(),
            RegisterError::Store(error) => error.into(),
        }
    }
}

impl From<ActivateError> for Problem {
    fn from(error: ActivateError) -> Self {
        match error {
            ActivateError::NoSuchToken => Faults::of_the_whole(Phrase::new("activation-void")).into(),
            ActivateError::Store(error) => error.into(),
        }
    }
}

impl From<ResetError> for Problem {
    fn from(error: ResetError) -> Self {
        match error {
            ResetError::NoSuchToken => Faults::of_the_whole(Phrase::new("reset-void")).into(),
            ResetError::Password(error) => Faults::at("password", error).into(),
            ResetError::Hasher(error) => error.into(),
            ResetError::Store(error) => error.into(),
        }
    }
}

impl From<ConfirmEmailError> for Problem {
    fn from(error: ConfirmEmailError) -> Self {
        match error {
            ConfirmEmailError::NoSuchToken => Faults::of_the_whole(Phrase::new("email-void")).into(),
            ConfirmEmailError::EmailTaken => Faults::of_the_whole(Phrase::new("email-taken")).into(),
            ConfirmEmailError::Store(error) => error.into(),
        }
    }
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        match error {
            EditError::PasswordNeeded => {
                Faults::at("current_password", Phrase::new("fault-password-needed")).into()
            }
            EditError::PasswordWrong => {
                Faults::at("current_password", Phrase::new("fault-password-wrong")).into()
            }
            EditError::Password(error) => Faults::at("password", error).into(),
            EditError::Changed => Faults::of_the_whole(Phrase::new("edit-changed")).into(),
            EditError::NoSuchAccount => Self::SignInFirst,
            EditError::TooManyTries(wait) => Self::TooManyTries(wait),
            EditError::Hasher(error) => error.into(),
            EditError::Store(error) => error.into(),
        }
    }
}

impl From<DeleteError> for Problem {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::PasswordWrong => Faults::at("password", Phrase::new("fault-password-wrong")).into(),
            DeleteError::NoSuchAccount => Self::SignInFirst,
            DeleteError::TooManyTries(wait) => Self::TooManyTries(wait),
            DeleteError::Hasher(error) => error.into(),
            DeleteError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Faults::of_the_whole(Phrase::new("login-refused")).into(),
            SignInError::NotActivated => Faults::at("activation", Phrase::new("login-not-activated")).into(),
            SignInError::TooManyTries(wait) => Self::TooManyTries(wait),
            SignInError::Hasher(error) => error.into(),
            SignInError::Store(error) => error.into(),
        }
    }
}

impl From<CartRefusal> for Problem {
    fn from(error: CartRefusal) -> Self {
        let fault = match error {
            CartRefusal::NotForSale => return Faults::at("sku", Phrase::new("fault-not-for-sale")).into(),
            CartRefusal::Short(left) => Phrase::new("fault-short").with("left", left),
            CartRefusal::Full(full) => full.into(),
            CartRefusal::Store(error) => return error.into(),
        };
        Faults::at("quantity", fault).into()
    }
}

impl From<PlaceOrderError> for Problem {
    fn from(error: PlaceOrderError) -> Self {
        match error {
            PlaceOrderError::EmptyCart => Faults::of_the_whole(Phrase::new("cart-empty")).into(),
            PlaceOrderError::Lines(_) => Faults::of_the_whole(Phrase::new("checkout-lines")).into(),
            PlaceOrderError::TotalChanged(total) => {
                Faults::of_the_whole(Phrase::new("checkout-total-changed").with_money("total", total)).into()
            }
            PlaceOrderError::NoSuchOwner => Self::SignInFirst,
            PlaceOrderError::TooManyTries(wait) => Self::TooManyTries(wait),
            PlaceOrderError::Store(error) => error.into(),
        }
    }
}

impl From<AdvanceError> for Problem {
    fn from(error: AdvanceError) -> Self {
        let reason = match error {
            AdvanceError::NoSuchOrder => return Self::NotFound,
            AdvanceError::Refused { action: OrderAction::Cancel, state } => match state {
                OrderState::InProgress => Phrase::new("order-has-left"),
                OrderState::Completed => Phrase::new("order-has-arrived"),
                OrderState::Canceled => Phrase::new("order-was-canceled"),
                OrderState::Placed | OrderState::Confirmed => return Self::Bug(Arc::new(error)),
            },
            // Shoppers can ask for nothing else.
            AdvanceError::Refused {
                action: OrderAction::Confirm | OrderAction::Ship | OrderAction::Deliver,
                ..
            } => return Self::Bug(Arc::new(error)),
            AdvanceError::Store(error) => return error.into(),
        };
        Faults::of_the_whole(reason).into()
    }
}

impl From<ViewError> for Problem {
    fn from(error: ViewError) -> Self {
        Self::Bug(Arc::new(error))
    }
}
