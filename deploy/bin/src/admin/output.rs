//! Answers on stdout: text for people, JSON for programs.

use std::io::{self, BufWriter, Stdout, Write as _};

use serde::Serialize;
use shop_core::Timestamp;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::Failure;

/// What can be shown: as JSON, and as one line or more of text.
pub(super) trait View: Serialize {
    /// The text, without a newline at its end.
    fn text(&self) -> String;
}

/// Where answers go, and in which form.
pub(super) struct Output {
    json: bool,
    out: BufWriter<Stdout>,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json, out: BufWriter::new(io::stdout()) }
    }

    /// Shows one thing.
    pub(super) fn show(&mut self, view: &impl View) -> Result<(), Failure> {
        let text = if self.json { json(view)? } else { view.text() };
        self.line(&text)?;
        self.flush()
    }

    /// Shows people, and not programs, what happens by the way.
    pub(super) fn aside(&mut self, text: impl FnOnce() -> String) {
        if !self.json {
            // Whoever closed stdout does not want to know, and the work goes on.
            let _ = self.line(&text()).and_then(|()| self.flush());
        }
    }

    /// Shows a document that is JSON for people as well, in lines of its own.
    pub(super) fn document(&mut self, document: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(document).map_err(|error| Failure::Output(error.into()))?;
        self.line(&json)?;
        self.flush()
    }

    /// Begins a list, whose items are shown as they come.
    pub(super) const fn list(&mut self) -> List<'_> {
        List { output: self, shown: 0 }
    }

    fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{text}").map_err(Failure::Output)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::Output)
    }
}

/// A list on its way out: in JSON an array, in text one item after the other.
pub(super) struct List<'o> {
    output: &'o mut Output,
    shown: u64,
}

impl List<'_> {
    pub(super) fn item(&mut self, view: &impl View) -> Result<(), Failure> {
        let before = self.shown;
        self.shown += 1;
        match (self.output.json, before) {
            (false, _) => self.output.line(&view.text()),
            (true, 0) => self.output.line(&format!("[{}", json(view)?)),
            (true, _) => self.output.line(&format!(",{}", json(view)?)),
        }
    }

    /// Ends the list; it MUST be called, or the JSON is not complete.
    pub(super) fn end(self) -> Result<(), Failure> {
        match (self.output.json, self.shown) {
            (false, _) => {}
            (true, 0) => self.output.line("[]")?,
            (true, _) => self.output.line("]")?,
        }
        self.output.flush()
    }
}

fn json(view: &impl View) -> Result<String, Failure> {
    serde_json::to_string(view).map_err(|error| Failure::Output(error.into()))
}

/// A moment in UTC, such as `2026-11-21T07:00:00.5Z`.
pub(super) fn moment(timestamp: Timestamp) -> String {
    let nanos = i128::from(timestamp.as_micros()) * 1_000;
    let moment =
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok().and_then(|moment| moment.format(&Rfc3339).ok());
    moment.unwrap_or_else(|| format!("{} µs since 1970", timestamp.as_micros()))
}
