//! What was answered: by route, method and status, and how long it took.
//!
//! Counting costs a look into a table that is complete before the first request, and three additions to
//! atomic numbers: no lock, no memory. (The first answer of its kind makes room for its numbers.)
//!
//! No label's value comes from a client. A route is told by its pattern, a method is one of eight, and a
//! status is chosen by a handler.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use hyper::{Method, StatusCode};
use rocket::fairing::{Fairing, Info, Kind};
use rocket::futures::FutureExt;
use rocket::{Orbit, Request, Response, Rocket};

/// The route of requests that no route of the router has answered; no pattern is like it.
const UNROUTED: &str = "unrouted";

/// How methods are told; the last stands for all others.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER];
const OTHER: &str = "OTHER";

/// The upper ends of the classes of duration, in microseconds: from what a page in the cache takes to what
/// nobody waits for.
const BOUNDS: [u32; 13] = [
    1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
    10_000_000,
];

tokio::task_local! {
    /// Which route answers the request that is being dispatched.
    static ANSWERING: Cell<Route>;
}

/// A route, by its place among the router's; `None` is none of them.
pub(super) type Route = Option<usize>;

/// Dispatches a request; says by which route it was answered.
pub(super) fn dispatch<T>(
    request: impl Future<Output = T> + Send,
) -> impl Future<Output = (T, Route)> + Send {
    ANSWERING.scope(Cell::new(None), request.map(|answer| (answer, ANSWERING.with(Cell::get))))
}

/// The method as it is told.
pub(super) fn label(method: &Method) -> &'static str {
    METHODS.into_iter().find(|known| *known == method.as_str()).unwrap_or(OTHER)
}

/// What was answered since the start.
///
/// As a fairing it learns the router's routes, and which of them answers.
#[derive(Debug)]
pub(super) struct Traffic {
    unrouted: Row,
    routes: OnceLock<Routes>,
}

#[derive(Debug)]
struct Routes {
    rows: Vec<Row>,
    /// Where the row of each pattern stands.
    places: HashMap<String, usize>,
}

/// The numbers of one route.
#[derive(Debug)]
struct Row {
    pattern: String,
    /// By method, as far as they were asked with.
    answers: [OnceLock<Answers>; METHODS.len()],
    times: Times,
}

/// The answers to one method, by status from 100 to 599.
#[derive(Debug)]
struct Answers(Box<[AtomicU64; 500]>);

/// How long answers took.
#[derive(Debug, Default)]
struct Times {
    /// By class; the last has those beyond the last bound.
    classes: [AtomicU64; BOUNDS.len() + 1],
    /// In microseconds.
    sum: AtomicU64,
}

/// How many answers of one kind there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Count<'t> {
    pub(super) route: &'t str,
    pub(super) method: &'static str,
    pub(super) status: String,
    pub(super) answers: u64,
}

/// How long the answers of one route took.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Timing<'t> {
    pub(super) route: &'t str,
    /// In seconds.
    pub(super) sum: f64,
    /// The upper end of each class in seconds, and how many answers are in it and no lower one.
    pub(super) classes: Vec<(f64, u64)>,
}

impl Default for Traffic {
    fn default() -> Self {
        Self { unrouted: Row::new(UNROUTED), routes: OnceLock::new() }
    }
}

impl Traffic {
    /// Counts an answer that took so long.
    pub(super) fn count(&self, route: Route, method: &'static str, status: StatusCode, took: Duration) {
        let row = self.row(route);
        row.count(method, status);
        row.times.count(took);
    }

    /// The route as it is told.
    pub(super) fn pattern(&self, route: Route) -> &str {
        &self.row(route).pattern
    }

    fn row(&self, route: Route) -> &Row {
        let known = route.zip(self.routes.get()).and_then(|(place, routes)| routes.rows.get(place));
        known.unwrap_or(&self.unrouted)
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        std::iter::once(&self.unrouted).chain(self.routes.get().into_iter().flat_map(|routes| &routes.rows))
    }

    /// All answers so far, kinds without any left out.
    pub(super) fn counts(&self) -> impl Iterator<Item = Count<'_>> {
        self.rows().flat_map(Row::counts)
    }

    /// How long they took, routes without any left out.
    pub(super) fn timings(&self) -> impl Iterator<Item = Timing<'_>> {
        self.rows().map(Row::timing).filter(|timing| timing.classes.iter().any(|(_, answers)| *answers > 0))
    }
}

impl Routes {
    fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Self {
        let patterns: BTreeSet<_> = patterns.collect();
        let places = patterns.iter().zip(0..).map(|(&pattern, place)| (pattern.to_owned(), place));
        Self { rows: patterns.iter().map(|pattern| Row::new(pattern)).collect(), places: places.collect() }
    }
}

impl Row {
    fn new(pattern: &str) -> Self {
        Self { pattern: pattern.to_owned(), answers: Default::default(), times: Times::default() }
    }

    fn count(&self, method: &'static str, status: StatusCode) {
        let of_method = METHODS.iter().zip(&self.answers).find(|(known, _)| **known == method);
        let place = usize::from(status.as_u16()).checked_sub(100);
        let answers = of_method.map(|(_, answers)| answers.get_or_init(Answers::none));
        if let Some(count) = answers.zip(place).and_then(|(answers, place)| answers.0.get(place)) {
            count.fetch_add(1, Relaxed);
        }
    }

    fn counts(&self) -> impl Iterator<Item = Count<'_>> {
        METHODS.into_iter().zip(&self.answers).flat_map(move |(method, answers)| {
            let counts = answers.get().into_iter().flat_map(Answers::by_status);
            counts.map(move |(status, answers)| Count { route: &self.pattern, method, status, answers })
        })
    }

    fn timing(&self) -> Timing<'_> {
        let ends = BOUNDS.into_iter().map(seconds).chain([f64::INFINITY]);
        let classes = self.times.classes.iter().map(|class| class.load(Relaxed));
        let sum = Duration::from_micros(self.times.sum.load(Relaxed)).as_secs_f64();
        Timing { route: &self.pattern, sum, classes: ends.zip(classes).collect() }
    }
}

impl Answers {
    fn none() -> Self {
        Self(Box::new([const { AtomicU64::new(0) }; 500]))
    }

    fn by_status(&self) -> impl Iterator<Item = (String, u64)> {
        let counts = (100..).zip(self.0.iter().map(|count| count.load(Relaxed)));
        counts.filter(|(_, count)| *count > 0).map(|(status, count): (u16, u64)| (status.to_string(), count))
    }
}

impl Times {
    fn count(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let class = BOUNDS.partition_point(|bound| u64::from(*bound) < micros);
        if let Some(class) = self.classes.get(class) {
            class.fetch_add(1, Relaxed);
        }
        self.sum.fetch_add(micros, Relaxed);
    }
}

/// A bound in seconds, to the digit.
fn seconds(micros: u32) -> f64 {
    f64::from(micros) / 1e6
}

#[rocket::async_trait]
impl Fairing for Traffic {
    fn info(&self) -> Info {
        Info { name: "which route answers", kind: Kind::Liftoff | Kind::Response }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        self.routes.get_or_init(|| Routes::new(rocket.routes().map(|route| route.uri.path())));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, _: &mut Response<'r>) {
        let pattern = request.route().map(|route| route.uri.path());
        let place = pattern.zip(self.routes.get()).and_then(|(pattern, routes)| routes.places.get(pattern));
        // It fails if another server dispatches, which does not want to know.
        let _ = ANSWERING.try_with(|answering| answering.set(place.copied()));
    }
}

#[cfg(test)]
mod tests;
