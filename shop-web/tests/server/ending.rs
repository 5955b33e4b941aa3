//! The order to stop, and what becomes of those who are being served.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use rocket::futures::FutureExt;
use rocket::futures::future::join_all;
use rocket::{get, routes};
use shop_web::server::{Outcome, Server, ServerConfig, Stop};

use tokio::net::TcpStream;

use super::harness::{Shop, Wire, get, is_alone, millis, patient, run_alone, soon};

#[tokio::test]
async fn running_requests_finish_while_new_ones_are_refused() {
    let mut shop = Shop::open(patient()).await;
    let mut wires = Vec::new();
    for _ in 0..32 {
        let mut wire = shop.connect().await;
        wire.send(get("/gated")).await;
        wires.push(wire);
        assert_eq!(shop.event().await, "entered");
    }
    shop.stopper.stop();
    shop.closed().await;
    shop.let_out(32);
    for answer in join_all(wires.iter_mut().map(Wire::answer)).await {
        assert_eq!((answer.code, answer.text(), answer.closes()), (200, "let out", true));
    }
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_cut_off_by_a_stop_under_load() {
    let shop = Shop::open(patient()).await;
    let served = Arc::new(AtomicUsize::new(0));
    let shoppers: Vec<_> = (0..8).map(|_| tokio::spawn(shop_on(shop.address, Arc::clone(&served)))).collect();
    soon(async {
        while served.load(SeqCst) < 40 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    shop.stopper.stop();
    for shopper in shoppers {
        soon(shopper).await.unwrap();
    }
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

/// Asks for a page over a new connection each time, until no connection is taken any more.
async fn shop_on(address: SocketAddr, served: Arc<AtomicUsize>) {
    while let Ok(stream) = TcpStream::connect(address).await {
        let mut wire = Wire(stream);
        wire.send(get("/long")).await;
        assert_eq!(wire.answer().await.body.len(), 1 << 20);
        served.fetch_add(1, SeqCst);
    }
}

#[tokio::test]
async fn answers_half_taken_at_the_stop_arrive_whole() {
    let shop = Shop::open(patient()).await;
    // So much is sent to a client that takes nothing, because the operating system holds it in between.
    let mut idle = shop.connect_narrow().await;
    idle.send(get("/endless")).await;
    assert_eq!(shop.ask(&get("/")).await.code, 200);
    let held = shop.bytes_made();
    drop(idle);
    // Of these, some are all made but not all sent: their connections look idle, and are not.
    let mut wires = Vec::new();
    for size in (0..10).map(|step| held - 64 * 1024 + step * 24 * 1024) {
        let mut wire = shop.connect_narrow().await;
        wire.send(get(&format!("/sized/{size}"))).await;
        wires.push((wire, size));
    }
    assert_eq!(shop.ask(&get("/")).await.code, 200);
    shop.stopper.stop();
    shop.closed().await;
    for (mut wire, size) in wires {
        assert_eq!(wire.answer().await.body.len(), size);
    }
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn a_connection_just_made_at_the_stop_may_still_ask() {
    let shop = Shop::open(ServerConfig { body_time: millis(20), ..patient() }).await;
    let mut slow = shop.connect().await;
    slow.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n").await;
    let mut fresh = shop.connect().await;
    shop.stopper.stop();
    shop.closed().await;
    // Not before its time: the other one was open all the while, and silent.
    assert_eq!(slow.answer().await.code, 408);
    fresh.send(get("/")).await;
    let answer = fresh.answer().await;
    assert_eq!((answer.text(), answer.closes()), ("hello", true));
    drop((slow, fresh));
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn a_kept_connection_does_not_hold_up_the_end() {
    let shop = Shop::open(patient()).await;
    let mut kept = shop.connect().await;
    kept.send(get("/")).await;
    assert_eq!(kept.answer().await.code, 200);
    let mut silent = shop.connect().await;
    assert_eq!(shop.ask(&get("/")).await.code, 200);
    shop.stopper.stop();
    assert_eq!((kept.rest_as_text().await, silent.rest_as_text().await), (String::new(), String::new()));
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn a_request_half_sent_at_the_stop_is_answered() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send("GET / HTTP/1.1\r\nHost").await;
    // By the end of another's round trip the server has read that.
    assert_eq!(shop.ask(&get("/")).await.code, 200);
    shop.stopper.stop();
    shop.closed().await;
    wire.send(": x\r\n\r\n").await;
    let answer = wire.answer().await;
    assert_eq!((answer.text(), answer.closes()), ("hello", true));
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn during_the_drain_everybody_is_served_and_sent_elsewhere() {
    let shop = Shop::open(ServerConfig { drain: Duration::from_hours(1), ..patient() }).await;
    let mut kept = shop.connect().await;
    kept.send(get("/")).await;
    assert!(!kept.answer().await.closes());
    shop.stopper.stop();
    soon(async {
        while !shop.status.is_draining() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    kept.send(get("/")).await;
    let answer = kept.answer().await;
    assert_eq!((answer.code, answer.closes()), (200, true));
    assert_eq!(kept.rest_as_text().await, "");
    let answer = shop.ask(&get("/")).await;
    assert_eq!((answer.code, answer.closes()), (200, true));
    shop.stopper.stop();
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn the_drain_ends_by_itself() {
    let shop = Shop::open(ServerConfig { drain: millis(50), ..patient() }).await;
    shop.stopper.stop();
    shop.closed().await;
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn a_second_order_cuts_at_once_and_says_what() {
    let mut shop = Shop::open(patient()).await;
    let mut wires = [shop.connect().await, shop.connect().await];
    for wire in &mut wires {
        wire.send(get("/gated")).await;
        assert_eq!(shop.event().await, "entered");
    }
    shop.stopper.stop();
    shop.closed().await;
    shop.stopper.stop();
    for wire in &mut wires {
        assert_eq!(wire.rest_as_text().await, "");
    }
    assert_eq!(shop.outcome().await, Outcome::Cut(2));
}

#[tokio::test]
async fn what_outlasts_its_time_is_cut() {
    let mut shop = Shop::open(ServerConfig { shutdown: millis(50), ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send(get("/gated")).await;
    assert_eq!(shop.event().await, "entered");
    shop.stopper.stop();
    assert_eq!(wire.rest_as_text().await, "");
    assert_eq!(shop.event().await, "shut down");
    assert_eq!(shop.outcome().await, Outcome::Cut(1));
}

#[tokio::test]
async fn shutdown_fairings_run_after_the_last_request() {
    let mut shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send(get("/gated")).await;
    assert_eq!(shop.event().await, "entered");
    shop.stopper.stop();
    shop.closed().await;
    shop.let_out(1);
    assert_eq!(wire.answer().await.code, 200);
    assert_eq!((shop.event().await, shop.event().await), ("left", "shut down"));
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn an_endless_answer_learns_of_the_end() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send(get("/until-shutdown")).await;
    assert_eq!(wire.head().await.code, 200);
    assert_eq!(wire.exactly(10).await, b"5\r\nbegun\r\n");
    shop.stopper.stop();
    assert_eq!(wire.chunks().await.unwrap(), b" and done");
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn a_handler_can_end_the_server_as_on_rockets_own() {
    let shop = Shop::open(patient()).await;
    assert_eq!(shop.ask(&get("/stop")).await.text(), "as you wish");
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

/// Signals reach the whole process, so this one needs its own.
#[cfg(unix)]
#[tokio::test]
async fn the_first_signal_asks_and_the_second_forces() {
    if !is_alone() {
        return run_alone("ending::the_first_signal_asks_and_the_second_forces", "true");
    }
    let stop = Stop::on_signals().unwrap();
    let signal = |name: &str| {
        let itself = std::process::id().to_string();
        assert!(std::process::Command::new("kill").args([name, &itself]).status().unwrap().success());
    };
    signal("-TERM");
    soon(stop.requested()).await;
    assert!(stop.forced().now_or_never().is_none());
    signal("-INT");
    soon(stop.forced()).await;
}

#[tokio::test]
async fn connections_not_yet_accepted_at_the_stop_are_served() {
    use std::io::{Read, Write};
    let shop = Shop::open(patient()).await;
    // No await until the stop: the server cannot have seen any of these.
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = std::net::TcpStream::connect(shop.address).unwrap();
            stream.write_all(get("/").as_bytes()).unwrap();
            stream
        })
        .collect();
    shop.stopper.stop();
    assert_eq!(shop.outcome().await, Outcome::Finished);
    for mut stream in waiting {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer:?}");
    }
}

#[tokio::test]
async fn losing_the_stopper_stops_nothing() {
    let Shop { address, stopper, outcome, .. } = Shop::open(patient()).await;
    drop(stopper);
    for _ in 0..10 {
        let mut wire = Wire(TcpStream::connect(address).await.unwrap());
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.code, 200);
    }
    assert!(!outcome.is_finished());
}

#[get("/twice")]
fn one() {}

#[get("/twice")]
fn two() {}

#[tokio::test]
async fn a_router_that_cannot_be_launched_says_why() {
    let figment = rocket::Config::figment().merge(("log_level", "off"));
    let router = rocket::custom(figment.clone()).mount("/", routes![one, two]);
    let error = Server::new(router, ServerConfig::default()).await.unwrap_err().to_string();
    assert!(error.contains("/twice") && error.contains("collides with"), "{error}");
    let router = rocket::custom(figment.merge(("port", "no number")));
    let error = Server::new(router, ServerConfig::default()).await.unwrap_err().to_string();
    assert!(error.contains("port"), "{error}");
}
