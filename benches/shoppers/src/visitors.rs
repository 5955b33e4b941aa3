//! `shoppers visitors`: whether visitors are split as wanted, and whether each stays on one side.

#![expect(clippy::cast_precision_loss, reason = "visitors are far fewer than 2^52")]

use std::collections::BTreeMap;
use std::sync::Arc;

use fastrand::Rng;
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep_until};

use crate::accounts::{Account, Accounts};
use crate::actions;
use crate::arguments::Visitors;
use crate::browser::Browser;
use crate::catalog::Catalog;
use crate::connections::{Connections, Keep};
use crate::failure::Failure;
use crate::journal::Journal;
use crate::load::{count, first_look, now_ms, stranger, visitor};
use crate::mix::Kind;
use crate::report::{self, ErrorReport, Report};
use crate::schedule::Schedule;
use crate::tally::Tally;
use crate::trouble::Trouble;

/// How many visitors there may be at once; more wait, so that a slow shop is not overrun.
const AT_ONCE: usize = 100;

/// One of so many signs in midway.
const SIGNS_IN: u64 = 50;

/// What a visitor has met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Visit {
    /// The versions that have answered, one after the other.
    met: Vec<String>,
    /// How many of them before the visitor began to sign in; `None` for those who did not.
    before_sign_in: Option<usize>,
    /// The cookie that keeps a visitor on a side, as it was after the first answer.
    first_cookie: Option<String>,
    /// The same at the end.
    last_cookie: Option<String>,
    /// Whether a request has failed.
    is_cut_short: bool,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Findings {
    /// When it began, in milliseconds since 1970.
    started_at: i64,
    /// How long it took.
    seconds: f64,
    /// All visitors.
    visitors: u64,
    /// All requests.
    sent: u64,
    /// Requests that failed.
    failed: u64,
    /// Visitors by the version that answered them first; empty if it has no `X-Version`. Visitors whom nobody
    /// answered are nowhere.
    sides: BTreeMap<String, Side>,
    /// Visitors who met two versions, signed in or not.
    changed_during_visit: u64,
    /// Visitors who signed in and met another version from then on than before.
    changed_at_sign_in: u64,
    /// Visitors who signed in.
    signed_in: u64,
    /// Visitors who signed in when no account was free, and so did not.
    skipped: u64,
    /// Visitors who left without the cookie.
    without_cookie: u64,
    /// Visitors whose cookie was changed.
    changed_cookie: u64,
    /// Visits that a failed request has cut short.
    cut_short: u64,
    /// The first failures, at most 20.
    first_errors: Vec<ErrorReport>,
}

/// Visitors of one version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
struct Side {
    /// How many.
    visitors: u64,
    /// Of all who were answered.
    share_percent: f64,
}

/// Sends the visitors, and reports.
pub(crate) async fn run(arguments: &Visitors) -> Result<(), Trouble> {
    let accounts = Arc::new(Accounts::read(&arguments.accounts)?);
    let connections = Connections::to(arguments.visit.target(), arguments.visit.timeout).await?;
    let connections = Arc::new(connections);
    let catalog = Arc::new(first_look(&connections, &[]).await?);
    let (begin, started_at) = (Instant::now(), now_ms());
    let (journal, entries) = Journal::new();
    let counting = tokio::spawn(count(Tally::new(begin, started_at), entries));
    let crowd = Crowd { connections, journal, accounts, catalog, cookie: arguments.cookie.as_str().into() };

    let findings = crowd.send_all(arguments, begin).await;
    let tally = counting.await.map_err(|error| Trouble::Shop(error.to_string()))?;
    let findings = findings.and_requests(tally.finish(Instant::now()));
    summarize(&findings);
    report::write(&findings, &arguments.report)
}

/// All visitors together.
#[derive(Clone)]
struct Crowd {
    connections: Arc<Connections>,
    journal: Journal,
    accounts: Arc<Accounts>,
    catalog: Arc<Catalog>,
    cookie: Arc<str>,
}

impl Crowd {
    async fn send_all(self, arguments: &Visitors, begin: Instant) -> Findings {
        let mut random = Rng::with_seed(3);
        let mut schedule = Schedule::of_rate(begin, arguments.rate);
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let (sender, visits) = unbounded_channel();
        let mut skipped = 0;
        for number in 1..=arguments.count {
            sleep_until(schedule.next()).await;
            schedule.advance();
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
            let account = (number % SIGNS_IN == 0).then(|| self.accounts.take());
            skipped += u64::from(account == Some(None));
            let keep = if random.bool() { Keep::Kept } else { Keep::Fresh };
            let client = arguments.forwarded_for.then(|| stranger(&mut random));
            let browser = visitor(&self.connections, &self.journal, client, keep, Kind::Browse);
            let (crowd, sender, random) = (self.clone(), sender.clone(), Rng::with_seed(random.u64(..)));
            tokio::spawn(async move {
                // The reader waits for all.
                let _read = sender.send(crowd.send(browser, account.flatten(), random).await);
                drop(place);
            });
        }
        drop(sender);
        drop(self);
        Findings { skipped, ..gather(visits).await }
    }

    /// One visit.
    async fn send(&self, mut browser: Browser, account: Option<Account>, mut random: Rng) -> Visit {
        let mut visit = Visit::default();
        let outcome = self.walk(&mut browser, account.as_ref(), &mut random, &mut visit).await;
        if let Some(account) = account {
            self.accounts.give_back(account);
        }
        let last_cookie = browser.jar.get(&self.cookie).map(str::to_owned);
        Visit { met: browser.met, last_cookie, is_cut_short: outcome.is_err(), ..visit }
    }

    /// The first page, a product, perhaps the sign-in, and one to three pages more.
    async fn walk(
        &self,
        browser: &mut Browser,
        account: Option<&Account>,
        random: &mut Rng,
        visit: &mut Visit,
    ) -> Result<(), Failure> {
        actions::open_first_page(browser).await?;
        visit.first_cookie = browser.jar.get(&self.cookie).map(str::to_owned);
        actions::look(browser, &self.catalog, random).await?;
        if let Some(account) = account {
            visit.before_sign_in = Some(browser.met.len());
            browser.kind = Kind::SignIn;
            actions::sign_in(browser, account).await?;
            browser.kind = Kind::Browse;
        }
        for _ in 0..random.u8(1..=3) {
            actions::look(browser, &self.catalog, random).await?;
        }
        Ok(())
    }
}

async fn gather(mut visits: UnboundedReceiver<Visit>) -> Findings {
    let mut findings = Findings::default();
    while let Some(visit) = visits.recv().await {
        findings.enter(&visit);
    }
    findings.with_shares()
}

impl Visit {
    fn changed_sides(&self) -> bool {
        self.met.windows(2).any(|pair| pair.first() != pair.last())
    }

    /// Whether the side from the sign-in on is another than the last one before it.
    fn changed_at_sign_in(&self) -> bool {
        let Some((before, after)) = self.before_sign_in.and_then(|count| self.met.split_at_checked(count))
        else {
            return false;
        };
        after.iter().any(|version| Some(version) != before.last())
    }
}

impl Findings {
    fn enter(&mut self, visit: &Visit) {
        self.visitors += 1;
        if let Some(side) = visit.met.first() {
            self.sides.entry(side.clone()).or_default().visitors += 1;
        }
        self.changed_during_visit += u64::from(visit.changed_sides());
        self.changed_at_sign_in += u64::from(visit.changed_at_sign_in());
        self.signed_in += u64::from(visit.before_sign_in.is_some() && !visit.is_cut_short);
        self.without_cookie += u64::from(visit.first_cookie.is_none());
        self.changed_cookie += u64::from(visit.first_cookie != visit.last_cookie);
        self.cut_short += u64::from(visit.is_cut_short);
    }

    fn with_shares(mut self) -> Self {
        let answered: u64 = self.sides.values().map(|side| side.visitors).sum();
        for side in self.sides.values_mut() {
            side.share_percent = side.visitors as f64 * 100.0 / answered as f64;
        }
        self
    }

    fn and_requests(self, report: Report) -> Self {
        let Report { started_at, seconds, sent, failed, first_errors, .. } = report;
        Self { started_at, seconds, sent, failed, first_errors, ..self }
    }
}

/// Tells people what a program finds in the report.
fn summarize(findings: &Findings) {
    let Findings { visitors, sent, failed, cut_short, seconds, .. } = findings;
    eprintln!("{visitors} visitors, {sent} requests in {seconds:.1} s");
    eprintln!("failed {failed}, visits cut short {cut_short}");
    for (version, side) in &findings.sides {
        eprintln!("version {version:?}: {} visitors, {:.2} %", side.visitors, side.share_percent);
    }
    let Findings { changed_during_visit, changed_at_sign_in, signed_in, without_cookie, .. } = findings;
    eprintln!("changed sides {changed_during_visit}, at sign-in {changed_at_sign_in} of {signed_in}");
    eprintln!("without the cookie {without_cookie}, cookie changed {}", findings.changed_cookie);
    for error in &findings.first_errors {
        eprintln!("second {}, {}: {}", error.second, error.request, error.reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(met: &[&str], before_sign_in: Option<usize>) -> Visit {
        let cookie = Some("side".to_owned());
        let met = met.iter().map(|&version| version.to_owned()).collect();
        Visit { met, before_sign_in, first_cookie: cookie.clone(), last_cookie: cookie, is_cut_short: false }
    }

    fn findings(visits: &[Visit]) -> Findings {
        let mut findings = Findings::default();
        for visit in visits {
            findings.enter(visit);
        }
        findings.with_shares()
    }

    #[test]
    fn visitors_are_split_by_who_answered_first() {
        let findings = findings(&[
            visit(&["1", "1", "1"], None),
            visit(&["2", "2", "2"], None),
            visit(&["1", "1"], None),
            visit(&["1", "2"], None),
            visit(&[], None),
        ]);
        assert_eq!(findings.visitors, 5);
        assert_eq!(findings.sides["1"], Side { visitors: 3, share_percent: 75.0 });
        assert_eq!(findings.sides["2"], Side { visitors: 1, share_percent: 25.0 });
        assert_eq!((findings.changed_during_visit, findings.changed_at_sign_in), (1, 0));
    }

    #[test]
    fn a_change_at_the_sign_in_is_told_apart() {
        let stays = visit(&["1", "1", "1", "1"], Some(2));
        let moved = visit(&["1", "1", "2", "2"], Some(2));
        let before = visit(&["2", "1", "1", "1"], Some(2));
        let counts = |visit| {
            let findings = findings(&[visit]);
            (findings.changed_during_visit, findings.changed_at_sign_in, findings.signed_in)
        };
        assert_eq!(counts(stays), (0, 0, 1));
        assert_eq!(counts(moved), (1, 1, 1));
        assert_eq!(counts(before), (1, 0, 1));
    }

    #[test]
    fn a_visitor_needs_the_cookie_and_keeps_it() {
        let without = Visit { first_cookie: None, last_cookie: None, ..visit(&["1"], None) };
        let lost = Visit { last_cookie: None, ..visit(&["1"], None) };
        let findings = findings(&[without, lost, visit(&["1"], None)]);
        assert_eq!((findings.without_cookie, findings.changed_cookie), (1, 1));
    }
}
