use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::derive::DEFAULT_ITERATIONS;
use super::*;

fn fits(password: &str, hash: &str) -> Result<bool, UnreadableHash> {
    is_right(&password.parse().expect("an attempt"), &PasswordHash::new(hash.to_owned()))
}

/// A hash of one iteration, as Werkzeug would make it.
fn quick(password: &str) -> String {
    let mut digest = [0; 32];
    pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password.as_bytes(), b"salt", 1, &mut digest);
    format!("pbkdf2:sha256:1$salt${}", crate::hex::encode(&digest))
}

/// Password and hash: RFC 6070, RFC 7914 (sections 11 and 12), and what Werkzeug made for the shop before.
const KNOWN: [(&str, &str); 10] = [
    ("password", "pbkdf2:sha1:1$salt$0c60c80f961f0e71f3a9b524af6012062fe037a6"),
    ("password", "pbkdf2:sha1:2$salt$ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
    ("password", "pbkdf2:sha1:4096$salt$4b007901b765489abead49d926f721d065a429c1"),
    ("passwd", "pbkdf2:sha256:1$salt$55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
    (
        "",
        "scrypt:16:1:1$$77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442\
         fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
    ),
    (
        "password",
        "scrypt:1024:8:16$NaCl$fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
         2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    ),
    (
        "pleaseletmein",
        "scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2\
         d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
    ),
    (
        "pâine și unt 2024!15",
        "pbkdf2:sha256:150000$kx3ttfBL8foqBBZ8$ea9507479a255a87b51bbe2cf57a334efe0986223b7bbd59aa09bd363506ac62",
    ),
    (
        "parola lunga si buna 124",
        "pbkdf2:sha512:50000$9Ep2Tb3TOFULPx8t$db3f1fc7d3dd339c0cd24b1fdc741297064ef76557ed9b1a206ad9bb940adc7d\
         e51e983b70bcb33c8675a6c00a5dea60642a2c8116535f3987c39b0ffa7163c3",
    ),
    (
        "emoji 🛒 in parola mea6",
        "scrypt:16384:8:1$DIjtzZCxAUOTzRwI$7608c37b122f86c164908031b16d9b2af9a568110f25aacb75a1a7e84c24784e\
         8ea7721ef8282f9cf05151d66fd337d0b51b48a2c72964e02a7dfdef7814cdc1",
    ),
];

#[test]
fn known_hashes_open_by_their_password_alone() {
    for (password, hash) in KNOWN {
        assert_eq!(fits(password, hash), Ok(true), "{hash}");
        assert_eq!(fits(&format!("{password}."), hash), Ok(false), "{hash}");
        let (start, last) = hash.split_at(hash.len() - 1);
        let damaged = format!("{start}{}", if last == "0" { "1" } else { "0" });
        assert_eq!(fits(password, &damaged), Ok(false), "every digit counts: {damaged}");
        let (method, _) = hash.split_once('$').expect("a hash");
        assert_eq!(recognize(hash).expect("readable").to_string(), method);
    }
}

#[test]
fn a_hash_without_parameters_has_a_default_of_werkzeug() {
    // The test with Werkzeug itself (`make werkzeug-test`) sees all six.
    for iterations in [1_000, 50_000, 150_000] {
        let mut digest = [0; 20];
        pbkdf2::pbkdf2_hmac::<sha1::Sha1>(b"password", b"salt", iterations, &mut digest);
        let hash = format!("pbkdf2:sha1$salt${}", crate::hex::encode(&digest));
        assert_eq!(fits("password", &hash), Ok(true), "{iterations}");
    }
    let together: u32 = DEFAULT_ITERATIONS.iter().sum();
    assert!(together <= MAX_ITERATIONS, "{together} iterations are more than one comparison may take");

    let digest = "00".repeat(64);
    assert_eq!(recognize(&format!("scrypt$salt${digest}")), Ok(Form::Scrypt { n: 32_768, r: 8, p: 1 }));
    let unsaid = Form::Pbkdf2 { function: HashFunction::Sha256, iterations: None };
    assert_eq!(recognize(&format!("pbkdf2$salt${}", "00".repeat(32))), Ok(unsaid));
}

#[test]
fn the_caps_hold_to_the_unit() {
    let recognize_method = |method: &str| {
        let digest = "00".repeat(if method.contains("sha256") { 32 } else { 64 });
        recognize(&format!("{method}$salt${digest}")).map(|form| form.to_string())
    };
    for most in [
        "pbkdf2:sha256:2500000",
        "pbkdf2:sha512:2500000",
        "scrypt:32768:8:1",
        "scrypt:32768:8:4",
        "scrypt:65536:8:2",
        "scrypt:8192:8:16",
        "scrypt:524288:1:1",
        "scrypt:524288:1:2",
        "scrypt:2:1:524288",
    ] {
        assert_eq!(recognize_method(most).as_deref(), Ok(most));
    }
    for over in [
        "pbkdf2:sha256:2500001",
        "pbkdf2:sha512:4294967295",
        "pbkdf2:sha512:4294967296",
        "pbkdf2:sha512:99999999999999999999999999999999",
        "scrypt:32768:8:5",
        "scrypt:131072:8:1",
        "scrypt:1048576:1:1",
        "scrypt:65536:16:1",
        "scrypt:65536:9:1",
        "scrypt:2:1:524289",
        "scrypt:2:2:262145",
        "scrypt:2:262144:2",
        "scrypt:2:65536:65536",
        "scrypt:2147483648:4294967295:4294967295",
        "scrypt:4294967296:8:1",
    ] {
        assert_eq!(recognize_method(over), Err(UnreadableHash::TooCostly), "{over}");
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let [sha1, sha256, sha512] = [20, 32, 64].map(|length| "0f".repeat(length));
    for (hash, why) in [
        (String::new(), UnreadableHash::NoHash),
        ("plaintext-password".to_owned(), UnreadableHash::NoHash),
        ("pbkdf2:sha256:1$salt".to_owned(), UnreadableHash::NoHash),
        (format!("pbkdf2:sha256:1${}${sha256}", "s".repeat(1_000)), UnreadableHash::TooLong),
        ("plain$$secret".to_owned(), UnreadableHash::UnknownMethod),
        (format!("sha1$salt${sha1}"), UnreadableHash::UnknownMethod),
        ("$2b$12$abcdefghijklmnopqrstuv".to_owned(), UnreadableHash::UnknownMethod),
        ("$argon2id$v=19$m=4194304,t=9,p=1$c2FsdHNhbHQ$aGFzaA".to_owned(), UnreadableHash::UnknownMethod),
        (format!("PBKDF2:sha256:1$salt${sha256}"), UnreadableHash::UnknownMethod),
        (format!("pbkdf2:md5:1$salt${sha256}"), UnreadableHash::UnknownFunction),
        (format!("pbkdf2::1$salt${sha256}"), UnreadableHash::UnknownFunction),
        (format!("pbkdf2:sha256:$salt${sha256}"), UnreadableHash::Parameters),
        (format!("pbkdf2:sha256:0$salt${sha256}"), UnreadableHash::Parameters),
        (format!("pbkdf2:sha256:-1$salt${sha256}"), UnreadableHash::Parameters),
        (format!("pbkdf2:sha256:+1$salt${sha256}"), UnreadableHash::Parameters),
        (format!("pbkdf2:sha256:1:1$salt${sha256}"), UnreadableHash::Parameters),
        (format!("scrypt:16$salt${sha512}"), UnreadableHash::Parameters),
        (format!("scrypt:16:8:0$salt${sha512}"), UnreadableHash::Parameters),
        (format!("scrypt:16:0:1$salt${sha512}"), UnreadableHash::Parameters),
        (format!("scrypt:1:8:1$salt${sha512}"), UnreadableHash::Parameters),
        (format!("scrypt:0:8:1$salt${sha512}"), UnreadableHash::Parameters),
        (format!("scrypt:24:8:1$salt${sha512}"), UnreadableHash::Parameters),
        (format!("pbkdf2:sha256:1$salt${sha1}"), UnreadableHash::BadDigest),
        (format!("pbkdf2:sha256:1$salt${}", &sha256[1..]), UnreadableHash::BadDigest),
        (format!("pbkdf2:sha256:1$salt${sha256} "), UnreadableHash::BadDigest),
        (format!("pbkdf2:sha256:1$sa$lt${sha256}"), UnreadableHash::BadDigest),
        ("pbkdf2:sha256:1$salt$".to_owned(), UnreadableHash::BadDigest),
        (format!("scrypt:16:8:1$salt${}g", &sha512[1..]), UnreadableHash::BadDigest),
    ] {
        assert_eq!(recognize(&hash), Err(why), "{hash}");
        assert_eq!(fits("plaintext-password", &hash), Err(why), "{hash}");
    }
    assert_eq!(
        format!("the hash {}", UnreadableHash::TooCostly),
        "the hash costs too much to compare with: more than 2500000 iterations of pbkdf2, or for scrypt \
         65 MiB or N·r·p = 1048576"
    );
}

#[test]
fn a_password_opens_in_every_spelling() {
    for (hashed, typed) in [
        ("ﬁșă ½ ＡＢＣ ☺\u{fe0f}", "ﬁșă ½ ＡＢＣ ☺\u{fe0f}"),
        ("ﬁșă ½", "ﬁs\u{326}a\u{306} ½"),
        ("fișă 12", "ﬁs\u{326}a\u{306} １２"),
        ("s\u{326}a\u{306}", "s\u{326}a\u{306}"),
    ] {
        assert_eq!(fits(typed, &quick(hashed)), Ok(true), "{typed}");
    }
    assert_eq!(fits("ﬁșă ½", &quick("fișă 1/2")), Ok(false));
    assert_eq!(spellings("ﬁs\u{326}a").len(), 3, "as many as one comparison ever takes");
    assert_eq!(spellings("plain").len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(hash in any::<String>()) {
        let _ = recognize(&hash);
    }

    #[test]
    fn whatever_is_read_is_under_the_caps(
        method in prop_oneof![
            Just("scrypt".to_owned()),
            (0..40_u32, 0..40_u32, 0..40_u32)
                .prop_map(|(n, r, p)| format!("scrypt:{}:{}:{}", 1_u64 << n, 1_u64 << r, 1_u64 << p)),
            "scrypt:[0-9]{1,22}:[0-9]{1,12}:[0-9]{1,12}",
            "pbkdf2:sha(1|256|512):[0-9]{0,22}",
            "(pbkdf2|scrypt)(:[a-z0-9+_-]{0,8}){0,4}",
        ],
        salt in "[^$]{0,20}",
        length in prop::sample::select(vec![0_usize, 20, 32, 64]),
    ) {
        match recognize(&format!("{method}${salt}${}", "a0".repeat(length))) {
            Ok(Form::Pbkdf2 { iterations, .. }) => prop_assert!(iterations.is_none_or(|n| n <= MAX_ITERATIONS)),
            Ok(Form::Scrypt { n, r, p }) => {
                let [n, r, p] = [n, r, p].map(u128::from);
                prop_assert!(n * r * p <= u128::from(MAX_SCRYPT_WORK));
                prop_assert!(128 * r * (n + p) <= u128::from(MAX_SCRYPT_MEMORY));
            }
            Err(_) => {}
        }
    }

    #[test]
    fn the_typed_text_opens_in_any_form(password in "\\PC{0,60}") {
        let composed: String = password.nfc().collect();
        let hash = quick(&composed);
        prop_assert_eq!(fits(&composed, &hash), Ok(true));
        prop_assert_eq!(fits(&composed.nfd().collect::<String>(), &hash), Ok(true));
        prop_assert_eq!(fits(&password, &quick(&password)), Ok(true));
        prop_assert_eq!(fits(&password, &quick(&password.nfkc().collect::<String>())), Ok(true));
        prop_assert_eq!(fits(&format!("{password}x"), &hash), Ok(false));
    }
}
