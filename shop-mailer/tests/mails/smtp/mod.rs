//! Mails on their way to a mail server: real sockets, real encryption, and a server that shares no code with
//! the transport.

mod delivery;
mod encryption;
mod fixture;
mod refusals;
mod server;
mod trouble;
