//! The same values as trec_eval, topic by topic, on real and on random runs: `tests/trec_eval/run.py` does the work.

use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs trec_eval"]
fn values_are_those_of_trec_eval() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new("python3");
    command.arg(root.join("tests/trec_eval/run.py")).arg(env!("CARGO_BIN_EXE_dateline"));
    command.arg(scratch.join("trec_eval_venv")).arg(scratch);
    let collections = root.join("../shared/collections");
    match collections.exists() {
        true => drop(command.arg(collections)),
        false => eprintln!("no {}: random runs only", collections.display()),
    }
    let output = command.env_remove("DATELINE_INDEX").output().expect("python3");
    eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "values differ from trec_eval's");
}
