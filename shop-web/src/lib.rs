//! The shop's pages on Rocket, and the server in front of them.
#![doc = include_str!("../README.md")]

mod answer;
mod cache;
mod config;
mod cookies;
mod errors;
mod etag;
mod files;
mod forgery;
mod forms;
mod guards;
mod headers;
mod hex;
mod known_browser;
mod place;
mod problem;
mod request_id;
mod routes;
#[cfg(feature = "server")]
pub mod server;
mod site;
mod skeleton;
mod stage;
mod tally;
pub mod views;

pub use config::{
    BasePath, Instance, InvalidBasePath, InvalidPublicUrl, InvalidTitle, PublicUrl, SecretKey, Title,
    WebConfig, figment,
};
pub use files::{PictureError, Pictures};
pub use guards::ClientAddress;
/// The Rocket that [`stage()`] belongs to, for programs that need no other.
pub use rocket;
pub use stage::stage;
