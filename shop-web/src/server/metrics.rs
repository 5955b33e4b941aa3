//! The health port's metrics in Prometheus' text format, version 0.0.4.
//!
//! Every metric has the labels `version` and `track`, so that releases that run side by side can be compared.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Registry;
use serde::Serialize;
use shop_core::Timestamp;

use super::status::Status;

/// Longest time for what only the store knows; beyond it the metrics go without.
const STORE_TIME: Duration = Duration::from_secs(1);

/// Which build runs, and on which track of a rollout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The release, such as `1.4.0`.
    pub version: String,
    /// The commit that was built.
    pub commit: String,
    /// The track that this instance belongs to, such as `stable` or `canary`.
    pub track: String,
}

/// Tells what only the store knows, for the metrics.
#[async_trait]
pub trait StoreGauges: Send + Sync {
    /// How busy the connections to the database are; MUST NOT wait for the database.
    fn connections(&self) -> ConnectionGauges;

    /// How much waits in the outbox; `None` if the store does not answer.
    ///
    /// Asked for at each scrape, so it should be cheap. After a second the call is dropped.
    async fn outbox(&self) -> Option<OutboxGauges>;
}

/// How busy the connections to the database are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionGauges {
    /// How many are in use.
    pub busy: usize,
    /// How many are open and not in use.
    pub idle: usize,
    /// How many there may be.
    pub most: usize,
    /// How many writers wait for their turn, where there is but one at a time.
    pub writers_waiting: Option<usize>,
}

/// How much waits in the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxGauges {
    /// How many messages wait, those to be tried again later among them.
    pub waiting: u64,
    /// How many were given up.
    pub dead: u64,
    /// How long the message has been due that has been due longest; zero if none is.
    pub overdue: Duration,
}

/// Everything that is told at one scrape.
#[derive(Debug)]
pub(super) struct Scrape {
    status: Status,
    commit: String,
    started: Timestamp,
    store: Option<(ConnectionGauges, Option<OutboxGauges>)>,
}

impl Scrape {
    pub(super) async fn take(
        status: Status,
        commit: String,
        started: Timestamp,
        store: Option<&dyn StoreGauges>,
    ) -> Self {
        let store = match store {
            Some(store) => {
                let outbox = tokio::time::timeout(STORE_TIME, store.outbox()).await;
                Some((store.connections(), outbox.unwrap_or(None)))
            }
            None => None,
        };
        Self { status, commit, started, store }
    }

    /// Writes all metrics, each with the version's labels.
    pub(super) fn render(self, version: Version) -> Result<String, fmt::Error> {
        let Version { version, track, .. } = version;
        let labels = [("version".into(), version.into()), ("track".into(), track.into())];
        let mut registry = Registry::with_labels(labels.into_iter());
        registry.register_collector(Box::new(self));
        let mut text = String::with_capacity(16 * 1024);
        encode_registry(&mut text, &registry)?;
        Ok(text)
    }
}

impl Collector for Scrape {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut page = Page(encoder);
        let commit = [("commit", self.commit.as_str())];
        page.gauge("vitrina_build_info", "Which build runs; always 1", [(commit, 1)])?;
        let started = Duration::from_micros(u64::try_from(self.started.as_micros()).unwrap_or(0));
        page.gauge(
            "process_start_time_seconds",
            "When the process began, in seconds since 1970",
            [(NONE, started.as_secs_f64())],
        )?;
        requests(&mut page, &self.status)?;
        connections(&mut page, &self.status)?;
        shoppers(&mut page, &self.status)?;
        self.store.as_ref().map_or(Ok(()), |(connections, outbox)| {
            database(&mut page, *connections, outbox.is_some())?;
            outbox.map_or(Ok(()), |gauges| outbox_of(&mut page, gauges))
        })
    }
}

fn requests(page: &mut Page<'_>, status: &Status) -> fmt::Result {
    let traffic = status.traffic();
    page.counter(
        "vitrina_http_requests_total",
        "Requests answered, by the pattern of their route, method and status",
        traffic.counts().map(|count| {
            let labels = [("route", count.route), ("method", count.method)];
            ((labels, [("status", count.status)]), count.answers)
        }),
    )?;
    page.histogram(
        "vitrina_http_request_duration_seconds",
        "Time from the end of a request to the start of its answer, by the pattern of its route",
        traffic.timings().map(|timing| ([("route", timing.route)], timing.sum, timing.classes)),
    )?;
    page.gauge(
        "vitrina_http_requests_in_flight",
        "Requests whose answer is not complete yet",
        [(NONE, status.in_flight())],
    )?;
    page.counter(
        "vitrina_http_requests_refused_total",
        "Requests that never reached the shop, by reason",
        status.refused_requests().map(|(reason, count)| ([("reason", reason)], count)),
    )
}

fn connections(page: &mut Page<'_>, status: &Status) -> fmt::Result {
    page.gauge("vitrina_connections_open", "Connections open", [(NONE, status.connections())])?;
    page.counter(
        "vitrina_connections_refused_total",
        "Connections turned away, by the limit they met",
        status.refused_connections().map(|(limit, count)| ([("limit", limit)], count)),
    )?;
    let draining = u32::from(status.is_draining());
    page.gauge("vitrina_draining", "Whether the instance is being taken out: 0 or 1", [(NONE, draining)])
}

/// What the shop's pages count; nothing, if the router has none.
fn shoppers(page: &mut Page<'_>, status: &Status) -> fmt::Result {
    let Some(tally) = status.tally() else { return Ok(()) };
    page.counter("vitrina_orders_placed_total", "Orders placed", [(NONE, tally.orders())])?;
    page.counter(
        "vitrina_sign_ins_total",
        "Sign-ins tried, by how they ended",
        tally.sign_ins().map(|(outcome, count)| ([("outcome", outcome)], count)),
    )
}

fn database(page: &mut Page<'_>, connections: ConnectionGauges, answers: bool) -> fmt::Result {
    let ConnectionGauges { busy, idle, most, writers_waiting } = connections;
    page.gauge(
        "vitrina_store_up",
        "Whether the store has answered this scrape within a second: 0 or 1",
        [(NONE, u32::from(answers))],
    )?;
    page.gauge(
        "vitrina_database_connections",
        "Connections to the database, by state; of SQLite those that read",
        [([("state", "busy")], busy), ([("state", "idle")], idle)],
    )?;
    page.gauge("vitrina_database_connections_max", "Connections that there may be", [(NONE, most)])?;
    let Some(waiting) = writers_waiting else { return Ok(()) };
    page.gauge("vitrina_database_writers_waiting", "Changes that wait for the one writer", [(NONE, waiting)])
}

fn outbox_of(page: &mut Page<'_>, gauges: OutboxGauges) -> fmt::Result {
    let OutboxGauges { waiting, dead, overdue } = gauges;
    page.gauge(
        "vitrina_outbox_messages",
        "Messages in the outbox that are not sent, by state",
        [([("state", "waiting")], waiting), ([("state", "dead")], dead)],
    )?;
    page.gauge(
        "vitrina_outbox_age_seconds",
        "How long the message has been due that has been due longest; 0 if none is",
        [(NONE, overdue.as_secs_f64())],
    )
}

/// No label but those that all metrics have.
type NoLabels = [(&'static str, &'static str); 0];
const NONE: NoLabels = [];

/// What is being written.
struct Page<'a>(DescriptorEncoder<'a>);

impl Page<'_> {
    /// The crate's own counters are `OpenMetrics`, where a counter's head goes without the `_total` of its
    /// lines. In this format both are the same, as in a gauge's.
    fn counter<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        samples: impl IntoIterator<Item = (L, u64)>,
    ) -> fmt::Result {
        self.family(name, help, MetricType::Counter, samples)
    }

    fn gauge<L: EncodeLabelSet, V: EncodeGaugeValue>(
        &mut self,
        name: &str,
        help: &str,
        samples: impl IntoIterator<Item = (L, V)>,
    ) -> fmt::Result {
        self.family(name, help, MetricType::Gauge, samples)
    }

    fn family<L: EncodeLabelSet, V: EncodeGaugeValue>(
        &mut self,
        name: &str,
        help: &str,
        kind: MetricType,
        samples: impl IntoIterator<Item = (L, V)>,
    ) -> fmt::Result {
        let mut family = self.0.encode_descriptor(name, help, None, kind)?;
        for (labels, value) in samples {
            family.encode_family(&labels)?.encode_gauge(&value)?;
        }
        Ok(())
    }

    fn histogram<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        samples: impl IntoIterator<Item = (L, f64, Vec<(f64, u64)>)>,
    ) -> fmt::Result {
        let mut family = self.0.encode_descriptor(name, help, None, MetricType::Histogram)?;
        for (labels, sum, classes) in samples {
            let count = classes.iter().map(|(_, answers)| answers).sum();
            family.encode_family(&labels)?.encode_histogram::<NoLabels>(sum, count, &classes, None)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
