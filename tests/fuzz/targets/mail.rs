#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_fuzz::read(
    "a.eml",
    b"From: Ada <ada@a.example>\nSubject: Lamps\n",
    bytes
));
