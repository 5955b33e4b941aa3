# What is run often, by name. `make` alone lists the targets.

.DEFAULT_GOAL := help
.PHONY: help run test browser-test mariadb-test test-mysql prometheus-test werkzeug-test upgrade-test lint bench \
	timing kill-test server-kill-test moving-in-test sync-test ci

help: ## lists the targets
	@grep -hE '^[a-z -]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: ## starts the shop with the sample catalog
	cargo run --release

test: ## all tests that need nothing installed
	cargo test --workspace

browser-test: ## the walk through the shop in a real browser
	deploy/bin/tests/browser/install
	cargo test -p vitrina --features browser --test browser

mariadb-test: ## store and shop on a real MariaDB server, which the tests start themselves
	shop-storage/tests/mysql/install
	cargo test -p shop-storage --features mysql-server,webapplication --lib --test mysql
	cargo test -p vitrina --features mysql-server --test black_box on_mysql
	cargo test -p vitrina-faulty --features mysql-server --test faults migration

test-mysql: ## the store on a real MySQL server (VITRINA_MYSQLD names a mysqld; without it Debian's is fetched into target/)
	VITRINA_MYSQLD="$${VITRINA_MYSQLD:-$$(shop-storage/tests/mysql/fetch-mysql)}" \
		cargo test -p shop-storage --features mysql-server,webapplication --lib --test mysql

prometheus-test: ## the metrics, read by a real Prometheus
	deploy/bin/tests/prometheus/install
	cargo test -p vitrina --features prometheus --test black_box prometheus
	PATH="$$(deploy/tools/install):$$PATH" deploy/upgrades/flagger/queries-test

upgrade-test: ## this release beside the one before it: one database, and 100 restarts under load without a failed request
	shop-storage/tests/mysql/install
	deploy/bin/tests/upgrade/install
	cargo build -p shoppers
	programs=$$(deploy/upgrades/previous) && VITRINA_PREVIOUS=$$programs \
		cargo test -p vitrina --features previous --test upgrade -- --nocapture

werkzeug-test: ## passwords hashed by Werkzeug itself (Python, PyPI)
	shop-core/tests/werkzeug/make-hashes
	cargo test -p shop-core --features werkzeug --test werkzeug

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

moving-in-test: ## how long an old shop of 1,000,000 customers takes to move in, and how much memory
	cargo bench -p vitrina --bench moving_in

server-kill-test: ## whether anything acknowledged is lost by 20 times kill -9 of the MariaDB server
	shop-storage/tests/mysql/install
	cargo test -p shop-storage --features mysql-server --test mysql faults::kills -- --nocapture

sync-test: ## whether SQLite's commits are on the disk before they are acknowledged (strace)
	cargo test -p shop-storage --test synced

ci: ## everything that CI runs, on a clean clone
	.ci/run

include deploy/Makefile
