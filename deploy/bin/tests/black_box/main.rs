//! The programs as a user meets them: real processes, real files, real sockets, in a folder of their own.

#![cfg(test)]

mod accounts;
mod backup;
mod browser;
mod endings;
mod hostile;
mod keeping;
mod mails;
mod operator;
mod races;
mod shop;
mod shopping;
mod starting;
