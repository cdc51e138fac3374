//! The articles of a JSON-lines file in every form.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::Outcome;

/// A form, and where the articles stand in it.
pub struct Form {
    pub name: &'static str,
    pub path: PathBuf,
}

struct Article {
    id: String,
    outlet: String,
    date: String,
    headline: String,
    body: String,
}

/// Writes every form into `dir`.
pub fn write(file: &Path, dir: &Path) -> Outcome<Vec<Form>> {
    let articles = read(file)?;
    let form = |name, below: &str| Form { name, path: dir.join(below) };
    let forms = vec![
        Form { name: "JSON lines", path: file.to_path_buf() },
        form("JSON lines, gzip", "articles.jsonl.gz"),
        form("CSV", "articles.csv"),
        form("text, a file an article", "text"),
        form("HTML, a file an article", "html"),
        form("WARC, gzip a record", "pages.warc.gz"),
        form("RSS", "feed.rss"),
    ];
    let mut packed = GzEncoder::new(File::create(&forms[1].path)?, Compression::default());
    std::io::copy(&mut File::open(file)?, &mut packed)?;
    packed.finish()?;
    csv(&articles, &forms[2].path)?;
    each(&articles, &forms[3].path, "txt", |article| {
        format!("{}\n\n{}\n{}\n\n{}\n", article.headline, article.outlet, article.date, article.body)
    })?;
    each(&articles, &forms[4].path, "html", page)?;
    warc(&articles, &forms[5].path)?;
    feed(&articles, &forms[6].path)?;
    Ok(forms)
}

fn read(file: &Path) -> Outcome<Vec<Article>> {
    let mut articles = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let value: Value = serde_json::from_str(&line?)?;
        let text = |keys: [&str; 2]| keys.iter().find_map(|key| value[key].as_str()).unwrap_or_default().to_owned();
        articles.push(Article {
            id: format!("a{}", articles.len()),
            outlet: text(["outlet", "source"]),
            date: text(["date", "published"]),
            headline: text(["headline", "title"]),
            body: text(["body", "text"]),
        });
    }
    Ok(articles)
}

fn csv(articles: &[Article], path: &Path) -> Outcome<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["id", "outlet", "date", "headline", "body"])?;
    for a in articles {
        writer.write_record([&a.id, &a.outlet, &a.date, &a.headline, &a.body])?;
    }
    Ok(writer.flush()?)
}

fn each(articles: &[Article], dir: &Path, extension: &str, text: impl Fn(&Article) -> String) -> Outcome<()> {
    fs::create_dir_all(dir)?;
    for article in articles {
        fs::write(dir.join(format!("{}.{extension}", article.id)), text(article))?;
    }
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(article: &Article) -> String {
    let body: String = article.body.split("\n").map(|p| format!("<p>{}</p>\n", escaped(p))).collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{0}</title><meta property=\"og:site_name\" content=\"{1}\">\
         <meta property=\"article:published_time\" content=\"{2}\"></head>\n<body><nav><ul><li><a href=\"/\">Home</a></li></ul></nav>\n\
         <article><h1>{0}</h1>\n{body}</article>\n<footer>About us</footer></body></html>\n",
        escaped(&article.headline),
        escaped(&article.outlet),
        escaped(&article.date)
    )
}

fn warc(articles: &[Article], path: &Path) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for article in articles {
        let page = page(article);
        let http =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
        let mut record = GzEncoder::new(&mut out, Compression::default());
        write!(
            record,
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet.example/{}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            article.id,
            http.len()
        )?;
        record.finish()?;
    }
    Ok(out.flush()?)
}

fn feed(articles: &[Article], path: &Path) -> Outcome<()> {
    let mut items = String::new();
    for a in articles {
        writeln!(
            items,
            "<item><guid>{}</guid><title>{}</title><description>{}</description></item>",
            a.id,
            escaped(&a.headline),
            escaped(&a.body.replace('\n', "<br>"))
        )?;
    }
    // a feed is read whole, and one this long is not
    let bound = items.char_indices().map(|(at, _)| at).take_while(|&at| at < 60_000_000).last().unwrap_or(0);
    let end = items[..bound].rfind("</item>").map_or(0, |at| at + "</item>".len());
    let text = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>All</title>\n{}</channel></rss>\n",
        &items[..end]
    );
    Ok(fs::write(path, text)?)
}
