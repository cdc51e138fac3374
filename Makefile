# Dateline: `make demo` to see it, `make test` to check it, `make help` for the rest.

CARGO ?= cargo
FILE ?= ../shared/news/news-8k.jsonl.gz
COLLECTIONS ?= ../shared/collections
PAGES ?= ../shared/pages
FUZZ_SECONDS ?= 600
ARTICLES ?= seeds/articles
QUERY ?= Helsinki venue
KILLS ?= 300
FAULTS ?= long
DATELINE = target/release/dateline
CLUSTER = tests/cluster/cluster.sh

.PHONY: demo test lint build bench trec-eval gate ranking misread extraction index query stats kill faults fuzz cluster-up \
  cluster-down test-cluster bench-cluster msrv deny workflows deb help clean tools

demo: tools ## build as the tests do, index seeds/articles/ into index/, search for "Helsinki venue"
	$(CARGO) build
	@echo "\$$ dateline index seeds/articles"
	@target/debug/dateline index seeds/articles
	@echo
	@echo "\$$ dateline query \"Helsinki venue\""
	@target/debug/dateline query "Helsinki venue"

# what is built for one run only need not be kept to build upon
test lint demo: export CARGO_INCREMENTAL = 0

test: lint ## rustfmt, clippy and rustdoc without a warning, every test, and how extraction does on the gold
	@echo "extraction of seeds/articles against seeds/gold.json:"
	@$(CARGO) test --quiet --test library gold -- --nocapture | sed -n '/^field/,/^$$/p'
	@CARGO=$(CARGO) tests/run.sh

lint: tools ## rustfmt, clippy and rustdoc, warnings denied
	@$(CARGO) fmt --version > /dev/null 2>&1 || { echo "make: no rustfmt; install it with: rustup component add rustfmt"; exit 1; }
	@$(CARGO) clippy --version > /dev/null 2>&1 || { echo "make: no clippy; install it with: rustup component add clippy"; exit 1; }
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --document-private-items

build: tools ## the release build, at target/release/dateline
	$(CARGO) build --release

bench: build ## Dateline beside bare tantivy and ir_measures; FILE=articles.jsonl, plain or gzipped
	@CARGO=$(CARGO) tests/bench/run.sh "$(FILE)"
	@tests/bench/eval.sh $(DATELINE) target/tmp/trec_eval_venv

trec-eval: tools ## every measure beside trec_eval's values, told; needs python3 with pip
	$(CARGO) test --quiet --test command trec_eval -- --ignored --nocapture

gate: build ## the ranking gate on seeds/: topics, judgments and baseline
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	$(DATELINE) index seeds/articles --index "$$dir/index" 2> /dev/null > /dev/null && \
	$(DATELINE) eval --topics seeds/topics.tsv --qrels seeds/qrels.txt --baseline seeds/baseline.json \
	  --golden seeds/golden.tsv --index "$$dir/index"

ranking: build ## nDCG and AP beside Lucene's on COLLECTIONS=folder, held to floors; UPDATE=1 raises them
	@DATELINE=$(DATELINE) COLLECTIONS="$(COLLECTIONS)" UPDATE=$(UPDATE) \
	  $(CARGO) test --quiet --test library ranking -- --ignored --nocapture --skip what_noise_takes

misread: build ## what made OCR noise takes from COLLECTIONS=folder, and --ocr gives back; long; UPDATE=1 raises the floors
	@COLLECTIONS="$(COLLECTIONS)" UPDATE=$(UPDATE) DATELINE=target/release/dateline \
	  $(CARGO) test --quiet --test library what_noise_takes -- --ignored --nocapture

extraction: tools ## pages in PAGES=folder beside gold, held to floors; UPDATE=1 raises them, HELD=1 shows the held third
	@PAGES="$(PAGES)" UPDATE=$(UPDATE) HELD=$(HELD) $(CARGO) test --quiet --test library extraction_keeps -- --ignored --nocapture

index: build ## index ARTICLES=folder into index/
	$(DATELINE) index "$(ARTICLES)"

query: build ## search index/ for QUERY="words"
	$(DATELINE) query "$(QUERY)"

kill: tools ## kills indexing KILLS=300 times at random moments and compares what is left with an undisturbed run
	KILLS=$(KILLS) $(CARGO) test --quiet --test command kill -- --nocapture

faults: tools ## every command with failing calls, kills and power cuts, as a table; FAULTS=short takes some of the cases
	@FAULTS=$(FAULTS) ONLY="$(ONLY)" $(if $(CASE),CASE="$(CASE)") $(CARGO) test --quiet --test faults

fuzz: tools ## throws bytes at every reader, FUZZ_SECONDS=600 each, or at FUZZ="target …"; needs the nightly toolchain
	@tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ)

cluster-up: ## three OpenSearch nodes on 127.0.0.1:9201 to 9203; needs a JDK of 21 or newer, and Maven the first time
	@$(CLUSTER) up

cluster-down: ## ends the nodes and removes their data
	@$(CLUSTER) down

test-cluster: tools ## the tests that need a cluster: brings it up, runs them, brings it down
	@trap '$(CLUSTER) down' EXIT; trap 'exit 130' INT TERM; $(CLUSTER) up && \
	DATELINE_CLUSTER=http://127.0.0.1:$(or $(DATELINE_CLUSTER_HTTP),9201) DATELINE_CLUSTER_SH="$(CURDIR)/$(CLUSTER)" \
	  $(CARGO) test --quiet --features tls --test cluster -- --ignored --nocapture --test-threads 1 \
	  $(if $(wildcard $(COLLECTIONS)),,--skip rankings_are_alike)

bench-cluster: build ## an archive on a cluster that it starts beside one on this machine; FILE=articles.jsonl; needs python3
	@$(CLUSTER:cluster.sh=bench.sh) "$(FILE)" $(DATELINE) "$(COLLECTIONS)"

stats: build ## what index/ holds, in numbers
	$(DATELINE) stats

msrv: tools ## the oldest Rust that Cargo.toml names builds it; needs rustup
	@version=$$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) && \
	command -v rustup > /dev/null || { echo "make: no rustup; install it from https://rustup.rs"; exit 1; }; \
	rustup toolchain install "$$version" --profile minimal > /dev/null 2>&1 || \
	  { echo "make: Rust $$version cannot be installed"; exit 1; }; \
	CARGO_TARGET_DIR=target/msrv rustup run "$$version" cargo check --quiet --locked --all-features && \
	echo "Rust $$version builds dateline"

deny: tools ## licences, sources and bans of what it is built from, by deny.toml; advisories where the network has them
	@tests/package/deny.sh

workflows: ## the workflow files of the hosted CI, held to their schema; needs npm
	@tests/package/workflows.sh

deb: tools ## a Debian package with TLS in target/debian, which is unpacked into a clean root and run there
	$(CARGO) build --release --features tls
	@tests/package/deb.sh

clean: cluster-down ## remove what was built and indexed
	$(CARGO) clean --quiet
	find index -mindepth 1 ! -name .gitignore -delete

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 21

tools:
	@command -v $(CARGO) > /dev/null || { echo "make: no cargo; install Rust from https://rustup.rs"; exit 1; }
	@command -v cc > /dev/null || command -v gcc > /dev/null || command -v clang > /dev/null || \
	  { echo "make: no C compiler; install gcc or clang (Debian, Ubuntu: apt install build-essential; macOS: xcode-select --install)"; exit 1; }
