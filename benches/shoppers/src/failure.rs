//! Why a request has failed.

use std::fmt;
use std::io;

/// Why a request has failed: there is no 2xx or 3xx answer, read to its end in time, with what belongs in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection could be made; the shop has not seen the request.
    Connect(io::ErrorKind),
    /// The connection ended before the whole answer was there.
    Cut,
    /// A kept connection ended before a POST on it was answered; it may have ended before the POST came.
    KeptCut,
    /// The whole answer was not there in time.
    Timeout,
    /// What came is no HTTP.
    Garbage,
    /// 429: the shop lets nobody try so often. The load is set wrongly.
    Throttled,
    /// 422: the shop refuses what the form says, such as goods that are sold out.
    Refused(String),
    /// Any other status that is no success.
    Status(u16),
    /// The shop sends the shopper to the sign-in page: the session is lost.
    SignedOut,
    /// The page does not have what the next step needs.
    Missing(String),
}

impl Failure {
    /// Whether nobody can tell from this if the shop has done what it was asked to do.
    ///
    /// A proxy answers 5xx also when the shop had the request, so these tell nothing.
    pub(crate) const fn leaves_doubt(&self) -> bool {
        match self {
            Self::Cut | Self::KeptCut | Self::Timeout | Self::Garbage => true,
            Self::Status(status) => *status >= 500,
            Self::Connect(_) | Self::Throttled | Self::Refused(_) | Self::SignedOut | Self::Missing(_) => {
                false
            }
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(kind) => write!(f, "no connection: {kind}"),
            Self::Cut => f.write_str("the connection ended before the answer did"),
            Self::KeptCut => f.write_str("the kept connection ended before the answer began"),
            Self::Timeout => f.write_str("no whole answer in time"),
            Self::Garbage => f.write_str("the answer is no HTTP"),
            Self::Throttled => f.write_str("throttled (429)"),
            Self::Refused(text) => write!(f, "refused (422): {text}"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::SignedOut => f.write_str("signed out"),
            Self::Missing(what) => f.write_str(what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_request_that_may_have_arrived_leaves_doubt() {
        for failure in
            [Failure::Cut, Failure::KeptCut, Failure::Timeout, Failure::Garbage, Failure::Status(502)]
        {
            assert!(failure.leaves_doubt(), "{failure}");
        }
        let refused = io::ErrorKind::ConnectionRefused;
        for failure in
            [Failure::Connect(refused), Failure::Throttled, Failure::Status(404), Failure::SignedOut]
        {
            assert!(!failure.leaves_doubt(), "{failure}");
        }
    }
}
