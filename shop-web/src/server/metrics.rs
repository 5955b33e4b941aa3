//! The server's counters in Prometheus' text format, version 0.0.4.

use std::fmt::{self, Display, Formatter, Write as _};

use serde::Serialize;

use super::status::Status;

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

/// Writes all metrics.
pub(super) fn render(status: &Status, version: &Version) -> String {
    let mut page = Page(String::with_capacity(2048));
    page.gauge("vitrina_build_info", "Which build runs; always 1.");
    page.sample(
        "vitrina_build_info",
        format_args!(
            "{{version=\"{}\",commit=\"{}\",track=\"{}\"}}",
            Escaped(&version.version),
            Escaped(&version.commit),
            Escaped(&version.track)
        ),
        1,
    );
    page.counter("vitrina_http_requests_total", "Requests answered, by class of status.");
    page.samples("vitrina_http_requests_total", "class", status.answers());
    page.gauge("vitrina_http_requests_in_flight", "Requests whose answer is not complete yet.");
    page.sample("vitrina_http_requests_in_flight", "", status.in_flight());
    page.counter("vitrina_http_requests_refused_total", "Requests that never reached the shop, by reason.");
    page.samples("vitrina_http_requests_refused_total", "reason", status.refused_requests());
    page.gauge("vitrina_connections_open", "Connections open.");
    page.sample("vitrina_connections_open", "", status.connections());
    page.counter("vitrina_connections_refused_total", "Connections turned away, by the limit they met.");
    page.samples("vitrina_connections_refused_total", "limit", status.refused_connections());
    page.gauge("vitrina_draining", "Whether the instance is being taken out: 0 or 1.");
    page.sample("vitrina_draining", "", u8::from(status.is_draining()));
    page.0
}

struct Page(String);

impl Page {
    fn counter(&mut self, name: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}\n# TYPE {name} counter"));
    }

    fn gauge(&mut self, name: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}\n# TYPE {name} gauge"));
    }

    fn samples(&mut self, name: &str, label: &str, values: impl Iterator<Item = (&'static str, u64)>) {
        for (value, count) in values {
            self.sample(name, format_args!("{{{label}=\"{value}\"}}"), count);
        }
    }

    fn sample(&mut self, name: &str, labels: impl Display, value: impl Display) {
        self.line(format_args!("{name}{labels} {value}"));
    }

    fn line(&mut self, line: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(line);
        self.0.push('\n');
    }
}

/// A label's value with backslash, quote and line end escaped.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '\\' => f.write_str("\\\\")?,
                '"' => f.write_str("\\\"")?,
                '\n' => f.write_str("\\n")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}
