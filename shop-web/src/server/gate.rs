//! The gate: takes connections in, keeps them within their number, and sees them out.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::future::{Future, poll_fn};
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinError, JoinSet};

use super::client_address::TrustedProxies;
use super::config::ServerConfig;
use super::connection::{Farewell, Handler, Terms, farewell, serve};
use super::status::{RefusedConnection, Status};

/// Pause after an accept that failed for want of something, such as file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Longest wait for connections that were cut to be gone.
const ABORT_TIME: Duration = Duration::from_millis(200);
/// Most refused connections that are told why; any further one is closed without a word.
const FAREWELLS: usize = 256;

/// Takes the connections of one listener.
pub(super) struct Gate<H> {
    terms: Arc<Terms<H>>,
    closing: watch::Sender<bool>,
    admission: Arc<Admission>,
    farewells: Arc<Semaphore>,
    connections: JoinSet<()>,
}

impl<H: Handler> Gate<H> {
    pub(super) fn new(handler: H, config: &ServerConfig, status: Status) -> Self {
        let (closing, closed) = watch::channel(false);
        let terms = Terms {
            handler: Arc::new(handler),
            header_time: config.header_time,
            idle_time: config.idle_time,
            status: status.clone(),
            closing: closed,
        };
        Self {
            terms: Arc::new(terms),
            closing,
            admission: Arc::new(Admission::new(config, status)),
            farewells: Arc::new(Semaphore::new(FAREWELLS)),
            connections: JoinSet::new(),
        }
    }

    /// Takes connections until `end`.
    pub(super) async fn accept_until(
        &mut self,
        listener: &TcpListener,
        end: impl Future<Output = ()> + Send,
    ) {
        let mut end = std::pin::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => return,
                (stream, peer) = accept(listener) => self.admit(stream, peer),
                Some(ended) = self.connections.join_next() => log_panic(ended),
            }
        }
    }

    /// Takes the connections that the operating system has completed already.
    pub(super) async fn accept_waiting(&mut self, listener: &TcpListener) {
        while let Poll::Ready(Ok((stream, peer))) = poll_fn(|cx| Poll::Ready(listener.poll_accept(cx))).await
        {
            self.admit(stream, peer);
        }
    }

    fn admit(&mut self, stream: TcpStream, peer: SocketAddr) {
        // Answers are written whole, so there is nothing to wait for. A failure only costs speed.
        let _ = stream.set_nodelay(true);
        match self.admission.admit(peer.ip()) {
            Ok(permit) => {
                let terms = Arc::clone(&self.terms);
                self.connections.spawn(async move {
                    serve(stream, peer, terms).await;
                    drop(permit);
                });
            }
            Err(reason) => self.turn_away(stream, reason),
        }
    }

    fn turn_away(&mut self, stream: TcpStream, reason: RefusedConnection) {
        self.terms.status.connection_refused(reason);
        let Ok(permit) = Arc::clone(&self.farewells).try_acquire_owned() else { return };
        self.connections.spawn(async move {
            farewell(stream, Farewell::TooManyConnections).await;
            drop(permit);
        });
    }

    /// Lets the connections end, each as soon as it rests, until `end`; whatever still runs then is cut.
    ///
    /// Returns the number of requests cut.
    pub(super) async fn close(mut self, end: impl Future<Output = ()> + Send) -> usize {
        self.closing.send_replace(true);
        let mut end = std::pin::pin!(end);
        loop {
            tokio::select! {
                biased;
                ended = self.connections.join_next() => match ended {
                    Some(ended) => log_panic(ended),
                    None => return 0,
                },
                () = &mut end => break,
            }
        }
        let cut = self.terms.status.in_flight();
        self.connections.abort_all();
        // What blocks its thread cannot be aborted, and is left behind.
        let _ =
            tokio::time::timeout(ABORT_TIME, async { while self.connections.join_next().await.is_some() {} })
                .await;
        cut
    }
}

/// Accepts the next connection, whatever becomes of others.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if concerns_one(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections for now");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Tells whether an accept failed because of the connection it would have given.
fn concerns_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

fn log_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection's task failed");
    }
}

/// Counts the open connections and holds them to their limits.
struct Admission {
    max_total: usize,
    max_per_address: usize,
    exempt: TrustedProxies,
    status: Status,
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

impl Admission {
    fn new(config: &ServerConfig, status: Status) -> Self {
        Self {
            max_total: config.max_connections,
            max_per_address: config.max_connections_per_address,
            exempt: TrustedProxies::new(config.trusted_proxies.clone()),
            status,
            by_address: Mutex::default(),
        }
    }

    fn admit(self: &Arc<Self>, peer: IpAddr) -> Result<Permit, RefusedConnection> {
        if self.status.connections() >= self.max_total {
            return Err(RefusedConnection::Total);
        }
        let address = (!self.exempt.contains(peer)).then(|| household(peer));
        if let Some(address) = address {
            self.count(address)?;
        }
        self.status.connection_opened();
        Ok(Permit { admission: Arc::clone(self), address })
    }

    fn count(&self, address: IpAddr) -> Result<(), RefusedConnection> {
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let open = counts.get(&address).copied().unwrap_or(0);
        if open >= self.max_per_address {
            return Err(RefusedConnection::Address);
        }
        counts.insert(address, open + 1);
        Ok(())
    }

    fn discount(&self, address: IpAddr) {
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut open) = counts.entry(address) {
            *open.get_mut() -= 1;
            if *open.get() == 0 {
                open.remove();
            }
        }
    }
}

/// A connection's place among those admitted.
struct Permit {
    admission: Arc<Admission>,
    address: Option<IpAddr>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(address) = self.address {
            self.admission.discount(address);
        }
        self.admission.status.connection_closed();
    }
}

/// Finds what counts as one address: all of an IPv4 address, the network half of an IPv6 one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_one_customer_has() {
        let cases = [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("::1", "::"),
        ];
        for (address, expected) in cases {
            assert_eq!(household(address.parse().unwrap()).to_string(), expected);
        }
    }

    #[test]
    fn places_are_given_back_to_the_last() {
        let config =
            ServerConfig { max_connections: 3, max_connections_per_address: 2, ..ServerConfig::default() };
        let status = Status::default();
        let admission = Arc::new(Admission::new(&config, status.clone()));
        let [one, other]: [IpAddr; 2] = [[192, 0, 2, 1].into(), [192, 0, 2, 2].into()];
        let first = admission.admit(one).ok().unwrap();
        let second = admission.admit(one).ok().unwrap();
        assert_eq!(admission.admit(one).err(), Some(RefusedConnection::Address));
        let third = admission.admit(other).ok().unwrap();
        assert_eq!(admission.admit(other).err(), Some(RefusedConnection::Total));
        drop(first);
        assert_eq!(status.connections(), 2);
        let fourth = admission.admit(one).ok().unwrap();
        drop((second, third, fourth));
        assert_eq!(status.connections(), 0);
        assert!(admission.by_address.lock().unwrap().is_empty());
    }
}
