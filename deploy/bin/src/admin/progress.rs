//! How far a long command has come.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on stderr, if that is a terminal, of what indicatif's template says.
pub(super) fn bar(template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}
