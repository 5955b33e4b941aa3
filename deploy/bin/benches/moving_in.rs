//! How long a large old shop takes to move in, and how much memory: `make moving-in-test`.
//!
//! A dump of 1,000,000 users with hashes and carts is imported into a fresh SQLite file by the real `shop-admin`, then once more, which
//! changes nothing. `VITRINA_USERS` asks for another number. The exit code says whether all were carried in bounded memory.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "it measures, and ends where something goes wrong, as a test does"
)]

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a row may cost of memory, in bytes; twice what the documentation says.
const MOST_A_ROW: u64 = 160;
/// What the program may take besides, in bytes.
const MOST_BESIDES: u64 = 64 << 20;

/// What one run took.
struct Taken {
    time: Duration,
    /// The greatest resident set, in bytes.
    memory: u64,
}

fn main() -> ExitCode {
    let users = std::env::var("VITRINA_USERS").map_or(1_000_000, |users| users.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let dump = folder.path().join("old.sql");
    write_dump(&dump, users).expect("written");
    let size = fs::metadata(&dump).expect("a file").len();
    println!("{users} users in a dump of {} MiB", size >> 20);
    run(folder.path(), &["migrate"]);
    let mut is_good = true;
    for outcome in ["whole", "before"] {
        let taken = run(
            folder.path(),
            &["import", "webapplication", "--from", "old.sql", "--report", "report.jsonl"],
        );
        let report = fs::read_to_string(folder.path().join("report.jsonl")).expect("a report");
        let all = report.contains(&format!("\"{outcome}\":{users}"));
        let bounded = taken.memory <= MOST_BESIDES + users * MOST_A_ROW;
        is_good &= all && bounded;
        let rate = u128::from(users) * 1_000 / taken.time.as_millis().max(1);
        println!("{outcome:<8} {:>7.1?} {rate:>9} users/s {:>5} MiB", taken.time, taken.memory >> 20);
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write_dump(path: &Path, users: u64) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let digest = "c78987a943a81ff40a61c892e5c0e87f8c3972e2ebb00e4531b713f68b1fe378";
    writeln!(file, "SET NAMES utf8mb4;")?;
    for number in 1..=users {
        let begin = if number % 1_000 == 1 { "INSERT INTO `useri` VALUES " } else { "," };
        let end = if number % 1_000 == 0 || number == users { ";\n" } else { "" };
        write!(
            file,
            "{begin}({number},'Țăran','Ana-Maria','user{number}@example.com','pbkdf2:sha256:260000$fLUemDxbPpaD8bvt${digest}',\
            'Str. Exemplu, nr. {number}, Iași','SH03={};AMTR01=1',{},'247d96feb2919401df0f41916f1f33be0c0a6e68'){end}",
            number % 99 + 1,
            number % 2,
        )?;
    }
    file.flush()
}

/// Runs `shop-admin` to its end.
fn run(folder: &Path, arguments: &[&str]) -> Taken {
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_shop-admin"));
    command.current_dir(folder).env_clear().args(arguments).stdout(Stdio::null()).stderr(Stdio::inherit());
    let mut process = command.spawn().expect("shop-admin runs");
    let mut memory = 0;
    while process.try_wait().expect("a child of ours").is_none() {
        memory = peak(&process).unwrap_or(memory);
        thread::sleep(Duration::from_millis(20));
    }
    Taken { time: begun.elapsed(), memory }
}

/// The greatest resident set of a process that runs, in bytes (Linux).
fn peak(process: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1_024)
}
