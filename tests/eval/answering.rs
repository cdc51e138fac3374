//! The archive's own answers under judgment: topics as `dateline batch` takes them, and topics without answers.

use std::fs;

use tempfile::TempDir;

use super::support::{archive, dateline, dateline_fed};

const TREC: &str = "<top>\n<num> Number: 1\n<title> Helsinki -venue\n<desc> Description:\nThe tram line\n</top>\n\
                    <top>\n<num> Number: 2\n<title> +harvest\n<desc> Description:\nA dry spring\n</top>\n";
const GATE: &str = "eval --qrels qrels --baseline floor.json";

fn write(dir: &TempDir, name: &str, text: &str) {
    fs::write(dir.path().join(name), text).expect("written");
}

fn read(dir: &TempDir, name: &str) -> String {
    fs::read_to_string(dir.path().join(name)).expect("a file")
}

#[test]
fn topics_are_asked_as_batch_asks_them_and_what_matters_is_recorded() {
    let dir = archive();
    write(&dir, "topics", TREC);
    write(&dir, "tabs", "<1\tHelsinki\n2\tharvest\n");
    let made = dateline(dir.path(), &format!("{GATE} --topics topics --update-baseline"));
    assert_eq!(made.status, 0, "{made:?}");
    assert!(read(&dir, "floor.json").contains("\"settings\": \"1000 articles a topic\""), "as it has always been");
    let changed = "changed since the baseline: settings, from 1000 articles a topic to 1000 articles a topic";
    for (flags, said) in [
        ("", "unchanged: analyzer, articles, language, qrels, scoring, settings, topics\n".to_owned()),
        ("--threads 1 --topics-format trec", "scoring, settings, topics\n".to_owned()),
        ("--description", format!("{changed}, with descriptions\n")),
        ("--syntax", format!("{changed}, in the query language\n")),
        ("--syntax --description", format!("{changed}, with descriptions, in the query language\n")),
    ] {
        let run = dateline(dir.path(), &format!("batch topics {flags}"));
        write(&dir, "run", &run.stdout);
        let scored = dateline(dir.path(), "eval run qrels -c -q").stdout;
        let answered = dateline(dir.path(), &format!("eval --topics topics --qrels qrels -q {flags}"));
        assert_eq!((answered.stdout.as_str(), answered.status), (scored.as_str(), 0), "{flags}");
        let gated = dateline(dir.path(), &format!("{GATE} --topics topics {flags}"));
        assert!(gated.stdout.contains(&said), "{flags}: {gated:?}");
        let fed = dateline_fed(dir.path(), &format!("{GATE} --topics - {flags}"), TREC);
        assert_eq!((fed.stdout, fed.status), (gated.stdout, gated.status), "{flags} from standard input");
    }
    let forced = dateline(dir.path(), "eval --topics tabs --topics-format tsv --qrels qrels");
    assert_eq!(forced.status, 0, "{forced:?}");
    let alone = dateline(dir.path(), "eval run qrels --syntax");
    assert!(alone.status == 2 && alone.stderr.contains("'[RUN]' cannot be used with '--syntax'"), "{alone:?}");
}

#[test]
fn topics_without_answers_are_errors() {
    let dir = archive();
    let made = dateline(dir.path(), &format!("{GATE} --topics topics.tsv --update-baseline"));
    assert_eq!(made.status, 0, "{made:?}");
    let floor = read(&dir, "floor.json");
    write(
        &dir,
        "t.jsonl",
        "{\"id\":1,\"query\":\"Helsinki venue\"}\n{oops\n\
         {\"id\":2,\"query\":\"harvest\",\"filters\":{\"after\":\"<soon>\"}}\n",
    );
    let text = dateline(dir.path(), &format!("{GATE} --topics t.jsonl --junit results.xml"));
    assert_eq!(text.status, 2, "{text:?}");
    let told = "2 topics could not be answered: t.jsonl: line 2, 2";
    assert!(text.stdout.starts_with(&format!("ranking gate failed\n  {told}\n  mean nDCG@10 fell")), "{text:?}");
    for said in ["dateline: t.jsonl: line 2: ", "dateline: t.jsonl: line 3: topic 2: --after \"<soon>\" is no date; "] {
        assert!(text.stderr.contains(said), "{said}: {text:?}");
    }
    let json = dateline(dir.path(), &format!("{GATE} --topics t.jsonl --format json"));
    for part in [
        format!("{{\"passed\":false,\"reasons\":[\"{told}\","),
        "\"unanswered\":[{\"topic\":\"t.jsonl: line 2\",\"message\":\"t.jsonl: line 2: ".to_owned(),
    ] {
        assert!(json.status == 2 && json.stdout.contains(&part), "{part}: {json:?}");
    }
    let xml = read(&dir, "results.xml");
    for part in [
        " errors=\"2\" ",
        "<testcase classname=\"ranking.topic\" name=\"1\"></testcase>",
        "<testcase classname=\"ranking.topic\" name=\"t.jsonl: line 2\"><error message=\"t.jsonl: line 2: ",
        "name=\"2\"><error message=\"t.jsonl: line 3: topic 2: --after &quot;&lt;soon&gt;&quot; is no date; ",
    ] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    assert_eq!(xml.matches("name=\"2\"").count(), 1, "a topic is one case: {xml}");
    let update = dateline(dir.path(), &format!("{GATE} --topics t.jsonl --update-baseline --allow-drop"));
    assert!(update.status == 2 && update.stderr.contains("floor.json: no update while topics"), "{update:?}");
    assert_eq!(read(&dir, "floor.json"), floor);
    write(&dir, "t.jsonl", "{oops\n");
    let none = dateline(dir.path(), &format!("{GATE} --topics t.jsonl --junit results.xml"));
    let printed = "ranking gate failed\n  1 topic could not be answered: t.jsonl: line 1\n";
    assert_eq!((none.stdout.as_str(), none.status), (printed, 2), "{none:?}");
    assert!(read(&dir, "results.xml").contains("tests=\"1\" failures=\"0\" errors=\"1\""));
}
