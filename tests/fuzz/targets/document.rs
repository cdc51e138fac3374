#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    dateline_fuzz::read("a.rtf", b"{\\rtf1 ", bytes);
    dateline_fuzz::read("a.pdf", b"%PDF-1.7\n", bytes);
    dateline_fuzz::read_document(bytes);
});
