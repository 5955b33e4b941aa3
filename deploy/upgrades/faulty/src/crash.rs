//! The release that falls over when all is open and nothing is served yet.

use std::process;

use vitrina::rocket::fairing::AdHoc;

/// Ends the process with exit code 1.
pub(crate) fn fairing() -> AdHoc {
    AdHoc::on_liftoff("crash", |_| {
        Box::pin(async {
            crate::tell("it crashes at start");
            process::exit(1);
        })
    })
}
