#![doc = include_str!("../README.md")]

pub mod admin;
mod compose;
mod failure;
mod gauges;
mod healthcheck;
mod launch;
mod log;
pub mod mailer;
mod program;
mod relay;
pub mod sample;
pub mod settings;
mod tidy;
pub mod web;

pub use failure::Failure;
pub use program::Program;
/// The Rocket that the pages are made of, for what [`web::main_with`] adds to them.
pub use shop_web::rocket;
