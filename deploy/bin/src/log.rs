//! The log: one event a line, on stderr.
//!
//! JSON is for programs, and has a line for each request (target `access`). Text is for people, who see the
//! pages themselves: there the lines about requests are left out. What is told of a request has its name, `id`
//! of the span `request`, which its answer has in `X-Request-Id`.

use std::io;
use std::panic::PanicHookInfo;
use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::{Format, Json, JsonFields};
use tracing_subscriber::fmt::writer::{BoxMakeWriter, MakeWriterExt as _};
use tracing_subscriber::fmt::{SubscriberBuilder, fmt};

use crate::settings::{LogFormat, Settings};
use crate::{Failure, Program};

/// How many hours of files are kept.
const HOURS: usize = 3;

/// Starts it: from level `info` up, or as `RUST_LOG` says.
pub(crate) fn start(program: Program, settings: &Settings) -> Result<(), Failure> {
    let (format, writer) = (settings.log, writer(program, settings.log_folder.as_deref())?);
    let usual = match format {
        LogFormat::Text => "info,access=warn",
        LogFormat::Json => "info",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    match format {
        LogFormat::Text => fmt().with_env_filter(filter).with_writer(writer).init(),
        LogFormat::Json => {
            json().with_env_filter(filter).with_writer(writer).init();
            std::panic::set_hook(Box::new(tell_panic));
        }
    }
    Ok(())
}

/// Stderr, and files as well if there is a folder for them.
fn writer(program: Program, folder: Option<&Path>) -> Result<BoxMakeWriter, Failure> {
    let Some(folder) = folder else { return Ok(BoxMakeWriter::new(io::stderr)) };
    let failed = |source| Failure::LogFolder { folder: folder.to_owned(), source };
    // Before the appender looks for older files there, and complains on stderr by itself.
    std::fs::create_dir_all(folder).map_err(failed)?;
    let files = RollingFileAppender::builder().rotation(Rotation::HOURLY).max_log_files(HOURS);
    let files = files.filename_prefix(program.name()).filename_suffix("log").build(folder);
    let files = files.map_err(|error| failed(io::Error::other(error)))?;
    Ok(BoxMakeWriter::new(io::stderr.and(files)))
}

/// One flat object an event; the request's name stands in `span`.
fn json() -> SubscriberBuilder<JsonFields, Format<Json>> {
    fmt().json().flatten_event(true).with_span_list(false)
}

/// Makes a panic an event as any other, on one line and with the request's name.
fn tell_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, "panic: {}", panic.payload_as_str().unwrap_or("without a word"));
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use serde_json::Value;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_one_line_with_the_requests_name() {
        let lines = Lines::default();
        let writer = lines.clone();
        tracing::subscriber::with_default(json().with_writer(move || writer.clone()).finish(), || {
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(tell_panic));
            let _request = tracing::info_span!("request", id = "0a").entered();
            let caught = std::panic::catch_unwind(|| panic!("on\ntwo lines"));
            std::panic::set_hook(usual);
            assert!(caught.is_err());
        });
        let told = String::from_utf8(lines.0.lock().expect("no panic").clone()).expect("text");
        assert_eq!(told.lines().count(), 1, "{told}");
        let event: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!((&event["level"], &event["message"]), (&"ERROR".into(), &"panic: on\ntwo lines".into()));
        assert_eq!(event["span"]["id"], "0a");
        assert!(event["place"].as_str().is_some_and(|place| place.contains("log.rs")), "{told}");
    }
}
