//! The release that serves, and takes itself out before anybody can find it ready.

use shop_web::server::Status;
use vitrina::rocket::fairing::AdHoc;

/// Drains the server before it listens.
pub(crate) fn fairing() -> AdHoc {
    AdHoc::on_liftoff("never ready", |rocket| {
        Box::pin(async move {
            if let Some(status) = rocket.state::<Status>() {
                status.drain();
            }
        })
    })
}
