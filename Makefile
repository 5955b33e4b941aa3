# What is run often, by name. `make` alone lists the targets.

.DEFAULT_GOAL := help
.PHONY: help run test browser-test mariadb-test test-mysql lint bench timing kill-test sync-test ci

help: ## lists the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## starts the shop with the sample catalog
	cargo run --release

test: ## all tests that need nothing installed
	cargo test --workspace

browser-test: ## the walk through the shop in a real browser
	deploy/bin/tests/browser/install
	cargo test -p vitrina --features browser --test browser

mariadb-test: ## store and shop on a real MariaDB server, which the tests start themselves
	shop-storage/tests/mysql/install
	cargo test -p shop-storage --features mysql-server --lib --test mysql
	cargo test -p vitrina --features mysql-server --test black_box on_mysql

test-mysql: ## the same on MySQL itself (VITRINA_MYSQLD names a mysqld; without it Debian's is fetched into target/)
	VITRINA_MYSQLD="$${VITRINA_MYSQLD:-$$(shop-storage/tests/mysql/fetch-mysql)}" \
		cargo test -p shop-storage --features mysql-server --lib --test mysql

lint: ## formatting, clippy and docs, as CI checks them
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- --deny warnings
	cargo clippy -p shop-core --no-default-features -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --all-features

bench: ## the benches
	cargo bench -p shop-benches

timing: ## whether the time of an answer tells who has an account
	cargo bench -p vitrina --bench neutral_answers

kill-test: ## whether anything acknowledged is lost by 200 times kill -9
	cargo bench -p vitrina --bench kill

sync-test: ## whether SQLite's commits are on the disk before they are acknowledged (strace)
	cargo test -p shop-storage --test synced

ci: ## everything that CI runs, on a clean clone
	.ci/run
