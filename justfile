# Lists the recipes.
default:
    @just --list

# Installs what the tests need and runs everything, as CI does.
test:
    ./tests/run

# Tests only, without lints and fuzzing; arguments go to nextest.
quick *ARGS:
    cargo nextest run {{ARGS}}

# Quality per field, for the fixtures and, where it is there, the corpus.
eval:
    cargo test -q --test main quality:: -- --nocapture --test-threads=1

# What a field gets wrong (`all` for every field).
eval-misses FIELD:
    RECAP_MISSES={{FIELD}} cargo test -q --test main quality:: -- --nocapture --test-threads=1

# Raises the floors of tests/floors.toml to what is reached; never lowers one.
raise-floors:
    RECAP_RAISE_FLOORS=1 cargo test -q --test main quality:: -- --test-threads=1

# Speed against bare parsing in the same run; `just bench --check` fails where a target is missed.
bench *ARGS:
    cargo bench -q -p recap-bench --bench speed -- {{ARGS}}

# Merging 10,000 extractions of 1,000 events against 1,000 of 100; with `--full` 100,000 of 10,000 against 10,000.
bench-merge *ARGS:
    cargo bench -q -p recap-bench --bench merge -- {{ARGS}}

# Import, refresh and reparse over loopback against Scrapy and bare requests; installs Scrapy into target/.
bench-loopback *ARGS:
    benches/loopback.py {{ARGS}}

# Searching 50,000 recaps and making the pages of 10,000 events; `--check` fails where a target is missed.
bench-reading *ARGS:
    cargo bench -q -p recap-bench --bench reading -- {{ARGS}}

# Fuzzes a target (document, extract, entities) for some seconds, seeded from the fixtures.
fuzz TARGET="document" SECONDS="60":
    ./fuzz/run {{TARGET}} {{SECONDS}}

# Formatting, clippy, licences and banned crates.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo deny check bans licenses sources

# Puts recap into cargo's bin folder, manual pages and completions of bash, zsh and fish into the user's data folder.
install:
    cargo install --locked --path .
    just pages "${CARGO_HOME:-$HOME/.cargo}/bin/recap" "${XDG_DATA_HOME:-$HOME/.local/share}"

# Writes manual pages and completions of a recap program below a data folder.
pages PROGRAM DATA:
    mkdir -p "{{DATA}}/man/man1" "{{DATA}}/bash-completion/completions" "{{DATA}}/zsh/site-functions" "{{DATA}}/fish/vendor_completions.d"
    "{{PROGRAM}}" man "{{DATA}}/man/man1"
    "{{PROGRAM}}" completions bash >"{{DATA}}/bash-completion/completions/recap"
    "{{PROGRAM}}" completions zsh >"{{DATA}}/zsh/site-functions/_recap"
    "{{PROGRAM}}" completions fish >"{{DATA}}/fish/vendor_completions.d/recap.fish"
