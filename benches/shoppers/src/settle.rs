//! `shoppers settle`: whether the shop has the orders that it has acknowledged, and no more.

use std::collections::HashSet;
use std::process::ExitCode;

use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::arguments::Settle;
use crate::report::{self, Report};
use crate::trouble::Trouble;

/// An order as `shop-admin --json order list` shows it.
#[derive(Clone, Debug, Deserialize)]
struct Listed {
    number: String,
    placed_at: String,
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Balance {
    /// Numbers that the shop has told, each once.
    acknowledged: usize,
    /// Of them listed.
    found: usize,
    /// Of them not listed.
    lost: usize,
    /// Orders that nobody can have placed; see [`balance`].
    doubled: usize,
}

/// Compares the two, and says in the exit code whether they fit.
pub(crate) fn run(arguments: &Settle) -> Result<ExitCode, Trouble> {
    let report: Report = report::read(&arguments.report)?;
    let listed: Vec<Listed> = report::read(&arguments.orders)?;
    let balance = balance(&report, &listed).map_err(|reason| Trouble::content(&arguments.orders, &reason))?;
    let Balance { acknowledged, found, lost, doubled } = balance;
    println!("acknowledged {acknowledged} found {found} lost {lost} doubled {doubled}");
    Ok(if lost == 0 && doubled == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Counts.
///
/// Each checkout sends a key of its own, once, so it may make one order; one that was refused or failed
/// without doubt makes none. So of all orders placed since the load began there may be as many as were
/// acknowledged and left in doubt together; those beyond are doubled, and so is each listing of a number
/// after its first, and each acknowledgment of a number after its first. Nobody but the load may order
/// meanwhile.
fn balance(report: &Report, listed: &[Listed]) -> Result<Balance, String> {
    let acknowledged: HashSet<_> = report.orders.acknowledged.iter().map(String::as_str).collect();
    let numbers: HashSet<_> = listed.iter().map(|order| order.number.as_str()).collect();
    let found = acknowledged.intersection(&numbers).count();
    let mut of_load = HashSet::new();
    for order in listed {
        if placed_ms(order)? >= report.started_at {
            of_load.insert(order.number.as_str());
        }
    }
    let unanswered = usize::try_from(report.orders.unanswered).map_err(|error| error.to_string())?;
    let beyond = of_load.len().saturating_sub(acknowledged.len() + unanswered);
    let listed_again = listed.len() - numbers.len();
    let told_again = report.orders.acknowledged.len() - acknowledged.len();
    Ok(Balance {
        acknowledged: acknowledged.len(),
        found,
        lost: acknowledged.len() - found,
        doubled: beyond + listed_again + told_again,
    })
}

/// When it was placed, in milliseconds since 1970.
fn placed_ms(order: &Listed) -> Result<i64, String> {
    let moment = OffsetDateTime::parse(&order.placed_at, &Rfc3339);
    let moment = moment.map_err(|error| format!("order {}: {}: {error}", order.number, order.placed_at))?;
    Ok(moment.unix_timestamp() * 1_000 + i64::from(moment.millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Orders;

    const BEGIN: &str = "2026-11-21T12:00:00.5Z";

    fn report(acknowledged: &[&str], unanswered: u64) -> Report {
        let acknowledged = acknowledged.iter().map(|&number| number.to_owned()).collect();
        let started_at = placed_ms(&order("", BEGIN)).expect("a moment");
        Report { started_at, orders: Orders { acknowledged, unanswered }, ..Report::default() }
    }

    fn order(number: &str, placed_at: &str) -> Listed {
        Listed { number: number.to_owned(), placed_at: placed_at.to_owned() }
    }

    /// Listed orders of the load.
    fn orders(numbers: &[&str]) -> Vec<Listed> {
        numbers.iter().map(|number| order(number, "2026-11-21T12:00:01Z")).collect()
    }

    fn lost_and_doubled(report: &Report, listed: &[Listed]) -> (usize, usize) {
        let balance = balance(report, listed).expect("a balance");
        assert_eq!(balance.found + balance.lost, balance.acknowledged);
        (balance.lost, balance.doubled)
    }

    #[test]
    fn what_was_acknowledged_and_no_more_fits() {
        assert_eq!(lost_and_doubled(&report(&["A", "B"], 0), &orders(&["B", "A"])), (0, 0));
        assert_eq!(lost_and_doubled(&report(&[], 0), &[]), (0, 0));
    }

    #[test]
    fn an_acknowledged_order_that_is_not_listed_is_lost() {
        assert_eq!(lost_and_doubled(&report(&["A", "B"], 0), &orders(&["A"])), (1, 0));
        // Another one does not make up for it.
        assert_eq!(lost_and_doubled(&report(&["A", "B"], 0), &orders(&["A", "C"])), (1, 0));
    }

    #[test]
    fn an_order_that_nobody_can_have_placed_is_doubled() {
        assert_eq!(lost_and_doubled(&report(&["A"], 0), &orders(&["A", "B"])), (0, 1));
        assert_eq!(lost_and_doubled(&report(&["A"], 1), &orders(&["A", "B"])), (0, 0));
        assert_eq!(lost_and_doubled(&report(&["A"], 1), &orders(&["A", "B", "C"])), (0, 1));
        assert_eq!(lost_and_doubled(&report(&["A"], 1), &orders(&["A", "A"])), (0, 1));
        assert_eq!(lost_and_doubled(&report(&["A", "A"], 0), &orders(&["A"])), (0, 1));
    }

    #[test]
    fn orders_from_before_the_load_do_not_count() {
        let mut listed = orders(&["A"]);
        listed.push(order("OLD", "2026-11-21T12:00:00.499Z"));
        assert_eq!(lost_and_doubled(&report(&["A"], 0), &listed), (0, 0));
        listed.push(order("NEW", BEGIN));
        assert_eq!(lost_and_doubled(&report(&["A"], 0), &listed), (0, 1));
    }

    #[test]
    fn a_moment_that_cannot_be_read_is_told() {
        let refused = balance(&report(&[], 0), &[order("A", "yesterday")]).unwrap_err();
        assert!(refused.starts_with("order A: yesterday: "), "{refused}");
    }
}
