//! Pages of the catalog, kept for the blink of an eye.
//!
//! A signed-out page of the catalog is the same for everybody, a signed-in one is but for its
//! [gaps](crate::skeleton), so when many ask at once it is rendered once. It is kept so briefly that a change
//! of price or stock is on every replica's pages within a second, without any word between the replicas.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rocket::tokio::sync::OnceCell;
use shop_core::{Language, Timestamp};

use crate::etag::Etag;

/// A page as it is sent.
#[derive(Debug)]
pub(crate) struct FinishedPage {
    pub(crate) html: String,
    pub(crate) etag: Etag,
}

impl FinishedPage {
    pub(crate) fn new(html: String) -> Self {
        Self { etag: Etag::of(html.as_bytes()), html }
    }
}

/// What tells one finished page from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    /// Its language.
    pub(crate) language: Language,
    /// What its links start with: the base path, with the language if that stands in the address.
    pub(crate) prefix: &'static str,
    /// Its path in the one form that all ways of asking for it lead to.
    pub(crate) path: String,
}

#[derive(Debug)]
struct Entry<T, E> {
    /// When its data began to be read, or a moment before.
    born: Timestamp,
    page: OnceCell<Result<Arc<T>, E>>,
}

/// The pages of the last half second, in whatever form `T`, by what they show.
#[derive(Debug)]
pub(crate) struct PageCache<T, E> {
    entries: Mutex<HashMap<PageKey, Arc<Entry<T, E>>>>,
}

impl<T, E> Default for PageCache<T, E> {
    fn default() -> Self {
        Self { entries: Mutex::default() }
    }
}

/// How long a page is shown again; the rest of the second that is promised is for the store and the way to
/// the browser.
const LIFETIME: Duration = Duration::from_millis(500);
/// How many pages are kept at most: some 4 MB. When more are asked for within half a second, all begin anew.
const CAPACITY: usize = 256;

impl<T: Send + Sync, E: Clone + Send + Sync> PageCache<T, E> {
    /// The page under this key: the one that is kept, or the one that `make` comes to. Whoever asks meanwhile
    /// waits for it instead of making another; if it cannot be made, all who wait are told so at once, instead
    /// of trying one after the other, and the next one tries anew.
    pub(crate) async fn page(
        &self,
        key: PageKey,
        now: Timestamp,
        make: impl Future<Output = Result<T, E>> + Send,
    ) -> Result<Arc<T>, E> {
        let entry = self.entry(key, now);
        entry.page.get_or_init(|| async { make.await.map(Arc::new) }).await.clone()
    }

    fn entry(&self, key: PageKey, now: Timestamp) -> Arc<Entry<T, E>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(&key).filter(|entry| entry.holds(now)) {
            return Arc::clone(entry);
        }
        entries.retain(|_, entry| entry.holds(now));
        if entries.len() >= CAPACITY {
            entries.clear();
        }
        let entry = Arc::new(Entry { born: now, page: OnceCell::new() });
        entries.insert(key, Arc::clone(&entry));
        entry
    }
}

impl<T, E> Entry<T, E> {
    /// Whether it may still be shown, or waited for. A clock that was set back ends it too.
    fn holds(&self, now: Timestamp) -> bool {
        let has_failed = matches!(self.page.get(), Some(Err(_)));
        !has_failed && self.born <= now && now < self.born.plus(LIFETIME)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicU32, Ordering};

    use rocket::futures::future::join_all;
    use rocket::tokio;
    use rocket::tokio::time::Instant;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000_000);

    fn key(path: impl Into<String>) -> PageKey {
        PageKey { language: Language::English, prefix: "", path: path.into() }
    }

    #[tokio::test]
    async fn many_who_ask_at_once_wait_for_one() {
        let (cache, made) = (PageCache::default(), AtomicU32::new(0));
        let page = || async {
            tokio::task::yield_now().await;
            Ok::<_, Infallible>(made.fetch_add(1, Ordering::Relaxed))
        };
        let pages = join_all((0..100).map(|_| cache.page(key("/"), NOW, page()))).await;
        assert!(pages.into_iter().all(|page| page.is_ok_and(|page| *page == 0)));
        assert_eq!(made.into_inner(), 1);
    }

    #[tokio::test]
    async fn what_could_not_be_made_is_tried_again() {
        let cache = PageCache::default();
        assert_eq!(cache.page(key("/"), NOW, async { Err("broken") }).await, Err("broken"));
        assert_eq!(cache.page(key("/"), NOW, async { Ok::<_, &str>(1) }).await, Ok(Arc::new(1)));
    }

    #[tokio::test(start_paused = true)]
    async fn all_who_waited_for_one_attempt_fail_with_it() {
        let (cache, tried) = (PageCache::<(), _>::default(), AtomicU32::new(0));
        let hanging = || async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            Err(tried.fetch_add(1, Ordering::Relaxed))
        };
        let began = Instant::now();
        let pages = join_all((0..50).map(|_| cache.page(key("/"), NOW, hanging()))).await;
        assert_eq!((pages, began.elapsed()), (vec![Err(0); 50], Duration::from_secs(2)));
        assert_eq!(cache.page(key("/"), NOW, hanging()).await, Err(1), "the next one tries anew");
    }

    #[tokio::test]
    async fn who_goes_away_leaves_the_attempt_to_those_who_wait() {
        let cache = PageCache::default();
        let first = cache.page(key("/"), NOW, std::future::pending::<Result<_, Infallible>>());
        let second = cache.page(key("/"), NOW, async { Ok::<_, Infallible>(2) });
        tokio::select! {
            biased;
            _ = first => panic!("it never comes back"),
            () = tokio::task::yield_now() => {}
        }
        assert_eq!(second.await, Ok(Arc::new(2)));
    }

    #[tokio::test]
    async fn no_more_is_kept_than_there_is_room_for() {
        let cache = PageCache::default();
        for number in 0..3 * CAPACITY {
            cache.page(key(number.to_string()), NOW, async { Ok::<_, Infallible>(()) }).await.expect("made");
            assert!(cache.entries.lock().expect("no panic").len() <= CAPACITY);
        }
        let later = NOW.plus(LIFETIME);
        cache.page(key("/"), later, async { Ok::<_, Infallible>(()) }).await.expect("made");
        assert_eq!(cache.entries.lock().expect("no panic").len(), 1, "what has had its time goes");
    }
}
