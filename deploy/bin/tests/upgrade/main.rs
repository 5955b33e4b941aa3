//! This release beside the one before it: real programs of both, on one database and behind one proxy.
//!
//! `make upgrade-test` builds the programs of the release before and runs this.

#![cfg(test)]

#[expect(dead_code, reason = "the black box needs more of it")]
#[path = "../black_box/browser.rs"]
mod browser;
mod load;
mod place;
mod proxy;
mod release;
mod restarts;
mod schema;
#[path = "../../../../shop-storage/tests/mysql/server.rs"]
mod server;
#[expect(dead_code, reason = "the black box needs more of it")]
#[path = "../black_box/shop.rs"]
mod shop;
mod shopper;
mod side_by_side;
