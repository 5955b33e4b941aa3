# What is run often, by name. `make` alone lists the targets.

.DEFAULT_GOAL := help
.PHONY: help run test browser-test lint bench timing ci

help: ## lists the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## starts the shop with the sample catalog
	cargo run --release

test: ## all tests that need nothing installed
	cargo test --workspace

browser-test: ## the walk through the shop in a real browser
	deploy/bin/tests/browser/install
	cargo test -p vitrina --features browser --test browser

lint: ## formatting, clippy and docs, as CI checks them
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- --deny warnings
	cargo clippy -p shop-core --no-default-features -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --all-features

bench: ## the benches
	cargo bench -p shop-benches

timing: ## whether the time of an answer tells who has an account
	cargo bench -p vitrina --bench neutral_answers

ci: ## everything that CI runs, on a clean clone
	.ci/run
