//! `shoppers watch`: which versions answer, second by second.

use std::sync::Arc;

use time::OffsetDateTime;
use time::macros::format_description;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Duration, Instant, MissedTickBehavior, interval, sleep_until};

use crate::actions;
use crate::arguments::Watch;
use crate::connections::{Connections, Keep};
use crate::end::Signals;
use crate::journal::{Entry, Journal};
use crate::load::visitor;
use crate::mix::Kind;
use crate::report::TimelineSecond;
use crate::schedule::Schedule;
use crate::trouble::Trouble;

/// How wide the bars of a line are together.
const WIDTH: u64 = 40;

/// Asks for the first page again and again, and prints a line a second.
pub(crate) async fn run(arguments: &Watch) -> Result<(), Trouble> {
    let connections = Connections::to(arguments.visit.target(), arguments.visit.timeout).await?;
    let (journal, entries) = Journal::new();
    let mut signals = Signals::watch().map_err(Trouble::Signals)?;
    tokio::select! {
        () = signals.come() => {}
        () = ask(Arc::new(connections), journal, arguments.rate) => {}
        () = show(entries) => {}
    }
    Ok(())
}

async fn ask(connections: Arc<Connections>, journal: Journal, rate: f64) {
    let mut schedule = Schedule::of_rate(Instant::now(), rate);
    loop {
        sleep_until(schedule.next()).await;
        schedule.advance();
        let mut browser = visitor(&connections, &journal, None, Keep::Fresh, Kind::Browse);
        tokio::spawn(async move { actions::open_first_page(&mut browser).await });
    }
}

async fn show(mut entries: UnboundedReceiver<Entry>) {
    let mut seconds = interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    seconds.tick().await;
    loop {
        seconds.tick().await;
        let mut second = TimelineSecond::default();
        while let Ok(entry) = entries.try_recv() {
            enter(&mut second, entry);
        }
        println!("{}  {}", clock(), line(&second));
    }
}

fn enter(second: &mut TimelineSecond, entry: Entry) {
    match entry {
        Entry::Request { outcome: Ok(()), version, .. } => {
            *second.by_version.entry(version).or_default() += 1;
        }
        Entry::Request { outcome: Err(_), .. } => second.failed += 1,
        // Nobody orders here, and no connection is kept.
        Entry::Retried | Entry::Skipped | Entry::Acknowledged(_) | Entry::Unanswered => {}
    }
}

/// The time of day, UTC.
fn clock() -> String {
    let format = format_description!("[hour]:[minute]:[second]");
    OffsetDateTime::now_utc().format(&format).unwrap_or_default()
}

/// The share of each version as a bar with its percentage, and how many requests have failed.
fn line(second: &TimelineSecond) -> String {
    let all: u64 = second.by_version.values().sum();
    let parts = second.by_version.iter().map(|(version, &count)| {
        let name = if version.is_empty() { "unnamed" } else { version };
        let bar = "#".repeat(usize::try_from((count * WIDTH).div_ceil(all)).unwrap_or_default());
        format!("{name} {bar} {} %  ", (count * 100 + all / 2) / all)
    });
    format!("{}failed {}", parts.collect::<String>(), second.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_shares_and_failures() {
        let by_version = [("0.1.0".to_owned(), 15), ("0.2.0".to_owned(), 5)].into();
        let second = TimelineSecond { second: 0, by_version, failed: 2 };
        let (thirty, ten) = ("#".repeat(30), "#".repeat(10));
        assert_eq!(line(&second), format!("0.1.0 {thirty} 75 %  0.2.0 {ten} 25 %  failed 2"));
        assert_eq!(line(&TimelineSecond::default()), "failed 0");
    }

    #[test]
    fn a_version_that_hardly_answers_is_still_seen() {
        let by_version = [(String::new(), 1), ("0.2.0".to_owned(), 999)].into();
        assert!(
            line(&TimelineSecond { by_version, ..TimelineSecond::default() }).starts_with("unnamed # 0 %")
        );
    }
}
