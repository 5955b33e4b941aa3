//! The operator's command line.

fn main() -> std::process::ExitCode {
    vitrina::admin::main()
}
