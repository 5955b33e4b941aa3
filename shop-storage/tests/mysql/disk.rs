//! A server's disk, small enough to be filled.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::server::Server;

/// Room for what a server makes for itself: 100 MB on MariaDB, 200 on MySQL.
const SIZE: &str = "size=256m";

/// Small files, which grow whenever there are more rows.
const SETTINGS: [&str; 5] = [
    "--skip-networking",
    "--innodb-flush-log-at-trx-commit=1",
    "--innodb-file-per-table=ON",
    "--loose-innodb-log-file-size=8M",
    "--loose-innodb-redo-log-capacity=8M",
];

/// A disk in memory, under a server's data. It goes when the server does.
pub(crate) struct Disk {
    ballast: PathBuf,
}

impl Disk {
    /// Starts a server on a disk of its own. Only root may.
    pub(crate) fn with_server(settings: &[&str]) -> (Self, Server) {
        let mut ballast = PathBuf::new();
        let mount = |folder: &Path| {
            let data = folder.join("data");
            fs::create_dir(&data).expect("a folder");
            mount(&data);
            ballast = data.join("ballast");
        };
        let server = Server::start_in(mount, &[&SETTINGS, settings].concat());
        (Self { ballast }, server)
    }

    /// Fills it to the last byte.
    pub(crate) fn fill(&self) {
        let mut ballast = fs::File::create(&self.ballast).expect("a file");
        let error = io::copy(&mut io::repeat(0), &mut ballast).expect_err("no disk is endless");
        assert_eq!(error.kind(), ErrorKind::StorageFull, "{error}");
    }

    /// Makes the space again.
    pub(crate) fn clear(&self) {
        fs::remove_file(&self.ballast).expect("it was filled");
    }
}

fn mount(folder: &Path) {
    let done = Command::new("mount").args(["-t", "tmpfs", "-o", SIZE, "vitrina-test"]).arg(folder).status();
    assert!(
        done.expect("mount runs").success(),
        "a disk can be mounted by root alone, and these tests need one"
    );
}
