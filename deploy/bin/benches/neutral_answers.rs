//! Whether the time of an answer tells if an address has an account: `make timing`.
//!
//! A real shop on SQLite is asked over HTTP, in turn for an address that has an account and for one that has none, 500 times each. The
//! medians must differ by less than 2 % or 1 ms; the exit code says whether they do.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "it measures real time, and ends where something goes wrong, as a test does"
)]

#[expect(dead_code, reason = "the black box needs more of it")]
#[path = "../tests/black_box/browser.rs"]
mod browser;
#[expect(dead_code, reason = "the black box needs more of it")]
#[path = "../tests/black_box/shop.rs"]
mod shop;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use self::browser::{Browser, Form};
use self::shop::{PASSWORD, Shop, ask, folder, shop_admin_with};

const TRIES: usize = 500;
/// Tries of one address: fewer than the throttle lets through.
const TRIES_OF_ONE: usize = 4;

fn main() -> ExitCode {
    let folder = folder();
    ask(folder.path(), &["migrate"]);
    let accounts = TRIES / TRIES_OF_ONE;
    for number in 0..accounts {
        create(&folder, &format!("active{number}@example.com"), &["--activated"]);
        create(&folder, &format!("pending{number}@example.com"), &[]);
    }
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    println!("{:<28} {:>12} {:>12} {:>8}", "median of 500", "account", "none", "apart");
    let all = [
        measure(&shop, "/forgot", "active", |form| form),
        measure(&shop, "/activate", "pending", |form| form),
        measure(&shop, "/login", "active", |form| form.with("password", "another password")),
        measure(&shop, "/register", "active", |form| {
            let form =
                form.with("last_name", "Pop").with("first_name", "Ana").with("address", "Str. Lungă 1");
            form.with("password", PASSWORD).with("password_confirmation", PASSWORD)
        }),
    ];
    if all.into_iter().all(|is_neutral| is_neutral) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn create(folder: &tempfile::TempDir, email: &str, more: &[&str]) {
    let person =
        ["--last-name", "Pop", "--first-name", "Ana", "--address", "Str. Lungă 1", "--password-stdin"];
    let arguments = [&["user", "create", "--email", email], &person[..], more].concat();
    assert!(shop_admin_with(folder.path(), &[], &arguments, PASSWORD).status.success(), "{email}");
}

/// Asks in turn; says whether the medians are as close as they must be.
fn measure(shop: &Shop, path: &str, known: &str, fill: impl Fn(Form) -> Form) -> bool {
    let browser = Browser::new(&shop.url);
    let form = fill(browser.get(path).form(path));
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..TRIES {
        let account = number / TRIES_OF_ONE;
        // What is asked first alternates too.
        for side in if number % 2 == 0 { [0, 1] } else { [1, 0] } {
            let name = if side == 0 { known.to_owned() } else { format!("nobody{}", path.replace('/', "")) };
            let email = format!("{name}{account}@example.com");
            let form = form.clone().with("email", &email);
            let start = Instant::now();
            let answer = browser.submit(&form);
            times[side].push(start.elapsed());
            let expected = if path == "/login" { 422 } else { 303 };
            assert_eq!(answer.status, expected, "{path} {email}: {}", answer.body);
        }
    }
    let [known, unknown] = times.map(median);
    let apart = known.abs_diff(unknown);
    let share = apart.as_secs_f64() / known.max(unknown).as_secs_f64();
    println!("POST {path:<23} {known:>12.2?} {unknown:>12.2?} {:>6.1} %", share * 100.0);
    apart < Duration::from_millis(1) || share < 0.02
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
