//! Reading the cart code, beside a plain scan of the same bytes.

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use shop_core::cart::code;

fn main() {
    divan::main();
}

/// What the benches read.
#[derive(Clone, Copy, Debug)]
enum Code {
    /// 100 lines with SKUs like the sample catalog's: some 950 bytes.
    Everyday,
    /// The longest code that there may be: 100 lines with SKUs of 32 characters, 3.7 KB.
    Longest,
}

const CODES: [Code; 2] = [Code::Everyday, Code::Longest];

impl Code {
    fn text(self) -> String {
        let line = |number: u16| match self {
            Self::Everyday => format!("AMTR{number:02}={}", number % 20 + 1),
            Self::Longest => format!("{number:032}={}", 900 + number % 100),
        };
        (0..100).map(line).collect::<Vec<_>>().join(";")
    }
}

/// The yardstick: one pass over the bytes that counts separators.
fn scan(code: &str) -> usize {
    let mut separators = 0;
    for &byte in code.as_bytes() {
        // Keeps the loop a byte at a time: what it is compared with must decide at every byte.
        separators += usize::from(black_box(byte) == b';');
    }
    separators
}

#[divan::bench(args = CODES)]
fn plain_scan(bencher: Bencher<'_, '_>, code: Code) {
    let code = &*code.text();
    bencher.counter(BytesCount::of_str(code)).bench(|| scan(black_box(code)));
}

#[divan::bench(args = CODES)]
fn lines(bencher: Bencher<'_, '_>, code: Code) {
    let code = &*code.text();
    bencher.counter(BytesCount::of_str(code)).bench(|| code::lines(black_box(code)).flatten().count());
}

#[divan::bench(args = CODES)]
fn parse(bencher: Bencher<'_, '_>, code: Code) {
    let code = &*code.text();
    bencher.counter(BytesCount::of_str(code)).bench(|| code::parse(black_box(code)));
}

#[divan::bench(args = CODES)]
fn write(bencher: Bencher<'_, '_>, code: Code) {
    let code = &*code.text();
    let cart = code::parse(code).unwrap_or_default();
    bencher.counter(BytesCount::of_str(code)).bench(|| black_box(&cart).to_string());
}
