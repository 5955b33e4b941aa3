use std::io;

use tracing_subscriber::EnvFilter;

use crate::settings::LogFormat;

/// Sends the log to stderr: from level `info` up, or as `RUST_LOG` says.
pub(crate) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}
