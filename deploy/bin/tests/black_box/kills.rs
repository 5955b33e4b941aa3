//! The shop is killed in the middle of its work, again and again: what it has answered must hold.
//!
//! Shoppers fill carts and order, a kill comes at a random moment, the shop is started again. Then every
//! shopper looks for what was acknowledged and repeats what was not, and the operator's commands count orders
//! and stock.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use shop_core::ports::{Clock as _, RandomSource as _};
use shop_core::system::{SystemClock, SystemRandom};
use tempfile::TempDir;

use crate::shop::{Shop, ask, create_users, folder};
use crate::witness::{Fault, Findings, Pieces, SCARCE, Witness};

/// Sessions outlive a restart only with a key that stays. Every shopper comes from an address of their own,
/// lest all together order more than one client may.
const SETTINGS: [(&str, &str); 2] = [
    ("SHOP_SECRET_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
    ("SHOP_TRUSTED_PROXIES", "127.0.0.1"),
];

/// After so many rounds new shoppers come: an account may not order for ever without a pause.
const ROUNDS_OF_ONE: usize = 40;

/// How many pieces of what is scarce there are at the beginning of each round.
const SCARCE_PIECES: u64 = 5;

/// What came out.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rounds: usize,
    /// Orders that were acknowledged, some after a repetition only.
    pub(crate) orders: usize,
    /// Attempts without an answer.
    pub(crate) unanswered: usize,
    /// Those of them that had been placed.
    pub(crate) placed_unanswered: usize,
    pub(crate) longest_restart: Duration,
    pub(crate) faults: Vec<(Fault, String)>,
}

/// A shop, its shoppers, and the books about both.
struct Run {
    folder: TempDir,
    witnesses: Vec<Witness>,
    /// Every order that must be there.
    orders: HashMap<String, Pieces>,
    /// What has ever come in.
    supply: BTreeMap<String, u64>,
    tally: Tally,
}

/// Kills the shop so many times under the load of so many shoppers.
pub(crate) fn kill_again_and_again(rounds: usize, shoppers: usize) -> Tally {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &SETTINGS);
    let supply = stock(&folder).into_keys().map(|sku| (sku, 1_000_000)).collect();
    let orders = HashMap::new();
    let mut run = Run { folder, witnesses: Vec::new(), orders, supply, tally: Tally::default() };
    for (sku, pieces) in &run.supply {
        run.put(sku, *pieces);
    }
    for round in 0..rounds {
        run.restock();
        if round % ROUNDS_OF_ONE == 0 {
            run.invite(&shop.url, round, shoppers);
        }
        shop = run.kill(shop);
    }
    run.count_mails();
    run.tally
}

impl Run {
    /// Sets the stock of a variant.
    fn put(&self, sku: &str, pieces: u64) {
        ask(self.folder.path(), &["product", "set", sku, "--stock", &pieces.to_string()]);
    }

    /// Opens accounts and signs in.
    fn invite(&mut self, url: &str, round: usize, shoppers: usize) {
        let emails: Vec<_> =
            (0..shoppers).map(|number| format!("shopper{round}-{number}@example.com")).collect();
        create_users(self.folder.path(), &emails);
        let clients = (1..).map(|number| format!("198.51.100.{number}"));
        let witness = |(email, client): (String, String)| Witness::new(url, email, &client);
        self.witnesses = emails.into_iter().zip(clients).map(witness).collect();
    }

    /// Brings in what is scarce.
    fn restock(&mut self) {
        self.put(SCARCE, SCARCE_PIECES);
        let supply = self.sold(SCARCE) + SCARCE_PIECES;
        self.supply.insert(SCARCE.to_owned(), supply);
    }

    fn sold(&self, sku: &str) -> u64 {
        self.orders.values().filter_map(|pieces| pieces.get(sku)).sum()
    }

    /// One round: load, kill, start, look back.
    fn kill(&mut self, mut shop: Shop) -> Shop {
        let ready = Barrier::new(self.witnesses.len() + 1);
        thread::scope(|scope| {
            for witness in &mut self.witnesses {
                scope.spawn(|| {
                    ready.wait();
                    witness.shop();
                });
            }
            ready.wait();
            // Whatever the shop does then: the moment must not depend on any answer.
            thread::sleep(some_time());
            shop.signal("KILL");
            shop.wait();
        });
        let begin = SystemClock.now();
        let shop = Shop::start(self.folder.path(), &SETTINGS);
        let took = SystemClock.now().since(begin);
        self.tally.longest_restart = self.tally.longest_restart.max(took);
        self.tally.rounds += 1;
        let findings = thread::scope(|scope| {
            let looking = |witness| scope.spawn(|| Witness::look_back(witness, &shop.url));
            let threads: Vec<_> = self.witnesses.iter_mut().map(looking).collect();
            threads.into_iter().map(|thread| thread.join().expect("findings")).collect::<Vec<_>>()
        });
        for findings in findings {
            self.enter(findings);
        }
        self.audit();
        shop
    }

    /// Enters into the books what a shopper has found.
    fn enter(&mut self, findings: Findings) {
        self.tally.orders += findings.orders.len();
        self.tally.unanswered += findings.unanswered;
        self.tally.placed_unanswered += findings.placed_unanswered;
        self.tally.faults.extend(findings.faults);
        self.orders.extend(findings.orders);
    }

    /// Compares the books with what the operator is told.
    fn audit(&mut self) {
        let listed = ask(self.folder.path(), &["order", "list"]);
        let numbers: Vec<_> = list(&listed).iter().map(|order| text(&order["number"])).collect();
        let there: HashSet<_> = numbers.iter().copied().collect();
        let lost = self.orders.keys().filter(|number| !there.contains(number.as_str()));
        let faults = &mut self.tally.faults;
        faults.extend(lost.map(|number| (Fault::Lost, format!("{number} is not listed"))));
        let strange = numbers.iter().filter(|number| !self.orders.contains_key(**number));
        faults.extend(strange.map(|number| (Fault::Double, format!("{number} is nobody's"))));
        if numbers.len() != there.len() {
            faults.push((Fault::Double, format!("{} numbers for {} orders", there.len(), numbers.len())));
        }
        let findings = ask(self.folder.path(), &["check"])["findings"].clone();
        faults.extend(list(&findings).iter().map(|finding| (Fault::Check, finding.to_string())));
        for (sku, left) in stock(&self.folder) {
            let (supply, sold) = (self.supply[&sku], self.sold(&sku));
            // Below zero it would be no `u64`.
            if Some(supply) != left.map(|left| left + sold) {
                let text = format!("{sku}: {left:?} left of {supply}, {sold} sold");
                self.tally.faults.push((Fault::Oversold, text));
            }
        }
    }

    /// Each order must have its mail in the outbox.
    fn count_mails(&mut self) {
        let mails = ask(self.folder.path(), &["outbox", "list", "--limit", "1000000"]);
        let received = list(&mails).iter().filter(|mail| mail["kind"] == "order_received").count();
        if received != self.orders.len() {
            let text = format!("{received} mails for {} orders", self.orders.len());
            self.tally.faults.push((Fault::Lost, text));
        }
    }
}

/// 50 to 500 ms.
fn some_time() -> Duration {
    let mut bytes = [0; 8];
    SystemRandom.fill(&mut bytes);
    Duration::from_micros(50_000 + u64::from_le_bytes(bytes) % 450_000)
}

/// How many pieces there are, by SKU.
fn stock(folder: &TempDir) -> BTreeMap<String, Option<u64>> {
    let products = ask(folder.path(), &["product", "list"]);
    let variants = list(&products).iter().flat_map(|product| list(&product["variants"]));
    variants.map(|variant| (text(&variant["sku"]).to_owned(), variant["stock"].as_u64())).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn what_was_answered_outlives_a_kill_at_any_moment() {
    let tally = kill_again_and_again(5, 8);
    assert_eq!(tally.faults, []);
    assert_eq!(tally.rounds, 5);
    assert!(tally.orders >= 10, "too little load: {tally:?}");
}
