//! What owners do with an account that they have.

use std::time::Duration;

use shop_core::Language;
use shop_core::account::ask_reset::AskReset;
use shop_core::account::confirm_email::{ConfirmEmail, ConfirmEmailError};
use shop_core::account::delete::{DeleteAccount, DeleteError};
use shop_core::account::edit::{EditAccount, EditError};
use shop_core::account::end_sessions::{EndSessions, Which};
use shop_core::account::reset::{Reset, ResetError};
use shop_core::account::set_state::SetUserState;
use shop_core::account::sign_in::{Browser, SignIn, SignInError};
use shop_core::account::undo_email::UndoEmail;
use shop_core::account::{BrowserKey, Purpose, SessionToken, Token, User, UserAgent, UserState};
use shop_core::memory::Mailbox;
use shop_core::mocks::MockMailer;
use shop_core::outbox::relay::RelayReport;
use shop_core::outbox::{Letter, Mail};
use shop_core::ports::{DeliveryError, Mailer, Store};
use shop_core::stock::Stock;

use super::{PASSWORD, World, lei, order_of, parsed};

const ANA: &str = "ana@example.com";
const NEW: &str = "ana.pop@example.org";
const NEW_PASSWORD: &str = "eight green kettles";

async fn ask_reset(world: &World, email: &str) {
    let command = AskReset { email: parsed(email), language: Language::French, client: None };
    world.shop.ask_reset(command).await.expect("asked");
}

async fn reset(world: &World, token: &Token) -> Result<User, ResetError> {
    let command = Reset { token: token.clone(), password: parsed(NEW_PASSWORD) };
    world.shop.reset(command).await
}

async fn is_signed_in(world: &World, token: &SessionToken) -> bool {
    world.shop.visit(token).await.expect("read").is_some()
}

/// An edit that changes nothing.
fn unchanged(user: &User, session: &SessionToken) -> EditAccount {
    EditAccount {
        user: user.id,
        session: session.hash(),
        seen_version: Some(user.version),
        email: user.email.clone(),
        last_name: user.last_name.clone(),
        first_name: user.first_name.clone(),
        address: user.address.clone(),
        language: None,
        current_password: None,
        password: None,
        client: None,
    }
}

/// Asks for another address, follows the link, and comes back with the one that undoes it.
async fn change_email(world: &World, session: &SessionToken, from: &str, to: &str) -> Token {
    let user = world.stored_user(from).await.expect("there");
    let command = EditAccount {
        email: parsed(to),
        current_password: Some(parsed(PASSWORD)),
        ..unchanged(&user, session)
    };
    let edited = world.shop.edit_account(command).await.expect("edited");
    assert!(edited.email_asked, "{edited:?}");
    let letter = world.last_letter().await;
    assert_eq!((letter.message.mail, letter.message.to.as_str()), (Mail::EmailChange, to));
    let token = letter.token.expect("a link");
    world.shop.confirm_email(ConfirmEmail { token }).await.expect("confirmed");
    let letter = world.last_letter().await;
    assert_eq!(letter.message.to.as_str(), from, "the old address is told");
    letter.token.expect("a link that undoes it")
}

#[tokio::test]
async fn a_reset_replaces_the_password_and_ends_every_session() {
    let world = World::new();
    let (user, first) = world.signed_in(ANA).await;
    let second = world.sign_in(ANA, PASSWORD).await.expect("signed in").token;
    ask_reset(&world, "ANA@example.com").await;
    let letter = world.last_letter().await;
    assert_eq!((letter.message.name, letter.message.language), (user.full_name(), user.language));
    let token = letter.token.expect("a link");
    assert!(world.shop.link_holds(&token, Purpose::Reset).await.expect("read"));
    reset(&world, &token).await.expect("reset");
    assert!(!is_signed_in(&world, &first).await && !is_signed_in(&world, &second).await);
    assert_eq!(world.last_letter().await.message.mail, Mail::PasswordChanged);
    assert!(matches!(world.sign_in(ANA, PASSWORD).await, Err(SignInError::Refused)));
    world.sign_in(ANA, NEW_PASSWORD).await.expect("signed in");
    assert!(matches!(reset(&world, &token).await, Err(ResetError::NoSuchToken)), "once");
    assert!(!world.shop.link_holds(&token, Purpose::Reset).await.expect("read"));
}

#[tokio::test]
async fn a_reset_link_expires() {
    let world = World::new();
    world.signed_in(ANA).await;
    ask_reset(&world, ANA).await;
    let token = world.last_token().await;
    world.clock.advance(Purpose::Reset.lifetime());
    assert!(matches!(reset(&world, &token).await, Err(ResetError::NoSuchToken)));
}

#[tokio::test]
async fn a_reset_is_mailed_to_accounts_alone() {
    let world = World::new();
    world.signed_in(ANA).await;
    world.shop.set_user_state(SetUserState { email: parsed(ANA), disabled: true }).await.expect("disabled");
    for email in [ANA, "nobody@example.com"] {
        ask_reset(&world, email).await;
    }
    let report = world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    assert_eq!(report, RelayReport { moot: 2, ..RelayReport::default() });
}

#[tokio::test]
async fn a_reset_activates_whom_the_first_mail_did_not_reach() {
    let world = World::new();
    world.register(ANA).await;
    let activation = world.last_token().await;
    ask_reset(&world, ANA).await;
    reset(&world, &world.last_token().await).await.expect("reset");
    assert_eq!(world.stored_user(ANA).await.map(|user| user.state), Some(UserState::Active));
    let late = world.shop.activate(shop_core::account::activate::Activate { token: activation }).await;
    assert!(late.is_err(), "{late:?}");
}

#[tokio::test]
async fn a_reset_link_is_void_once_the_account_has_another_address() {
    let world = World::new();
    let (_, session) = world.signed_in(ANA).await;
    ask_reset(&world, ANA).await;
    let delivered = world.last_token().await;
    change_email(&world, &session, ANA, NEW).await;
    assert!(matches!(reset(&world, &delivered).await, Err(ResetError::NoSuchToken)));
    ask_reset(&world, ANA).await;
    let report = world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    assert_eq!(report.moot, 1, "the old address has no account");
}

#[tokio::test]
async fn an_edit_without_password_or_address_needs_no_proof() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let command = EditAccount {
        email: parsed("Ana@Example.com"),
        first_name: parsed("Ana-Maria"),
        language: Some(Language::French),
        ..unchanged(&user, &session)
    };
    let edited = world.shop.edit_account(command.clone()).await.expect("edited");
    assert_eq!((edited.email_asked, edited.password_changed), (false, false));
    let stored = world.stored_user(ANA).await.expect("there");
    assert_eq!(stored.full_name(), "Ana-Maria Pop");
    assert_eq!((stored.email.as_str(), stored.language), (ANA, Language::French), "the same address");
    let outdated = world.shop.edit_account(command).await;
    assert!(matches!(outdated, Err(EditError::Changed)), "another tab was quicker: {outdated:?}");
}

#[tokio::test]
async fn a_new_password_needs_the_old_one() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let other = world.sign_in(ANA, PASSWORD).await.expect("signed in").token;
    let command = EditAccount { password: Some(parsed(NEW_PASSWORD)), ..unchanged(&user, &session) };
    let without = world.shop.edit_account(command.clone()).await;
    assert!(matches!(without, Err(EditError::PasswordNeeded)), "{without:?}");
    let wrong = EditAccount { current_password: Some(parsed("another one")), ..command.clone() };
    let refused = world.shop.edit_account(wrong.clone()).await;
    assert!(matches!(refused, Err(EditError::PasswordWrong)), "{refused:?}");
    let right = EditAccount { current_password: Some(parsed(PASSWORD)), ..command };
    let edited = world.shop.edit_account(right).await.expect("edited");
    assert!(edited.password_changed);
    assert!(is_signed_in(&world, &edited.session.expect("a session that goes on")).await);
    for ended in [&session, &other] {
        assert!(!is_signed_in(&world, ended).await);
    }
    assert_eq!(world.last_letter().await.message.mail, Mail::PasswordChanged);
}

#[tokio::test]
async fn a_new_address_counts_once_it_is_confirmed_and_can_be_taken_back() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let undo = change_email(&world, &session, ANA, NEW).await;
    assert_eq!(world.stored_user(ANA).await, None);
    assert_eq!(world.stored_user(NEW).await.map(|stored| stored.id), Some(user.id));
    assert!(is_signed_in(&world, &session).await);

    world.clock.advance(Duration::from_secs(1));
    world.shop.undo_email(UndoEmail { token: undo.clone() }).await.expect("undone");
    assert_eq!(world.stored_user(ANA).await.map(|stored| stored.id), Some(user.id));
    assert!(!is_signed_in(&world, &session).await, "whoever changed it is out");
    let letter = world.last_letter().await;
    assert_eq!((letter.message.mail, letter.message.to.as_str()), (Mail::Reset, ANA));
    assert!(matches!(world.sign_in(ANA, PASSWORD).await, Err(SignInError::Refused)), "the thief knows it");
    reset(&world, &letter.token.expect("a link")).await.expect("reset");
    world.sign_in(ANA, NEW_PASSWORD).await.expect("signed in");
    let again = world.shop.undo_email(UndoEmail { token: undo }).await;
    assert!(matches!(again, Err(ConfirmEmailError::NoSuchToken)), "{again:?}");
}

/// Asks for another address and follows the link, and leaves the mail to the old one in the outbox.
async fn change_email_quietly(world: &World, session: &SessionToken, from: &str, to: &str) {
    let user = world.stored_user(from).await.expect("there");
    let command = EditAccount {
        email: parsed(to),
        current_password: Some(parsed(PASSWORD)),
        ..unchanged(&user, session)
    };
    world.shop.edit_account(command).await.expect("edited");
    let letters = world.mailbox.letters().len();
    world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    let letter =
        world.mailbox.letters().into_iter().skip(letters).find(|letter| letter.message.to.as_str() == to);
    let token = letter.expect("a mail to the new address").token.expect("a link");
    world.shop.confirm_email(ConfirmEmail { token }).await.expect("confirmed");
}

/// The link in the mail to this address that says its account has another one now.
async fn undo_link(world: &World, to: &str) -> Option<Token> {
    world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    let is_it = |letter: &Letter| {
        letter.message.to.as_str() == to && matches!(letter.message.mail, Mail::EmailChanged { .. })
    };
    world.mailbox.letters().into_iter().find(is_it).and_then(|letter| letter.token)
}

#[tokio::test]
async fn a_thief_who_chooses_a_new_password_at_once_does_not_stop_the_undo() {
    let world = World::new();
    let (owner, session) = world.signed_in(ANA).await;
    change_email_quietly(&world, &session, ANA, "thief@example.org").await;
    world.clock.advance(Duration::from_secs(1));
    let user = world.stored_user("thief@example.org").await.expect("there");
    let command = EditAccount {
        current_password: Some(parsed(PASSWORD)),
        password: Some(parsed("a password of the thief's")),
        ..unchanged(&user, &session)
    };
    world.shop.edit_account(command).await.expect("edited");
    let undo = undo_link(&world, ANA).await.expect("the owner is told all the same");
    world.shop.undo_email(UndoEmail { token: undo }).await.expect("undone");
    assert_eq!(world.stored_user(ANA).await.map(|user| user.id), Some(owner.id));
}

#[tokio::test]
async fn a_mail_that_was_late_takes_nothing_back_from_who_was_first() {
    let world = World::new();
    let (owner, session) = world.signed_in(ANA).await;
    change_email_quietly(&world, &session, ANA, "thief@example.org").await;
    let first = undo_link(&world, ANA).await.expect("a link for the owner");
    world.clock.advance(Duration::from_mins(1));
    change_email_quietly(&world, &session, "thief@example.org", "thief@example.net").await;
    world.clock.advance(Duration::from_mins(1));
    // The mail to the thief's first address still waits.
    world.shop.undo_email(UndoEmail { token: first }).await.expect("undone");
    assert_eq!(undo_link(&world, "thief@example.org").await, None, "withdrawn");
    assert_eq!(world.stored_user(ANA).await.map(|user| user.id), Some(owner.id));
}

#[tokio::test]
async fn an_account_that_nobody_has_proved_stops_no_undo_and_no_confirmation() {
    let world = World::new();
    let (owner, session) = world.signed_in(ANA).await;
    let undo = change_email(&world, &session, ANA, NEW).await;
    world.register(ANA).await;
    world.shop.undo_email(UndoEmail { token: undo }).await.expect("undone");
    assert_eq!(world.stored_user(ANA).await.map(|user| user.id), Some(owner.id));
    reset(&world, &world.last_token().await).await.expect("reset");
    world.last_letter().await;
    let session = world.sign_in(ANA, NEW_PASSWORD).await.expect("signed in").token;
    let user = world.stored_user(ANA).await.expect("there");
    let command = EditAccount {
        email: parsed("third@example.com"),
        current_password: Some(parsed(NEW_PASSWORD)),
        ..unchanged(&user, &session)
    };
    world.shop.edit_account(command).await.expect("asked");
    let token = world.last_token().await;
    world.register("third@example.com").await;
    world.shop.confirm_email(ConfirmEmail { token }).await.expect("confirmed");
    assert_eq!(world.stored_user("third@example.com").await.map(|user| user.id), Some(owner.id));
}

#[tokio::test]
async fn an_account_that_nobody_has_proved_keeps_no_address_from_its_owner() {
    let world = World::new();
    let (owner, session) = world.signed_in(ANA).await;
    world.register(NEW).await;
    let squatter = world.last_token().await;
    change_email(&world, &session, ANA, NEW).await;
    assert_eq!(world.stored_user(NEW).await.map(|user| user.id), Some(owner.id));
    let late = world.shop.activate(shop_core::account::activate::Activate { token: squatter }).await;
    assert!(late.is_err(), "{late:?}");
}

#[tokio::test]
async fn nobody_is_flooded_with_mails_about_addresses_they_never_asked_for() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let command = EditAccount {
        email: parsed("victim@example.com"),
        current_password: Some(parsed(PASSWORD)),
        ..unchanged(&user, &session)
    };
    for _ in 0..5 {
        let command = EditAccount { seen_version: None, ..command.clone() };
        world.shop.edit_account(command).await.expect("asked");
    }
    let command = EditAccount { seen_version: None, ..command };
    let sixth = world.shop.edit_account(command).await;
    assert!(matches!(sixth, Err(EditError::TooManyTries(_))), "{sixth:?}");
}

#[tokio::test]
async fn a_link_goes_to_the_address_as_its_owner_wrote_it() {
    let world = World::new();
    world.signed_in("Ana.Pop@example.com").await;
    ask_reset(&world, "ANA.POP@example.com").await;
    let letter = world.last_letter().await;
    assert_eq!(letter.message.to.as_str(), "Ana.Pop@example.com");
    let user = world.stored_user("ana.pop@example.com").await.expect("there");
    assert_eq!(letter.message.user, Some(user.id));
    let kept = world.store.outbox().of_user(user.id).await.expect("read");
    assert_eq!(kept.len(), 2, "both mails are the account's: for its export, and to go with it");
}

#[tokio::test]
async fn who_changes_an_address_twice_does_not_have_the_last_word() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let owners = change_email(&world, &session, ANA, "thief@example.org").await;
    world.clock.advance(Duration::from_mins(1));
    let thiefs = change_email(&world, &session, "thief@example.org", "thief@example.net").await;
    world.clock.advance(Duration::from_mins(1));
    world.shop.undo_email(UndoEmail { token: owners }).await.expect("undone");
    assert_eq!(world.stored_user(ANA).await.map(|stored| stored.id), Some(user.id));
    let theirs = world.shop.undo_email(UndoEmail { token: thiefs }).await;
    assert!(matches!(theirs, Err(ConfirmEmailError::NoSuchToken)), "{theirs:?}");
}

#[tokio::test]
async fn a_thief_who_undoes_first_does_not_have_the_last_word_either() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let owners = change_email(&world, &session, ANA, "thief@example.org").await;
    world.clock.advance(Duration::from_mins(1));
    let thiefs = change_email(&world, &session, "thief@example.org", "thief@example.net").await;
    world.clock.advance(Duration::from_mins(1));
    world.shop.undo_email(UndoEmail { token: thiefs }).await.expect("undone");
    world.shop.undo_email(UndoEmail { token: owners }).await.expect("undone by the owner");
    assert_eq!(world.stored_user(ANA).await.map(|stored| stored.id), Some(user.id));
}

#[tokio::test]
async fn links_that_were_asked_for_before_a_reset_are_never_made() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    ask_reset(&world, ANA).await;
    let token = world.last_token().await;
    let command = EditAccount {
        email: parsed(NEW),
        current_password: Some(parsed(PASSWORD)),
        ..unchanged(&user, &session)
    };
    world.shop.edit_account(command).await.expect("the mail to the new address waits");
    world.clock.advance(Duration::from_secs(1));
    reset(&world, &token).await.expect("reset");
    let report = world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    assert_eq!((report.moot, report.sent), (1, 1), "the link is void, the owner is told of the reset");
}

#[tokio::test]
async fn an_address_that_has_an_account_is_not_told() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    world.signed_in(NEW).await;
    let command = EditAccount {
        email: parsed(NEW),
        current_password: Some(parsed(PASSWORD)),
        ..unchanged(&user, &session)
    };
    assert!(world.shop.edit_account(command).await.expect("it looks the same").email_asked);
    let letter = world.last_letter().await;
    assert_eq!((letter.message.mail, letter.message.to.as_str()), (Mail::AlreadyRegistered, NEW));
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_cannot_be_confirmed() {
    let world = World::new();
    let (user, session) = world.signed_in(ANA).await;
    let command = EditAccount {
        email: parsed(NEW),
        current_password: Some(parsed(PASSWORD)),
        ..unchanged(&user, &session)
    };
    world.shop.edit_account(command).await.expect("asked");
    let token = world.last_token().await;
    world.signed_in(NEW).await;
    let late = world.shop.confirm_email(ConfirmEmail { token }).await;
    assert!(matches!(late, Err(ConfirmEmailError::EmailTaken)), "{late:?}");
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let world = World::new();
    let (user, own) = world.signed_in(ANA).await;
    let (dan, dans) = world.signed_in("dan@example.com").await;
    world.clock.advance(Duration::from_mins(1));
    let browser = Browser { agent: UserAgent::of("Firefox\r\n"), ..Browser::default() };
    let command = SignIn { email: parsed(ANA), password: parsed(PASSWORD), previous: None, browser };
    let other = world.shop.sign_in(command).await.expect("signed in").token;
    let sessions = world.shop.sessions(user.id).await.expect("listed");
    let agents: Vec<_> = sessions.iter().map(|session| session.agent.as_str()).collect();
    assert_eq!(agents, ["Firefox", ""]);

    let theirs = EndSessions { user: dan.id, which: Which::One(other.hash()) };
    world.shop.end_sessions(theirs).await.expect("nothing of Dan's");
    assert!(is_signed_in(&world, &other).await);
    let others = EndSessions { user: user.id, which: Which::Others(own.hash()) };
    world.shop.end_sessions(others).await.expect("ended");
    assert!(is_signed_in(&world, &own).await && !is_signed_in(&world, &other).await);
    assert!(is_signed_in(&world, &dans).await);
    let last = EndSessions { user: user.id, which: Which::One(own.hash()) };
    world.shop.end_sessions(last).await.expect("ended");
    assert_eq!(world.shop.sessions(user.id).await.expect("listed"), []);
}

#[tokio::test]
async fn strangers_cannot_lock_an_owner_out() {
    let world = World::new();
    world.signed_in(ANA).await;
    for _ in 0..10 {
        assert!(matches!(world.sign_in(ANA, "a guess").await, Err(SignInError::Refused)));
    }
    assert!(matches!(world.sign_in(ANA, PASSWORD).await, Err(SignInError::TooManyTries(_))));
    let browser = Browser { known: Some(BrowserKey([7; 16])), ..Browser::default() };
    let command = SignIn { email: parsed(ANA), password: parsed(PASSWORD), previous: None, browser };
    world.shop.sign_in(command).await.expect("a browser that has been here before");
    ask_reset(&world, ANA).await;
    reset(&world, &world.last_token().await).await.expect("reset");
    world.sign_in(ANA, NEW_PASSWORD).await.expect("any browser, after a reset");
}

#[tokio::test]
async fn a_deleted_account_leaves_its_orders_and_nothing_else() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (user, session) = world.signed_in(ANA).await;
    world.store_cart(&user, "SH03=2").await;
    let order = world.shop.place_order(order_of(&user)).await.expect("placed").order;
    let wrong = DeleteAccount { user: user.id, password: parsed("another one") };
    assert!(matches!(world.shop.delete_account(wrong).await, Err(DeleteError::PasswordWrong)));
    let command = DeleteAccount { user: user.id, password: parsed(PASSWORD) };
    world.shop.delete_account(command.clone()).await.expect("deleted");
    assert!(!is_signed_in(&world, &session).await);
    assert!(matches!(world.shop.delete_account(command).await, Err(DeleteError::NoSuchAccount)));
    let kept = world.store.orders().find(order.number).await.expect("read").expect("kept");
    assert_eq!((kept.owner, kept.delivery.is_some()), (None, true), "its parcel is still to arrive");
    assert_eq!(world.last_letter().await.message.mail, Mail::AccountDeleted);
    let (again, _) = world.signed_in(ANA).await;
    assert_ne!(again.id, user.id, "the address is free");
}

#[tokio::test]
async fn the_last_mail_leaves_no_address_behind_whether_it_arrives_or_not() {
    let mut refusing = MockMailer::new();
    refusing.expect_deliver().returning(|_| Err(DeliveryError::Permanent("550 no such user".into())));
    let arrives = RelayReport { sent: 1, ..RelayReport::default() };
    let is_refused = RelayReport { dead: 1, ..RelayReport::default() };
    let mailbox = Mailbox::default();
    for (mailer, report) in [(&mailbox as &dyn Mailer, arrives), (&refusing, is_refused)] {
        let world = World::new();
        let (user, _) = world.signed_in(ANA).await;
        let command = DeleteAccount { user: user.id, password: parsed(PASSWORD) };
        world.shop.delete_account(command).await.expect("deleted");
        assert_eq!(world.shop.relay_outbox(mailer).await.expect("relayed"), report);
        assert_eq!(world.store.outbox().list(None, 9).await.expect("listed"), []);
    }
}

#[tokio::test]
async fn an_export_has_everything_but_secrets() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(1_000)).await;
    let (user, _) = world.signed_in(ANA).await;
    for orders in 1..=203 {
        world.clock.advance(Duration::from_secs(1));
        let mut unit = world.store.begin().await.expect("begun");
        unit.carts().replace(user.id, "SH03=1", orders * 2 - 2).await.expect("replaced");
        unit.commit().await.expect("committed");
        world.shop.place_order(order_of(&user)).await.expect("placed");
    }
    let export = world.shop.export_account(user.id).await.expect("read").expect("there");
    assert_eq!((export.orders.len(), export.sessions.len()), (203, 1));
    let json = serde_json::to_string(&export).expect("JSON");
    for kept in [ANA, "Brașov", "SH03", "2026-01-01T00:03:23Z", "order_received", "\"active\""] {
        assert!(json.contains(kept), "{kept}");
    }
    assert!(!json.contains(user.password.as_str()), "no hash");
    assert_eq!(
        world
            .shop
            .export_account(shop_core::ids::UserId::from_bytes([9; 16]))
            .await
            .expect("read")
            .map(|_| ()),
        None
    );
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    let world = World::new();
    let (_, session) = world.signed_in(ANA).await;
    ask_reset(&world, ANA).await;
    let token = world.last_token().await;
    let command = SetUserState { email: parsed(ANA), disabled: true };
    assert_eq!(world.shop.set_user_state(command).await.expect("disabled").state, UserState::Disabled);
    assert!(!is_signed_in(&world, &session).await);
    assert!(matches!(reset(&world, &token).await, Err(ResetError::NoSuchToken)));
    let command = SetUserState { email: parsed(ANA), disabled: false };
    world.shop.set_user_state(command).await.expect("enabled");
    world.sign_in(ANA, PASSWORD).await.expect("signed in");
}
