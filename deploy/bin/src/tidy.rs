//! Tidying: the shop removes what has had its time, by itself.

use std::time::Duration;

use shop_core::Shop;
use shop_core::tidy::{Retention, TidyReport};
use shop_web::server::Stop;
use tracing::{info, warn};

use crate::failure::one_line;

/// The pause before the first time: a start has better things to do.
const FIRST: Duration = Duration::from_mins(1);
/// The pause between two times.
const PAUSE: Duration = Duration::from_hours(1);

/// Tidies once an hour until it is told to stop. What it has begun is finished in short units, so that the end need not wait for it.
pub(crate) async fn run(shop: &Shop, retention: Retention, halt: &Stop) {
    let mut pause = FIRST;
    loop {
        tokio::select! {
            biased;
            () = halt.requested() => return,
            () = tokio::time::sleep(pause) => {}
        }
        match shop.tidy(retention).await {
            Ok(report) => log(report),
            Err(failure) => warn!(error = one_line(&failure), "the store failed while it was tidied"),
        }
        pause = PAUSE;
    }
}

fn log(report: TidyReport) {
    let TidyReport { tokens, sessions, throttles, messages } = report;
    if report != TidyReport::default() {
        info!(tokens, sessions, throttles, messages, "tidied");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shop_core::memory::{Mailbox, ManualClock, MemoryStore};

    use super::*;
    use crate::relay::tests::enqueue;

    async fn mails(shop: &Shop) -> usize {
        shop.store().outbox().list(None, 10).await.expect("a working store").len()
    }

    /// A mail that is sent by now.
    async fn send_a_mail(shop: &Shop) {
        enqueue(shop).await;
        shop.relay_outbox(&Mailbox::default()).await.expect("relayed");
    }

    #[tokio::test(start_paused = true)]
    async fn what_has_had_its_time_goes_within_an_hour() {
        let clock = ManualClock::default();
        let shop = Shop::builder(Arc::new(MemoryStore::default())).clock(Arc::new(clock.clone())).build();
        let (retention, (stopper, halt)) = (Retention::default(), Stop::new());
        let task = tokio::spawn({
            let shop = shop.clone();
            async move { run(&shop, retention, &halt).await }
        });
        for pause in [FIRST, PAUSE] {
            send_a_mail(&shop).await;
            tokio::time::sleep(pause / 2).await;
            assert_eq!(mails(&shop).await, 1, "it was sent a moment ago");
            clock.advance(retention.sent * 2);
            tokio::time::sleep(pause / 2 + Duration::from_secs(1)).await;
            assert_eq!(mails(&shop).await, 0);
        }
        stopper.stop();
        task.await.expect("it ends when it is told to");
    }
}
