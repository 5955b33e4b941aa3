//! A shop with a few telling routes, and a client that speaks raw HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::figment::Figment;
use rocket::futures::stream::{self, Stream};
use rocket::http::{ContentType, CookieJar, Status as Code};
use rocket::response::stream::ByteStream;
use rocket::{Build, Data, Request, Rocket, Shutdown, State, get, post, routes};
use shop_web::ClientAddress;
use shop_web::server::{Outcome, Server, ServerConfig, Status, Stop, Stopper};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;

/// Far more than any test needs, and less than anyone's patience.
const SOON: Duration = Duration::from_secs(30);

/// Awaits something that must come soon.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, future).await.expect("it must come soon")
}

pub(crate) fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// The limits of a test that is about another one: none is ever met.
pub(crate) fn patient() -> ServerConfig {
    let hour = Duration::from_hours(1);
    ServerConfig {
        header_time: hour,
        body_time: hour,
        idle_time: hour,
        shutdown: hour,
        ..ServerConfig::default()
    }
}

/// What the routes share with the test.
pub(crate) struct Stage {
    /// Tells of each request that has entered `/gated`, and of what else the routes have to tell.
    events: mpsc::UnboundedSender<&'static str>,
    /// Lets requests out of `/gated`.
    gate: Semaphore,
    /// Bytes that `/endless` has made.
    made: AtomicUsize,
}

#[get("/")]
fn hello() -> &'static str {
    "hello"
}

#[get("/seen/<_..>")]
fn seen(request: Seen) -> String {
    request.0
}

/// Everything that a request shows a handler.
struct Seen(String);

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Seen {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> rocket::request::Outcome<Self, Self::Error> {
        let mut lines = vec![
            format!("uri {}", request.uri()),
            format!("host {:?}", request.host().map(ToString::to_string)),
            format!("client {:?}", request.client_ip()),
            format!("guard {:?}", ClientAddress::of(request).0),
        ];
        lines.extend(request.headers().iter().map(|header| format!("header {header}")));
        lines.extend(request.cookies().iter().map(|cookie| format!("cookie {}", cookie.stripped())));
        rocket::request::Outcome::Success(Self(lines.join("\n")))
    }
}

#[post("/echo", data = "<data>")]
async fn echo(data: Data<'_>) -> Vec<u8> {
    data.open(rocket::data::ByteUnit::max_value()).into_bytes().await.unwrap().into_inner()
}

#[get("/gated")]
async fn gated(stage: &State<Arc<Stage>>) -> &'static str {
    let _told = stage.events.send("entered");
    stage.gate.acquire().await.unwrap().forget();
    let _told = stage.events.send("left");
    "let out"
}

/// A mebibyte in which every position can be told from any other.
pub(crate) fn long_body() -> Vec<u8> {
    (0_u32..262_144).flat_map(u32::to_le_bytes).collect()
}

#[get("/long")]
fn long() -> Vec<u8> {
    long_body()
}

#[get("/sized/<size>")]
fn sized(size: usize) -> Vec<u8> {
    vec![b'x'; size]
}

#[get("/pieces")]
fn pieces() -> ByteStream<impl Stream<Item = Vec<u8>>> {
    ByteStream(stream::iter(long_body().chunks(1000).map(<[u8]>::to_vec).collect::<Vec<_>>()))
}

#[get("/endless")]
fn endless(stage: &State<Arc<Stage>>) -> ByteStream<impl Stream<Item = Vec<u8>> + use<>> {
    let stage = Arc::clone(stage);
    ByteStream(stream::repeat_with(move || {
        stage.made.fetch_add(1000, SeqCst);
        vec![b'x'; 1000]
    }))
}

#[get("/until-shutdown")]
fn until_shutdown(shutdown: Shutdown) -> ByteStream<impl Stream<Item = Vec<u8>>> {
    use rocket::futures::StreamExt;
    let first = stream::once(async { b"begun".to_vec() });
    ByteStream(first.chain(stream::once(async move {
        shutdown.await;
        b" and done".to_vec()
    })))
}

#[get("/stop")]
fn stop(shutdown: Shutdown) -> &'static str {
    shutdown.notify();
    "as you wish"
}

/// Gives one piece, waits to be let out, and panics.
#[get("/broken-stream")]
fn broken_stream(stage: &State<Arc<Stage>>) -> ByteStream<impl Stream<Item = Vec<u8>> + use<>> {
    use rocket::futures::StreamExt;
    let stage = Arc::clone(stage);
    let first = stream::once(async { b"begun".to_vec() });
    ByteStream(first.chain(stream::once(async move {
        stage.gate.acquire().await.unwrap().forget();
        panic!("as planned")
    })))
}

#[get("/panic")]
fn panics() -> &'static str {
    panic!("as planned")
}

#[get("/unchanged")]
fn unchanged() -> (Code, (ContentType, &'static str)) {
    (Code::NotModified, (ContentType::Plain, "unseen"))
}

#[get("/nothing")]
fn nothing() -> Code {
    Code::NoContent
}

#[get("/bad-header")]
fn bad_header() -> BadHeader {
    BadHeader
}

struct BadHeader;

impl<'r> rocket::response::Responder<'r, 'static> for BadHeader {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        rocket::Response::build().raw_header("X-Split", "one\r\nX-Two: two").ok()
    }
}

#[post("/cookies")]
fn set_cookies(jar: &CookieJar<'_>) {
    jar.add(("one", "1"));
    jar.add(("two", "2"));
}

fn router(stage: Arc<Stage>, figment: Figment) -> Rocket<Build> {
    let ending = Arc::clone(&stage);
    rocket::custom(figment)
        .manage(stage)
        .mount("/", routes![hello, seen, echo, gated, long, sized, pieces, endless, until_shutdown, stop])
        .mount("/", routes![broken_stream, panics, unchanged, nothing, bad_header, set_cookies])
        .attach(AdHoc::on_request("a fairing that fails", |request, _| {
            Box::pin(async move { assert!(request.uri().path() != "/fairing-panic", "as planned") })
        }))
        .attach(AdHoc::on_shutdown("a last word", |_| {
            Box::pin(async move {
                let _told = ending.events.send("shut down");
            })
        }))
}

/// A running server.
pub(crate) struct Shop {
    pub(crate) address: SocketAddr,
    pub(crate) status: Status,
    pub(crate) stopper: Stopper,
    pub(crate) outcome: JoinHandle<Outcome>,
    pub(crate) events: mpsc::UnboundedReceiver<&'static str>,
    stage: Arc<Stage>,
}

impl Shop {
    pub(crate) async fn open(config: ServerConfig) -> Self {
        Self::configured(config, rocket::Config::figment()).await
    }

    pub(crate) async fn configured(config: ServerConfig, figment: Figment) -> Self {
        let (events, told) = mpsc::unbounded_channel();
        let stage = Arc::new(Stage { events, gate: Semaphore::new(0), made: AtomicUsize::new(0) });
        let router = router(Arc::clone(&stage), figment.merge(("log_level", "off")));
        Self::launched(config, router, stage, told).await
    }

    /// Serves another router.
    pub(crate) async fn serving(config: ServerConfig, router: Rocket<Build>) -> Self {
        let (events, told) = mpsc::unbounded_channel();
        let stage = Arc::new(Stage { events, gate: Semaphore::new(0), made: AtomicUsize::new(0) });
        Self::launched(config, router, stage, told).await
    }

    async fn launched(
        config: ServerConfig,
        router: Rocket<Build>,
        stage: Arc<Stage>,
        told: mpsc::UnboundedReceiver<&'static str>,
    ) -> Self {
        let server = Server::new(router, config).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stopper, stop) = Stop::new();
        let status = server.status();
        let outcome = tokio::spawn(server.serve(listener, stop));
        Self { address, status, stopper, outcome, events: told, stage }
    }

    pub(crate) async fn connect(&self) -> Wire {
        Wire(soon(TcpStream::connect(self.address)).await.unwrap())
    }

    /// Connects from another of this machine's loopback addresses.
    pub(crate) async fn connect_from(&self, address: &str) -> Wire {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(address.parse().unwrap(), 0)).unwrap();
        Wire(soon(socket.connect(self.address)).await.unwrap())
    }

    /// Connects as a client for which the operating system keeps little.
    pub(crate) async fn connect_narrow(&self) -> Wire {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        Wire(soon(socket.connect(self.address)).await.unwrap())
    }

    /// Sends one request over a connection of its own.
    pub(crate) async fn ask(&self, request: &str) -> Answer {
        let mut wire = self.connect().await;
        wire.send(request).await;
        wire.answer().await
    }

    pub(crate) async fn event(&mut self) -> &'static str {
        soon(self.events.recv()).await.unwrap()
    }

    /// Lets as many requests out of `/gated`.
    pub(crate) fn let_out(&self, requests: usize) {
        self.stage.gate.add_permits(requests);
    }

    pub(crate) fn bytes_made(&self) -> usize {
        self.stage.made.load(SeqCst)
    }

    pub(crate) async fn outcome(self) -> Outcome {
        soon(self.outcome).await.unwrap()
    }

    /// Waits until a new connection is refused by the operating system.
    pub(crate) async fn closed(&self) {
        soon(async { while TcpStream::connect(self.address).await.is_ok() {} }).await;
    }
}

/// Names the variable that tells a test that it runs in a process of its own.
const ALONE: &str = "SHOP_TEST_ALONE";

pub(crate) fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs one test of this crate again, in a process of its own that a shell has prepared.
pub(crate) fn run_alone(test: &str, prepare: &str) {
    let ran = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!(r#"{prepare} && exec "$0" --exact server::{test}"#))
        .arg(std::env::current_exe().unwrap())
        .env(ALONE, "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
}

/// A GET of `path` as a browser sends it, without the headers nobody looks at.
pub(crate) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: shop.example\r\n\r\n")
}

/// A client's end of a connection.
pub(crate) struct Wire(pub(crate) TcpStream);

/// An answer as it came over the wire, header names in lower case.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn closes(&self) -> bool {
        self.header("connection") == Some("close")
    }
}

impl Wire {
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        soon(self.0.write_all(bytes.as_ref())).await.unwrap();
    }

    /// Reads whatever comes until the server closes.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        // A reset is an end too; what came before it counts.
        let _ = soon(self.0.read_to_end(&mut rest)).await;
        rest
    }

    pub(crate) async fn rest_as_text(&mut self) -> String {
        String::from_utf8(self.rest().await).unwrap()
    }

    /// Reads the answer to anything but HEAD.
    pub(crate) async fn answer(&mut self) -> Answer {
        let mut answer = self.head().await;
        answer.body = match (answer.header("content-length"), answer.header("transfer-encoding")) {
            (Some(length), None) => self.exactly(length.parse().unwrap()).await,
            (None, Some("chunked")) => self.chunks().await.expect("a complete body"),
            (None, None) if matches!(answer.code, 100 | 204 | 304) => Vec::new(),
            (None, None) => self.rest().await,
            framing => panic!("{framing:?}"),
        };
        answer
    }

    /// Reads an answer as far as the end of its headers.
    pub(crate) async fn head(&mut self) -> Answer {
        let status = self.line().await;
        let code = status.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line().await;
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        Answer { code, headers, body: Vec::new() }
    }

    /// Reads chunks until the last, or none if the connection ends before it.
    pub(crate) async fn chunks(&mut self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(&self.try_line().await?, 16).unwrap();
            body.extend(self.exactly(size).await);
            assert_eq!(self.line().await, "");
            if size == 0 {
                return Some(body);
            }
        }
    }

    pub(crate) async fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        soon(self.0.read_exact(&mut bytes)).await.unwrap();
        bytes
    }

    async fn line(&mut self) -> String {
        self.try_line().await.expect("a line")
    }

    async fn try_line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(soon(self.0.read_u8()).await.ok()?);
        }
        line.truncate(line.len() - 2);
        Some(String::from_utf8(line).unwrap())
    }
}
