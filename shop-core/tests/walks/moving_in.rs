use std::sync::Arc;

use shop_core::account::sign_in::SignInError;
use shop_core::account::{PasswordHash, User};
use shop_core::argon2::Argon2Hasher;
use shop_core::ports::Store;
use shop_core::system::SystemRandom;

use super::World;

const ANA: &str = "ana@example.com";

/// Made by Werkzeug 3.1 of `TYPED`, byte by byte as it stands here.
const HASH: &str = "scrypt:1024:8:1$5SXnrmmgR9F2zza4$a1fb02bdf7e3e8a7e6e4f4d4cb9ca23b\
    40b302f0956237eba7251bff4aa74f330161e3c72bf13c7f1cd1615ad789361b23cc3b7b5f37447986e21a9451c1cd78";
const TYPED: &str = "ﬁșă de post ½ 🛒";

/// A world of real hashes with an account whose password the shop before has hashed.
async fn moved_in(hash: &str) -> (World, User) {
    let world = World::with_hasher(Arc::new(Argon2Hasher::with_threads(1, Arc::new(SystemRandom))));
    world.signed_in(ANA).await;
    let user = world.stored_user(ANA).await.expect("there");
    let mut unit = world.store.begin().await.expect("begun");
    unit.users()
        .update(&User { password: PasswordHash::new(hash.to_owned()), ..user })
        .await
        .expect("updated");
    unit.commit().await.expect("committed");
    let user = world.stored_user(ANA).await.expect("there");
    (world, user)
}

#[tokio::test]
async fn a_hash_of_the_shop_before_is_replaced_at_the_first_sign_in() {
    let (world, before) = moved_in(HASH).await;
    assert_eq!(before.password.as_str(), HASH);
    let wrong = world.sign_in(ANA, "ﬁșă de post ½ 🛍").await;
    assert!(matches!(wrong, Err(SignInError::Refused)), "{wrong:?}");
    assert_eq!(world.stored_user(ANA).await.as_ref(), Some(&before), "a wrong password replaces nothing");

    world.sign_in(ANA, TYPED).await.expect("signed in");
    let after = world.stored_user(ANA).await.expect("there");
    assert!(after.password.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    let password = after.password.clone();
    assert_eq!(after, User { password, version: before.version + 1, ..before }, "nothing else has changed");

    for spelling in [TYPED, "fișă de post 1⁄2 🛒"] {
        world.sign_in(ANA, spelling).await.expect("signed in by the new hash");
    }
    let wrong = world.sign_in(ANA, "ﬁșă de post ½ 🛍").await;
    assert!(matches!(wrong, Err(SignInError::Refused)), "{wrong:?}");
    assert_eq!(world.stored_user(ANA).await, Some(after), "a fresh hash is not replaced again");
}

#[tokio::test]
async fn two_sign_ins_at_once_both_succeed_though_the_first_replaces_the_hash() {
    let (world, before) = moved_in(HASH).await;
    let (one, other) = tokio::join!(world.sign_in(ANA, TYPED), world.sign_in(ANA, TYPED));
    for signed_in in [one, other] {
        let session = signed_in.expect("the password was right").token;
        assert!(world.shop.visit(&session).await.expect("read").is_some());
    }
    let after = world.stored_user(ANA).await.expect("there");
    assert_eq!((after.version, after.secured_at), (before.version + 1, before.secured_at), "replaced once");
}

#[tokio::test]
async fn letters_typed_in_parts_open_the_account_too() {
    let (world, before) = moved_in(HASH).await;
    world.sign_in(ANA, "ﬁs\u{326}a\u{306} de post ½ 🛒").await.expect("signed in");
    let after = world.stored_user(ANA).await.expect("there");
    assert_ne!(after.password, before.password);
    world.sign_in(ANA, TYPED).await.expect("signed in by the new hash");
}

#[tokio::test]
async fn a_hash_that_cannot_be_read_opens_nothing() {
    let digest = "00".repeat(64);
    for hash in ["plaintext-password".to_owned(), format!("scrypt:1073741824:8:1$salt${digest}")] {
        let (world, before) = moved_in(&hash).await;
        for typed in ["plaintext-password", TYPED, &hash] {
            let outcome = world.sign_in(ANA, typed).await;
            assert!(matches!(outcome, Err(SignInError::Refused)), "{hash}: {outcome:?}");
        }
        assert_eq!(world.stored_user(ANA).await, Some(before));
    }
}
