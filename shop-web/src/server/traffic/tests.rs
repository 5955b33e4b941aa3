use super::*;

fn traffic(patterns: &[&str]) -> Traffic {
    let traffic = Traffic::default();
    traffic.routes.set(Routes::new(patterns.iter().copied())).unwrap();
    traffic
}

fn told(traffic: &Traffic) -> Vec<(&str, &'static str, String, u64)> {
    traffic.counts().map(|count| (count.route, count.method, count.status, count.answers)).collect()
}

#[test]
fn methods_that_are_not_known_are_one() {
    for (method, expected) in [("GET", "GET"), ("OPTIONS", "OPTIONS"), ("BREW", "OTHER"), ("get", "OTHER")] {
        assert_eq!(label(&Method::from_bytes(method.as_bytes()).unwrap()), expected);
    }
    assert_eq!(label(&Method::TRACE), "OTHER");
    assert_eq!(label(&Method::CONNECT), "OTHER");
}

#[test]
fn routes_with_the_same_pattern_are_one() {
    let traffic = traffic(&["/login", "/cart", "/login"]);
    assert_eq!(
        [Some(0), Some(1), Some(2), None].map(|route| traffic.pattern(route)),
        ["/cart", "/login", "unrouted", "unrouted"]
    );
}

#[test]
fn answers_are_told_by_route_method_and_status() {
    let traffic = traffic(&["/", "/login"]);
    assert_eq!((told(&traffic), traffic.timings().count()), (vec![], 0));
    for (route, method, status) in [
        (Some(1), "GET", 200),
        (Some(1), "GET", 200),
        (Some(1), "POST", 303),
        (Some(0), "OTHER", 100),
        (None, "GET", 599),
    ] {
        traffic.count(route, method, StatusCode::from_u16(status).unwrap(), Duration::ZERO);
    }
    let expected = [
        ("unrouted", "GET", "599".to_owned(), 1),
        ("/", "OTHER", "100".to_owned(), 1),
        ("/login", "GET", "200".to_owned(), 2),
        ("/login", "POST", "303".to_owned(), 1),
    ];
    assert_eq!(told(&traffic), expected);
}

#[test]
fn a_status_that_nobody_knows_is_not_counted() {
    let traffic = traffic(&["/"]);
    traffic.count(Some(0), "GET", StatusCode::from_u16(999).unwrap(), Duration::ZERO);
    assert_eq!(told(&traffic), vec![]);
}

#[test]
fn a_duration_belongs_to_the_first_class_that_it_fits() {
    let traffic = traffic(&["/"]);
    for micros in [0, 1_000, 1_001, 10_000_000, 10_000_001] {
        traffic.count(Some(0), "GET", StatusCode::OK, Duration::from_micros(micros));
    }
    let timings: Vec<_> = traffic.timings().collect();
    let Timing { route, sum, classes } = &timings[0];
    assert_eq!((timings.len(), *route), (1, "/"));
    assert!((sum - 20.002_002).abs() < 1e-9, "{sum}");
    let taken: Vec<_> = classes.iter().filter(|(_, answers)| *answers > 0).copied().collect();
    assert_eq!(taken, [(0.001, 2), (0.0025, 1), (10.0, 1), (f64::INFINITY, 1)]);
    assert!(classes.windows(2).all(|pair| pair[0].0 < pair[1].0), "{classes:?}");
}
