//! A shopper who remembers what the shop has answered, and holds it to that after a kill.

use std::collections::{BTreeMap, HashSet};

use crate::browser::{Browser, Form, Page};

/// Pieces by SKU.
pub(crate) type Pieces = BTreeMap<String, u64>;

/// Of this there is so little that shoppers race for it.
pub(crate) const SCARCE: &str = "HD08";

/// What a shopper puts into the cart, trip after trip: page, SKU, pieces. The scarce is last, and only on
/// every third trip.
const GOODS: [(&str, &str, u64); 3] =
    [("laptop-lpn4", "LPN4", 1), ("smart-home-hub", "SH03", 2), ("headphones-hd08", SCARCE, 1)];

/// What must never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// An acknowledged order is not there, or not as it was.
    Lost,
    /// An attempt has made more than one order, or nobody's attempt has made one.
    Double,
    /// Stock and orders disagree.
    Oversold,
    /// A cart is not as its owner was told.
    Cart,
    /// `shop-admin check` finds something.
    Check,
}

/// What a shopper has found after a restart.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Orders that are acknowledged since the last time, with their lines.
    pub(crate) orders: Vec<(String, Pieces)>,
    /// How many attempts to order had no answer: 1 at most.
    pub(crate) unanswered: usize,
    /// How many of them had been placed all the same.
    pub(crate) placed_unanswered: usize,
    pub(crate) faults: Vec<(Fault, String)>,
}

/// A request whose answer did not come.
enum Unanswered {
    Add { sku: &'static str, pieces: u64 },
    Clear,
    Order(Form),
}

/// A shopper with an account of their own.
pub(crate) struct Witness {
    email: String,
    browser: Browser,
    add_forms: Vec<Form>,
    /// The cart, by the answers.
    cart: Pieces,
    trips: usize,
    unanswered: Option<Unanswered>,
    /// The numbers of all orders that were acknowledged.
    known: HashSet<String>,
    findings: Findings,
}

impl Witness {
    /// Signs in, and keeps the forms of what they will buy.
    pub(crate) fn new(url: &str, email: String, client: &str) -> Self {
        let browser = Browser::behind_proxy(url, client).sign_in(&email);
        let form = |(slug, _, pieces): (&str, &str, u64)| {
            let page = browser.get(&format!("/products/{slug}"));
            page.form("/cart/items").with("quantity", &pieces.to_string())
        };
        let add_forms = GOODS.into_iter().map(form).collect();
        let (known, findings) = (HashSet::new(), Findings::default());
        Self { email, browser, add_forms, cart: Pieces::new(), trips: 0, unanswered: None, known, findings }
    }

    /// Fills the cart and orders, again and again, until an answer does not come.
    pub(crate) fn shop(&mut self) {
        while self.trip().is_some() {}
    }

    /// One trip; `None` when the shop is gone.
    fn trip(&mut self) -> Option<()> {
        self.trips += 1;
        let goods = if self.trips.is_multiple_of(3) { GOODS.len() } else { GOODS.len() - 1 };
        for (number, (_, sku, pieces)) in GOODS.into_iter().enumerate().take(goods) {
            let form = self.add_forms[number].clone();
            let answer = self.send(&form, || Unanswered::Add { sku, pieces })?;
            if succeeded(&answer) {
                *self.cart.entry(sku.to_owned()).or_default() += pieces;
            }
        }
        let checkout = answered(self.browser.try_get("/checkout"))?;
        if checkout.status == 200 {
            let form = checkout.form("/checkout");
            let answer = self.send(&form, || Unanswered::Order(form.clone()))?;
            if succeeded(&answer) {
                self.remember(number_in(&answer));
                return Some(());
            }
        }
        // The scarce is gone.
        let cart = answered(self.browser.try_get("/cart"))?;
        let answer = self.send(&cart.form("/cart/clear"), || Unanswered::Clear)?;
        assert!(succeeded(&answer), "a cart can be cleared: {}", answer.body);
        self.cart.clear();
        Some(())
    }

    fn send(&mut self, form: &Form, unanswered: impl FnOnce() -> Unanswered) -> Option<Page> {
        let answer = answered(self.browser.try_submit(form));
        if answer.is_none() {
            self.unanswered = Some(unanswered());
        }
        answer
    }

    /// The cart has become this order.
    fn remember(&mut self, number: String) {
        self.known.insert(number.clone());
        self.findings.orders.push((number, std::mem::take(&mut self.cart)));
    }

    /// Looks, in the shop that was started again, whether all is as it was answered; repeats an attempt to
    /// order that had no answer.
    pub(crate) fn look_back(&mut self, url: &str) -> Findings {
        self.browser = self.browser.at(url);
        let found = self.cart_there();
        let other = match self.unanswered.take() {
            None => None,
            Some(Unanswered::Add { sku, pieces }) => {
                let mut more = self.cart.clone();
                *more.entry(sku.to_owned()).or_default() += pieces;
                Some(more)
            }
            Some(Unanswered::Clear) => Some(Pieces::new()),
            Some(Unanswered::Order(form)) => return self.repeat(&form, &found),
        };
        if found != self.cart && Some(&found) != other.as_ref() {
            self.fault(Fault::Cart, &format!("{found:?} instead of {:?} or {other:?}", self.cart));
        }
        self.cart = found;
        self.compare_orders()
    }

    /// Sends the attempt that had no answer once more, under its key.
    fn repeat(&mut self, form: &Form, found: &Pieces) -> Findings {
        let listed = self.browser.get("/orders").all("[data-order]", "data-order");
        let unknown: Vec<_> = listed.into_iter().filter(|number| !self.known.contains(number)).collect();
        self.findings.unanswered += 1;
        self.findings.placed_unanswered += unknown.len().min(1);
        if unknown.len() > 1 {
            self.fault(Fault::Double, &format!("{unknown:?} of one attempt"));
        }
        let expected = if unknown.is_empty() { self.cart.clone() } else { Pieces::new() };
        if *found != expected {
            self.fault(Fault::Cart, &format!("{found:?} instead of {expected:?}, placed: {unknown:?}"));
        }
        let answer = self.browser.submit(form);
        match unknown.first() {
            _ if succeeded(&answer) => {
                let number = number_in(&answer);
                if unknown.first().is_some_and(|first| *first != number) {
                    self.fault(Fault::Double, &format!("{number} beside {unknown:?}"));
                }
                self.remember(number);
            }
            Some(number) => {
                self.fault(Fault::Double, &format!("{number} is not told again: {}", answer.body));
            }
            // What is scarce was sold to somebody else.
            None => {}
        }
        let found = self.cart_there();
        if found != self.cart {
            self.fault(Fault::Cart, &format!("{found:?} instead of {:?} after the repetition", self.cart));
        }
        self.cart = found;
        self.compare_orders()
    }

    /// Opens each new order.
    fn compare_orders(&mut self) -> Findings {
        for (number, pieces) in self.findings.orders.clone() {
            let page = self.browser.get(&format!("/orders/{number}"));
            let found = pieces_in(&page);
            if page.status != 200 || found != pieces {
                self.fault(Fault::Lost, &format!("{number}: {} {found:?} for {pieces:?}", page.status));
            }
        }
        std::mem::take(&mut self.findings)
    }

    fn cart_there(&self) -> Pieces {
        let page = self.browser.get("/cart");
        assert_eq!(page.status, 200, "the session of {} is lost", self.email);
        pieces_in(&page)
    }

    fn fault(&mut self, fault: Fault, text: &str) {
        self.findings.faults.push((fault, format!("{}: {text}", self.email)));
    }
}

/// The answer, unless the shop was gone before it was whole.
fn answered(answer: Result<Page, ureq::Error>) -> Option<Page> {
    if let Err(ureq::Error::Timeout(timeout)) = answer {
        panic!("no answer in time: {timeout}");
    }
    answer.ok()
}

/// Whether what was asked for was done; if not, there must be too little of something.
fn succeeded(answer: &Page) -> bool {
    assert!([303, 422].contains(&answer.status), "{}: {}", answer.status, answer.body);
    answer.status == 303
}

fn number_in(answer: &Page) -> String {
    let location = answer.location.as_deref().expect("an order");
    location.rsplit('/').next().expect("a number").to_owned()
}

fn pieces_in(page: &Page) -> Pieces {
    let quantities = page.all("li[data-sku]", "data-quantity");
    let pieces = quantities.iter().map(|quantity| quantity.parse().expect("a number"));
    page.all("li[data-sku]", "data-sku").into_iter().zip(pieces).collect()
}
