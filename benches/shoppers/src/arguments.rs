//! What can be written behind `shoppers`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::target::Target;

/// Shoppers who do not wait: load on a shop, and proof that none of their requests or orders is lost
#[derive(Debug, Parser)]
#[command(name = "shoppers", version)]
#[command(
    after_help = "Exit codes: 0 done, 1 orders are lost or doubled (settle), 2 nothing could be measured."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Send actions at planned moments, whatever the shop does, and report what became of each request
    Load(Load),
    /// Send visitors without cookies, and report which version each met, and who met two
    Visitors(Visitors),
    /// Show each second which versions answer, until Ctrl-C
    Watch(Watch),
    /// Draw a report: traffic over time, by version
    Plot(Plot),
    /// Compare the orders that a load was told with those that the shop has; exit code 1 unless they fit
    Settle(Settle),
    /// End a load that runs beside this process: make its stop file
    Stop(Stop),
}

/// The shop, and how it is asked.
#[derive(Debug, Args)]
pub(crate) struct Visit {
    /// The shop's first page, such as <http://127.0.0.1:8000>
    #[arg(long)]
    pub(crate) url: Target,
    /// Ask for the shop by this name instead of the one in the URL
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// How long a whole answer may take
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = positive)]
    pub(crate) timeout: Duration,
}

impl Visit {
    /// The shop by the name that it is asked for.
    pub(crate) fn target(&self) -> Target {
        self.url.named(self.host.as_deref())
    }
}

#[derive(Debug, Args)]
pub(crate) struct Load {
    #[command(flatten)]
    pub(crate) visit: Visit,
    /// Actions a second; an action is one or more requests
    #[arg(long, default_value_t = 200.0, value_parser = rate)]
    pub(crate) rate: f64,
    /// How long; SIGTERM, SIGINT and the stop file end it earlier
    #[arg(long = "for", value_name = "TIME", default_value = "60s", value_parser = positive)]
    pub(crate) duration: Duration,
    /// Accounts that may sign in: EMAIL PASSWORD a line
    #[arg(long, value_name = "FILE")]
    pub(crate) accounts: PathBuf,
    /// Every so often one more checkout, 2 to 8 s on its way; 0s for none
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = humantime::parse_duration)]
    pub(crate) slow_every: Duration,
    /// Buy these only; otherwise all that the first page offers
    #[arg(long, value_name = "SKU,...", value_delimiter = ',')]
    pub(crate) skus: Vec<String>,
    /// Let each action come from a client of its own, by X-Forwarded-For
    #[arg(long)]
    pub(crate) forwarded_for: bool,
    /// Where the report goes; - is stdout
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    pub(crate) report: PathBuf,
    /// The load ends when this file appears; one of before is removed
    #[arg(long, value_name = "FILE", default_value = "/tmp/stop")]
    pub(crate) stop_file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Visitors {
    #[command(flatten)]
    pub(crate) visit: Visit,
    /// How many
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) count: u64,
    /// How many a second; each sends 3 to 5 requests
    #[arg(long, default_value_t = 75.0, value_parser = rate)]
    pub(crate) rate: f64,
    /// The cookie that keeps a visitor on a side
    #[arg(long, value_name = "NAME")]
    pub(crate) cookie: String,
    /// Accounts for those who sign in on the way: EMAIL PASSWORD a line
    #[arg(long, value_name = "FILE")]
    pub(crate) accounts: PathBuf,
    /// Let each visitor come from a client of their own, by X-Forwarded-For
    #[arg(long)]
    pub(crate) forwarded_for: bool,
    /// Where the report goes; - is stdout
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    pub(crate) report: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) visit: Visit,
    /// Requests a second, each on a connection of its own
    #[arg(long, default_value_t = 20.0, value_parser = rate)]
    pub(crate) rate: f64,
}

#[derive(Debug, Args)]
pub(crate) struct Plot {
    /// What a load has reported
    pub(crate) report: PathBuf,
    /// The SVG to write
    pub(crate) picture: PathBuf,
    /// What it shows
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: String,
    /// What happened when: a moment in milliseconds since 1970 and a text a line
    #[arg(long, value_name = "FILE")]
    pub(crate) marks: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Settle {
    /// What a load has reported
    pub(crate) report: PathBuf,
    /// What `shop-admin --json order list` said after it
    pub(crate) orders: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Stop {
    /// The stop file of the load
    #[arg(long, value_name = "FILE", default_value = "/tmp/stop")]
    pub(crate) stop_file: PathBuf,
}

fn positive(text: &str) -> Result<Duration, String> {
    let duration = humantime::parse_duration(text).map_err(|error| error.to_string())?;
    if duration.is_zero() { Err("it must not be zero".to_owned()) } else { Ok(duration) }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|error| format!("{error}"))?;
    if (0.1..=10_000.0).contains(&rate) { Ok(rate) } else { Err("it must be from 0.1 to 10,000".to_owned()) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_well_made() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn times_and_rates_are_above_zero() {
        assert_eq!(positive("2m"), Ok(Duration::from_mins(2)));
        assert!(positive("0s").is_err());
        assert!(positive("60").is_err());
        assert_eq!(rate("200"), Ok(200.0));
        for refused in ["0", "-1", "NaN", "inf", "many"] {
            assert!(rate(refused).is_err(), "{refused}");
        }
    }
}
