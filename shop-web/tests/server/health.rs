//! The health port.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rocket::async_trait;
use rocket::fairing::AdHoc;
use shop_web::server::{HealthServer, Probe, Status, Version};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::harness::{Answer, Shop, Wire, get, patient, soon};

/// Gives the answer that the test has set; none is an answer that never comes.
#[derive(Clone)]
struct Set(Arc<Mutex<Option<Result<(), String>>>>);

#[async_trait]
impl Probe for Set {
    async fn ready(&self) -> Result<(), String> {
        let answer = self.0.lock().unwrap().clone();
        match answer {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }
}

pub(crate) struct Port {
    pub(crate) shop: Shop,
    address: SocketAddr,
    probe: Set,
}

impl Port {
    pub(crate) async fn open() -> Self {
        Self::beside(Shop::open(patient()).await).await
    }

    pub(crate) async fn beside(shop: Shop) -> Self {
        let probe = Set(Arc::new(Mutex::new(Some(Ok(())))));
        let version = Version {
            version: "1.2.3".into(),
            commit: "0f3c2a1".into(),
            track: "a \"quoted\" \\ track\n".into(),
        };
        let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let address = SocketAddr::new([127, 0, 0, 1].into(), listener.local_addr().unwrap().port());
        tokio::spawn(HealthServer::new(shop.status.clone(), probe.clone(), version).serve(listener));
        Self { shop, address, probe }
    }

    pub(crate) async fn ask(&self, request: &str) -> Answer {
        let mut wire = Wire(TcpStream::connect(self.address).await.unwrap());
        wire.send(request).await;
        wire.answer().await
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        let answer = self.ask(&get(path)).await;
        (answer.code, answer.text().to_owned())
    }

    async fn post(&self, path: &str) -> u16 {
        self.ask(&get(path).replace("GET", "POST")).await.code
    }
}

#[tokio::test]
async fn liveness_and_version_ask_nobody() {
    let port = Port::open().await;
    *port.probe.0.lock().unwrap() = None;
    assert_eq!(port.get("/healthz").await, (200, "ok\n".to_owned()));
    let answer = port.ask(&get("/version")).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let version: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let expected =
        serde_json::json!({"version": "1.2.3", "commit": "0f3c2a1", "track": "a \"quoted\" \\ track\n"});
    assert_eq!(version, expected);
}

#[tokio::test]
async fn readiness_is_what_the_probe_says() {
    let port = Port::open().await;
    assert_eq!(port.get("/readiness").await, (200, "ready\n".to_owned()));
    *port.probe.0.lock().unwrap() = Some(Err("the store does not answer".to_owned()));
    assert_eq!(port.get("/readiness").await, (503, "the store does not answer\n".to_owned()));
}

#[tokio::test]
async fn a_probe_that_hangs_is_not_ready() {
    let port = Port::open().await;
    *port.probe.0.lock().unwrap() = None;
    assert_eq!(port.get("/readiness").await.0, 503);
}

#[tokio::test]
async fn an_instance_is_taken_out_and_brought_back_while_it_serves() {
    let port = Port::open().await;
    assert_eq!(port.post("/drain").await, 200);
    assert_eq!(port.get("/readiness").await, (503, "draining\n".to_owned()));
    let answer = port.shop.ask(&get("/")).await;
    assert_eq!((answer.code, answer.closes()), (200, true));
    assert_eq!(port.post("/undrain").await, 200);
    assert_eq!(port.get("/readiness").await.0, 200);
    assert!(!port.shop.ask(&get("/")).await.closes());
}

#[tokio::test]
async fn a_fairing_takes_the_instance_out_before_it_serves() {
    let router = rocket::build().attach(AdHoc::on_liftoff("not yet", |rocket| {
        Box::pin(async { rocket.state::<Status>().unwrap().drain() })
    }));
    let port = Port::beside(Shop::serving(patient(), router).await).await;
    assert_eq!(port.get("/readiness").await, (503, "draining\n".to_owned()));
    assert_eq!(port.post("/undrain").await, 200);
    assert_eq!(port.get("/readiness").await.0, 200);
}

#[tokio::test]
async fn readiness_turns_503_with_the_order_to_stop_and_stays_so() {
    let port = Port::open().await;
    port.shop.stopper.stop();
    soon(async { while port.get("/readiness").await.0 == 200 {} }).await;
    assert_eq!(port.post("/undrain").await, 200);
    assert_eq!(port.get("/readiness").await.0, 503);
    assert_eq!(port.get("/healthz").await.0, 200);
}

#[tokio::test]
async fn orders_come_from_programs_on_this_machine_only() {
    let port = Port::open().await;
    for header in [
        "Origin: http://127.0.0.1",
        "Sec-Fetch-Site: cross-site",
        "X-Forwarded-For: 1.2.3.4",
        "Forwarded: for=x",
    ] {
        let order = format!("POST /drain HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n");
        assert_eq!(port.ask(&order).await.code, 403, "{header}");
    }
    assert!(!port.shop.status.is_draining());
}

#[tokio::test]
async fn orders_from_another_machine_are_forbidden() {
    let port = Port::open().await;
    // This machine's own address on a network, if it has one, is as foreign as another machine's.
    let Some(address) = outward_address() else { return };
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(address, 0)).unwrap();
    let mut wire = Wire(socket.connect(SocketAddr::new(address, port.address.port())).await.unwrap());
    wire.send("POST /drain HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!(wire.answer().await.code, 403);
    assert!(!port.shop.status.is_draining());
}

/// Finds the address that this machine would send from; nothing is sent.
fn outward_address() -> Option<std::net::IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|address| !address.is_loopback())
}

#[tokio::test]
async fn each_route_has_its_method() {
    let port = Port::open().await;
    for path in ["/healthz", "/readiness", "/version", "/metrics"] {
        assert_eq!(port.post(path).await, 405, "{path}");
    }
    for path in ["/drain", "/undrain"] {
        let answer = port.ask(&get(path)).await;
        assert_eq!((answer.code, answer.header("allow")), (405, Some("POST")), "{path}");
    }
    assert_eq!(port.get("/").await.0, 404);
    let mut wire = Wire(TcpStream::connect(port.address).await.unwrap());
    wire.send(get("/healthz").replace("GET", "HEAD")).await;
    assert_eq!(wire.head().await.code, 200);
}
