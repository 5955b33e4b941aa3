use shop_core::StoreError;
use shop_core::account::{Purpose, UserState};
use shop_core::ids::{MessageId, UserId};
use shop_core::mocks::{MockMailer, MockStore, MockUnit};
use shop_core::outbox::relay::RelayReport;
use shop_core::outbox::{Claimed, Mail, Message};
use shop_core::ports::DeliveryError;
use shop_core::{Language, Timestamp};

use crate::script::{busy, shop};
use crate::values::{ana, parsed};

fn claimed(mail: Mail, attempts: u32) -> Claimed {
    let message = Message {
        id: MessageId::from_bytes([4; 16]),
        user: None,
        to: parsed("ana@example.com"),
        name: "Ana Pop".into(),
        language: Language::Romanian,
        mail,
        created_at: Timestamp::default(),
    };
    Claimed { message, attempts }
}

fn claiming(message: Claimed) -> MockUnit {
    let mut unit = MockUnit::default();
    unit.outbox.expect_claim().times(1).return_once(|_, _, _, _| Ok(vec![message]));
    unit.ending.expect_commit().times(1).return_once(|| Ok(()));
    unit
}

fn committed(prepare: impl FnOnce(&mut MockUnit)) -> MockUnit {
    let mut unit = MockUnit::default();
    prepare(&mut unit);
    unit.ending.expect_commit().times(1).return_once(|| Ok(()));
    unit
}

fn due(units: Vec<MockUnit>) -> MockStore {
    let mut store = MockStore::default();
    store.outbox.expect_is_due().times(1).return_once(|_| Ok(true));
    for unit in units {
        store.hand_out(unit);
    }
    store
}

async fn relay_one(store: MockStore, mailer: &MockMailer) -> Result<Option<RelayReport>, StoreError> {
    shop(store).relay_one(mailer, Timestamp::default()).await
}

#[tokio::test]
async fn an_idle_step_is_one_read() {
    let mut store = MockStore::default();
    store.outbox.expect_is_due().times(1).return_once(|_| Ok(false));
    assert!(matches!(relay_one(store, &MockMailer::new()).await, Ok(None)));
}

#[tokio::test]
async fn a_link_gets_its_token_when_the_mail_goes_out() {
    let user = UserId::from_bytes([1; 16]);
    let issuing = committed(|unit| {
        let is_for_ana = move |token: &shop_core::account::StoredToken| {
            token.user == user && token.purpose == Purpose::Activation
        };
        unit.users.expect_find_by_email().times(1).return_once(|_| Ok(Some(ana(UserState::Pending))));
        unit.outbox.expect_assign().times(1).return_once(|_, _, _| Ok(true));
        unit.tokens.expect_insert().withf(is_for_ana).times(1).return_once(|_| Ok(()));
    });
    let settling = committed(|unit| {
        unit.outbox.expect_settle().times(1).return_once(|_, _, _| Ok(true));
    });
    let mut mailer = MockMailer::new();
    mailer.expect_deliver().withf(|letter| letter.token.is_some()).times(1).return_once(|_| Ok(()));
    let store = due(vec![claiming(claimed(Mail::Activation, 0)), issuing, settling]);
    let report = relay_one(store, &mailer).await.expect("a working store");
    assert_eq!(report, Some(RelayReport { sent: 1, ..RelayReport::default() }));
}

#[tokio::test]
async fn failures_are_put_off_or_given_up() {
    let temporary = DeliveryError::Temporary("come back later".into());
    let persistent = DeliveryError::Temporary("come back later".into());
    let permanent = DeliveryError::Permanent("no such mailbox".into());
    for (error, attempts, dead) in [(temporary, 0, false), (persistent, 15, true), (permanent, 0, true)] {
        let noting = committed(|unit| {
            if dead {
                unit.outbox.expect_give_up().times(1).return_once(|_, _, _| Ok(true));
            } else {
                unit.outbox.expect_postpone().times(1).return_once(|_, _, _, _| Ok(true));
            }
        });
        let mut mailer = MockMailer::new();
        mailer.expect_deliver().times(1).return_once(move |_| Err(error));
        let store = due(vec![claiming(claimed(Mail::AlreadyRegistered, attempts)), noting]);
        let report = relay_one(store, &mailer).await.expect("a working store").expect("a message");
        assert_eq!((report.dead, report.postponed), (u32::from(dead), u32::from(!dead)));
    }
}

#[tokio::test]
async fn a_message_that_waits_anew_under_a_relays_hands_is_left_to_the_next() {
    let mut issuing = MockUnit::default();
    issuing.users.expect_find_by_email().times(1).return_once(|_| Ok(Some(ana(UserState::Pending))));
    issuing.outbox.expect_assign().times(1).return_once(|_, _, _| Ok(false));
    let noting = committed(|unit| {
        unit.outbox.expect_discard().times(1).return_once(|_, _| Ok(false));
    });
    let store = due(vec![claiming(claimed(Mail::Activation, 0)), issuing, noting]);
    let report = relay_one(store, &MockMailer::new()).await.expect("a working store");
    assert_eq!(report, Some(RelayReport::default()), "there was one, of which nothing has become");
}

#[tokio::test]
async fn an_unreadable_message_keeps_no_other_waiting() {
    let stepping_aside = committed(|unit| {
        unit.outbox.expect_claim().times(1).return_once(|_, _, _, _| Ok(Vec::new()));
    });
    let settling = committed(|unit| {
        unit.outbox.expect_settle().times(1).return_once(|_, _, _| Ok(true));
    });
    let mut store = MockStore::default();
    let mut answers = [true, true, false].into_iter();
    store.outbox.expect_is_due().times(3).returning(move |_| Ok(answers.next().unwrap_or(false)));
    for unit in [stepping_aside, claiming(claimed(Mail::AlreadyRegistered, 0)), settling] {
        store.hand_out(unit);
    }
    let mut mailer = MockMailer::new();
    mailer.expect_deliver().times(1).return_once(|_| Ok(()));
    assert_eq!(shop(store).relay_outbox(&mailer).await.expect("a report").sent, 1);
}

#[tokio::test]
async fn a_store_that_fails_after_delivery_is_asked_again_and_not_the_mailer() {
    let mut torn = MockUnit::default();
    torn.outbox.expect_settle().times(1).return_once(|_, _, _| Err(busy()));
    let settling = committed(|unit| {
        unit.outbox.expect_settle().times(1).return_once(|_, _, _| Ok(true));
    });
    let mut mailer = MockMailer::new();
    mailer.expect_deliver().times(1).return_once(|_| Ok(()));
    let store = due(vec![claiming(claimed(Mail::AlreadyRegistered, 0)), torn, settling]);
    assert_eq!(relay_one(store, &mailer).await.expect("a working store").expect("a message").sent, 1);
}

#[tokio::test]
async fn a_broken_store_ends_the_step() {
    let mut torn = MockUnit::default();
    torn.outbox.expect_claim().times(1).return_once(|_, _, _, _| Err(StoreError::Backend("broken".into())));
    relay_one(due(vec![torn]), &MockMailer::new()).await.expect_err("the store's error");
}
