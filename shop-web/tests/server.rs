//! The server in front of Rocket, over real sockets.
//!
//! Nothing here waits for time to pass: short limits end a connection, and the tests wait for that end. To show
//! that something has *not* happened, they wait for a later event that would have come after it.
#![cfg(feature = "server")]

#[cfg(test)]
mod server {
    mod harness;

    mod address;
    mod answers;
    mod ending;
    mod health;
    mod limits;
    mod metrics;
    mod naming;
    mod protocol;
    mod refusals;
}
