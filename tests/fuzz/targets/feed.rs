#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_fuzz::read(
    "a.xml",
    b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>",
    bytes
));
