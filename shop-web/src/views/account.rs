//! The pages of an account.

use serde::Serialize;
use shop_core::account::{EmailError, PasswordError, User};
use shop_core::cart::show::PricedCart;
use shop_core::text::TextError;
use shop_core::{Currency, Money};

use super::{Field, Phrase, Secret, View};

/// The form by which a stranger registers: POST `/register`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RegisterView {
    /// `email`.
    pub email: Field,
    /// `last_name`.
    pub last_name: Field,
    /// `first_name`.
    pub first_name: Field,
    /// `address`.
    pub address: Field,
    /// `password`.
    pub password: Secret,
    /// `password_confirmation`.
    pub password_confirmation: Secret,
    /// Why nobody was registered, if that is no field's fault.
    pub problem: Option<Phrase>,
}

/// The page behind the link of an "activate" mail: a button that posts to `/activate/{token}`.
#[derive(Clone, Debug, Serialize)]
pub struct ActivateView {
    /// The secret of the link.
    pub token: String,
}

/// The form that has the "activate" link sent again: POST `/activate`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SendActivationView {
    /// `email`.
    pub email: Field,
    /// Why the page is shown instead of the one that was asked for, such as a link that does not hold any more.
    pub problem: Option<Phrase>,
}

/// The form by which a shopper signs in: POST `/login`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LoginView {
    /// `email`.
    pub email: Field,
    /// `password`.
    pub password: Secret,
    /// `next`: the path to go on to, if not the account.
    pub next: Option<String>,
    /// Why nobody was signed in.
    pub problem: Option<Phrase>,
    /// Whether the password was right but the account waits for its activation: a button offers the link again.
    pub not_activated: bool,
}

/// The account's first page.
#[derive(Clone, Debug, Serialize)]
pub struct AccountView {
    /// The owner's first name.
    pub first_name: String,
    /// The owner's whole name.
    pub full_name: String,
    /// Where the account's mail goes.
    pub email: String,
    /// Where parcels go.
    pub address: String,
    /// How many pieces lie in the cart.
    pub pieces: u32,
    /// What they cost.
    pub total: Money,
}

impl AccountView {
    /// The page for this account with this cart.
    #[must_use]
    pub fn new(user: &User, cart: &PricedCart) -> Self {
        Self {
            first_name: user.first_name.to_string(),
            full_name: user.full_name(),
            email: user.email.to_string(),
            address: user.address.to_string(),
            pieces: cart.lines.iter().map(|line| u32::from(line.line.quantity.get())).sum(),
            total: cart.total,
        }
    }
}

impl View for RegisterView {
    const TEMPLATE: &'static str = "register.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let refused = Self {
            email: Field::new("ana@").refused(EmailError::Malformed),
            last_name: Field::new("Pop"),
            first_name: Field::new("Ana\u{202e}").refused(TextError::Forbidden('\u{202e}')),
            address: Field::new("").refused(TextError::Empty),
            password: Secret::refused(PasswordError::TooShort),
            password_confirmation: Secret::refused(Phrase::new("fault-password-confirmation")),
            problem: None,
        };
        let weak = Self {
            last_name: Field::new("A".repeat(101)).refused(TextError::TooLong(100)),
            password: Secret::refused(PasswordError::Common),
            ..Self::default()
        };
        let same = Self { password: Secret::refused(PasswordError::IsEmail), ..Self::default() };
        let wait = Phrase::new("error-wait-minutes").with("minutes", 2);
        let too_often = Self { email: Field::new("ana@example.com"), problem: Some(wait), ..Self::default() };
        vec![
            ("blank", Self::default()),
            ("refused", refused),
            ("weak password", weak),
            ("address as password", same),
            ("too many tries", too_often),
        ]
    }
}

impl View for ActivateView {
    const TEMPLATE: &'static str = "activate.html";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("link", Self { token: "b3f1c2".to_owned() })]
    }
}

impl View for SendActivationView {
    const TEMPLATE: &'static str = "send_activation.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let void = Self { problem: Some(Phrase::new("activation-void")), ..Self::default() };
        let refused = Self { email: Field::default().refused(EmailError::Empty), ..Self::default() };
        vec![("blank", Self::default()), ("void link", void), ("refused", refused)]
    }
}

impl View for LoginView {
    const TEMPLATE: &'static str = "login.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let refused = Self {
            email: Field::new("ana@example.com"),
            next: Some("/shop/ro/cart".to_owned()),
            problem: Some(Phrase::new("login-refused")),
            ..Self::default()
        };
        let not_activated = Self {
            problem: Some(Phrase::new("login-not-activated")),
            not_activated: true,
            ..refused.clone()
        };
        let malformed = Self { email: Field::new("ana").refused(EmailError::Malformed), ..Self::default() };
        vec![
            ("blank", Self::default()),
            ("refused", refused),
            ("not activated", not_activated),
            ("malformed", malformed),
        ]
    }
}

impl View for AccountView {
    const TEMPLATE: &'static str = "account.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            first_name: "Ana".to_owned(),
            full_name: "Ana Pop".to_owned(),
            email: "ana@example.com".to_owned(),
            address: "Strada Lungă 4\n500058 Brașov".to_owned(),
            pieces: 16,
            total: Money::from_minor(199_500, Currency::RON),
        };
        let empty = Self { pieces: 0, total: Money::zero(Currency::RON), ..full.clone() };
        vec![("full cart", full), ("empty cart", empty)]
    }
}
