//! The relay: delivers the outbox, mail after mail.

use std::time::Duration;

use shop_core::outbox::relay::RelayReport;
use shop_core::ports::Mailer;
use shop_core::{Shop, StoreError};
use shop_web::server::Stop;
use tracing::{error, info, warn};

use crate::failure::one_line;

/// The pause after a step with nothing to do: how long a mail waits at most before its delivery begins.
const IDLE: Duration = Duration::from_millis(500);
/// The longest pause after the store has failed; the first one is 1 s, and each doubles the one before.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Delivers mail after mail until it is told to stop. The one at hand is finished, so that it need not wait for its lease to run out; by
/// SMTP that takes a minute at most.
pub(crate) async fn run(shop: &Shop, mailer: &dyn Mailer, halt: &Stop) {
    let mut failures = 0;
    loop {
        let pause = match shop.relay_one(mailer, shop.clock().now()).await {
            Ok(report) => {
                failures = 0;
                report.map_or(IDLE, |report| {
                    log(report);
                    Duration::ZERO
                })
            }
            Err(failure) => {
                error!(error = one_line(&failure), "the store failed while mails were delivered");
                let pause = Duration::from_secs(1 << failures).min(LONGEST_PAUSE);
                failures = (failures + 1).min(6);
                pause
            }
        };
        tokio::select! {
            biased;
            () = halt.requested() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Delivers what is due now; says what became of it.
pub(crate) async fn run_once(shop: &Shop, mailer: &dyn Mailer) -> Result<RelayReport, StoreError> {
    let (due, mut sum) = (shop.clock().now(), RelayReport::default());
    while let Some(report) = shop.relay_one(mailer, due).await? {
        log(report);
        sum += report;
    }
    Ok(sum)
}

fn log(report: RelayReport) {
    let RelayReport { sent, postponed, dead, moot } = report;
    if sent > 0 {
        info!(sent, "mails delivered");
    }
    if moot > 0 {
        info!(moot, "mails that nobody has an account for, or that were void");
    }
    if postponed > 0 {
        warn!(postponed, "mails could not be delivered for now");
    }
    if dead > 0 {
        error!(
            dead,
            "mails were given up; `shop-admin outbox list --state dead` shows all but those to deleted accounts"
        );
    }
}

#[cfg(test)]
pub(crate) mod tests;
