//! The shop.

fn main() -> std::process::ExitCode {
    vitrina::web::main()
}
