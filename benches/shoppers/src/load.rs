//! `shoppers load`: an open loop of shoppers.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep, sleep_until};

use crate::accounts::{Account, Accounts};
use crate::actions;
use crate::arguments::Load;
use crate::browser::Browser;
use crate::catalog::Catalog;
use crate::connections::{Connections, Keep};
use crate::end::End;
use crate::failure::Failure;
use crate::jar::Jar;
use crate::journal::{Entry, Journal};
use crate::mix::{Deck, Kind};
use crate::report::{self, Report};
use crate::schedule::Schedule;
use crate::tally::Tally;
use crate::trouble::Trouble;

/// How long the shop may take to show its first page.
const WELCOME: Duration = Duration::from_secs(30);

/// Sends the load, and reports.
pub(crate) async fn run(arguments: &Load) -> Result<(), Trouble> {
    let accounts = Accounts::read(&arguments.accounts)?;
    let connections = Connections::to(arguments.visit.target(), arguments.visit.timeout).await?;
    let connections = Arc::new(connections);
    let catalog = first_look(&connections, &arguments.skus).await?;
    let (journal, entries) = Journal::new();
    let crowd = Crowd {
        connections,
        journal,
        accounts: Arc::new(accounts),
        catalog: Arc::new(catalog),
        is_forwarded: arguments.forwarded_for,
        random: Rng::with_seed(1),
    };

    let (begin, started_at) = (Instant::now(), now_ms());
    let end = End::watch(Some(begin + arguments.duration), arguments.stop_file.clone())?;
    let counting = tokio::spawn(count(Tally::new(begin, started_at), entries));
    let last = crowd.send_all(arguments.rate, arguments.slow_every, begin, end).await;
    // It ends when the last of those on their way has come back.
    let tally = counting.await.map_err(|error| Trouble::Shop(error.to_string()))?;
    let report = tally.finish(last);
    summarize(&report);
    report::write(&report, Path::new(&arguments.report))
}

/// Looks at the first page until there is one.
pub(crate) async fn first_look(connections: &Arc<Connections>, skus: &[String]) -> Result<Catalog, Trouble> {
    let (journal, _unread) = Journal::new();
    let mut browser = visitor(connections, &journal, None, Keep::Fresh, Kind::Browse);
    let begin = Instant::now();
    loop {
        match browser.open("/", |answer| Catalog::read(answer, skus)).await {
            Ok(catalog) => return Ok(catalog),
            Err(failure @ Failure::Missing(_)) => return Err(Trouble::Shop(failure.to_string())),
            Err(failure) if begin.elapsed() > WELCOME => return Err(Trouble::Shop(failure.to_string())),
            Err(_) => sleep(Duration::from_millis(500)).await,
        }
    }
}

/// A browser without cookies.
pub(crate) fn visitor(
    connections: &Arc<Connections>,
    journal: &Journal,
    client: Option<String>,
    keep: Keep,
    kind: Kind,
) -> Browser {
    let (connections, journal) = (Arc::clone(connections), journal.clone());
    Browser { connections, journal, jar: Jar::default(), client, keep, kind, met: Vec::new(), planned: None }
}

/// An address that nobody has (RFC 2544, section C.2.2), for `X-Forwarded-For`.
pub(crate) fn stranger(random: &mut Rng) -> String {
    Ipv4Addr::from_bits(u32::from(Ipv4Addr::new(198, 18, 0, 0)) + random.u32(1..1 << 17)).to_string()
}

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    let now = time::OffsetDateTime::now_utc();
    now.unix_timestamp() * 1_000 + i64::from(now.millisecond())
}

/// Reads to the end what shoppers write down.
pub(crate) async fn count(mut tally: Tally, mut entries: UnboundedReceiver<Entry>) -> Tally {
    while let Some(entry) = entries.recv().await {
        tally.enter(entry);
    }
    tally
}

/// How long a slow checkout is on its way, in milliseconds.
const SLOW_MS: std::ops::Range<u64> = 2_000..8_000;

/// All shoppers together.
struct Crowd {
    connections: Arc<Connections>,
    journal: Journal,
    accounts: Arc<Accounts>,
    catalog: Arc<Catalog>,
    is_forwarded: bool,
    random: Rng,
}

impl Crowd {
    /// Sends shoppers until the end comes, and tells when that was; they may still be on their way.
    async fn send_all(mut self, rate: f64, slow_every: Duration, begin: Instant, end: End) -> Instant {
        let mut deck = Deck::new(2);
        let mut schedule = Schedule::of_rate(begin, rate);
        let mut slow = (!slow_every.is_zero()).then(|| Schedule::new(begin, slow_every));
        let mut end = std::pin::pin!(end.come());
        loop {
            let slow_next = slow.as_ref().map(Schedule::next);
            let planned = slow_next.map_or(schedule.next(), |next| next.min(schedule.next()));
            tokio::select! {
                biased;
                () = &mut end => return Instant::now(),
                () = sleep_until(planned) => {}
            }
            match &mut slow {
                Some(slow) if slow_next == Some(planned) => {
                    slow.advance();
                    self.send(Kind::SlowOrder, planned);
                }
                Some(_) | None => {
                    schedule.advance();
                    self.send(deck.draw(), planned);
                }
            }
        }
    }

    /// Sends one shopper.
    fn send(&mut self, kind: Kind, planned: Instant) {
        let keep = if self.random.bool() { Keep::Kept } else { Keep::Fresh };
        let client = self.is_forwarded.then(|| stranger(&mut self.random));
        let mut browser = visitor(&self.connections, &self.journal, client, keep, kind);
        browser.planned = Some(planned);
        let (catalog, mut random) = (Arc::clone(&self.catalog), Rng::with_seed(self.random.u64(..)));
        match kind {
            Kind::Browse => spawn(async move { actions::browse(&mut browser, &catalog, &mut random).await }),
            Kind::Product => spawn(async move { actions::look(&mut browser, &catalog, &mut random).await }),
            Kind::Cart => self.send_with_account(browser, Errand::Cart),
            Kind::SignIn => self.send_with_account(browser, Errand::SignIn),
            Kind::Order => self.send_with_account(browser, Errand::Order(Duration::ZERO)),
            Kind::SlowOrder => {
                let pause = Duration::from_millis(random.u64(SLOW_MS));
                self.send_with_account(browser, Errand::Order(pause));
            }
        }
    }

    fn send_with_account(&mut self, browser: Browser, errand: Errand) {
        let Some(account) = self.accounts.take() else { return self.journal.write(Entry::Skipped) };
        let (catalog, accounts) = (Arc::clone(&self.catalog), Arc::clone(&self.accounts));
        let random = Rng::with_seed(self.random.u64(..));
        tokio::spawn(async move {
            accounts.give_back(run_errand(browser, account, errand, &catalog, random).await);
        });
    }
}

/// Lets a shopper go, who writes down what happens.
fn spawn(action: impl Future<Output = Result<(), Failure>> + Send + 'static) {
    tokio::spawn(action);
}

/// What somebody with an account does.
#[derive(Clone, Copy, Debug)]
enum Errand {
    /// Signs in anew.
    SignIn,
    /// Changes the cart.
    Cart,
    /// Orders, with a pause in the middle of the checkout's body.
    Order(Duration),
}

/// Does it, and returns the account with the cookies of its session if it is signed in then.
async fn run_errand(
    mut browser: Browser,
    account: Account,
    errand: Errand,
    catalog: &Catalog,
    mut random: Rng,
) -> Account {
    let session = match errand {
        Errand::SignIn => None,
        Errand::Cart | Errand::Order(_) => account.jar.clone(),
    };
    let signed_in = match session {
        Some(jar) => {
            browser.jar = jar;
            true
        }
        None => sign_in_first(&mut browser, &account).await.is_ok(),
    };
    let is_lost = !signed_in
        || go_shopping(&mut browser, errand, catalog, &mut random).await == Err(Failure::SignedOut);
    Account { jar: (!is_lost).then_some(browser.jar), ..account }
}

/// These requests are counted as of a sign-in, whatever they are needed for.
async fn sign_in_first(browser: &mut Browser, account: &Account) -> Result<(), Failure> {
    let kind = std::mem::replace(&mut browser.kind, Kind::SignIn);
    let outcome = actions::sign_in(browser, account).await;
    browser.kind = kind;
    outcome
}

async fn go_shopping(
    browser: &mut Browser,
    errand: Errand,
    catalog: &Catalog,
    random: &mut Rng,
) -> Result<(), Failure> {
    let Some(offer) = random.choice(&catalog.offers) else { return Ok(()) };
    match errand {
        Errand::SignIn => Ok(()),
        Errand::Cart => actions::change_cart(browser, offer, random).await,
        Errand::Order(pause) => actions::order(browser, offer, pause).await,
    }
}

/// Tells people what a program finds in the report.
fn summarize(report: &Report) {
    let Report { sent, failed, retried, skipped, seconds, orders, .. } = report;
    eprintln!("sent {sent} failed {failed} retried {retried} skipped {skipped} in {seconds:.1} s");
    let (p50, p99, slowest) = (report.p50_ms, report.p99_ms, report.slowest_ms);
    eprintln!(
        "p50 {p50:.1} ms, p99 {p99:.1} ms, slowest {slowest:.0} ms, longest gap {:.0} ms",
        report.longest_gap_ms
    );
    eprintln!("orders acknowledged {}, unanswered {}", orders.acknowledged.len(), orders.unanswered);
    for (version, count) in &report.by_version {
        eprintln!("version {version:?}: {count}");
    }
    for error in &report.first_errors {
        eprintln!("second {}, {}: {}", error.second, error.request, error.reason);
    }
}
