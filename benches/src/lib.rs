//! Benches of the shop; see `benches/README.md` for how to run and read them.
