# `make demo` runs the program, `make test` checks it; `make help` lists the rest.

PORT =
DATA = samples/documents
HOME_OF_DEMO = var/demo
BASE = HEAD
ENGINE = embedded

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
# Every package comes from a lock file and must have the digest written there.
INSTALL = $(PIP) install --no-deps --require-hashes --only-binary :all:
INSTALL_PROJECT = $(PIP) install --no-deps --no-build-isolation --editable .
# Three locks: what the program needs, what builds its wheel, and everything for development.
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet $(UPGRADE) \
	--custom-compile-command "make lock"
# Ubuntu has no such package: `snap install chromium`, and `make test BROWSER=chromium`.
BROWSER = chromium-headless-shell
FONT = /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf

.PHONY: help demo test lint check-format format typecheck bench gate compare lock clean system-packages
.DEFAULT_GOAL := help

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1:\2/p' Makefile | while IFS=: read -r name does; do \
		printf '  %-20s %s\n' "$$name" "$$does"; done

demo: $(VENV)/run.stamp ## index the sample documents and serve them [PORT=8000] [DATA=folder of documents]
	TRACUU_HOME=$(HOME_OF_DEMO) $(BIN)/tracuu index "$(DATA)"
	TRACUU_HOME=$(HOME_OF_DEMO) $(BIN)/tracuu serve --port "$$($(BIN)/python scripts/free_port.py $(PORT))"

test: lint check-format typecheck system-packages ## everything: lint, format, types, all tests
	$(BIN)/python -m pytest $(TESTS)

lint: $(VENV)/dev.stamp ## ruff's rules
	$(BIN)/ruff check .

check-format: $(VENV)/dev.stamp ## ruff's format
	$(BIN)/ruff format --check .

format: $(VENV)/dev.stamp ## write ruff's format
	$(BIN)/ruff format .

typecheck: $(VENV)/dev.stamp ## mypy, strict
	$(BIN)/mypy

bench: $(VENV)/dev.stamp ## relevance and speed against the baselines, in one run
	$(BIN)/python -m bench $(BENCH)

gate: $(VENV)/dev.stamp system-packages ## fail where ranking is worse than bench/floors.toml says it was
	$(BIN)/python -m bench.gate

compare: $(VENV)/dev.stamp ## what the working tree wins and loses against a revision [BASE=HEAD] [ENGINE=embedded]
	$(BIN)/python -m bench.compare --base "$(BASE)" --engine "$(ENGINE)"

lock: $(VENV)/dev.stamp ## write the lock files anew from pyproject.toml [UPGRADE=--upgrade]
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) --group build --output-file requirements-build.lock
	$(COMPILE) pyproject.toml --extra dev --group build --output-file requirements-dev.lock \
		--constraint requirements.lock --constraint requirements-build.lock

clean: ## remove everything that was made here, the demo's index too
	rm -rf $(VENV) .cache var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the tests need besides Python: Maven fetches the Elasticsearch node, Chromium shows the page,
# Tesseract reads scans, Dovecot has the mailbox, PostgreSQL stands for the old system's database, LibreOffice makes pages
# of Word files, curl and Node run the examples of docs/api.md.
system-packages:
	scripts/system-packages.sh mvn=maven $(BROWSER)=$(BROWSER) tesseract=tesseract-ocr \
		/usr/share/tesseract-ocr/5/tessdata/vie.traineddata=tesseract-ocr-vie $(FONT)=fonts-dejavu-core \
		/usr/lib/dovecot/imap=dovecot-imapd pg_ctlcluster=postgresql soffice=libreoffice-writer-nogui \
		curl=curl node=nodejs

# The stamps say which lock files the environment was made from; they are younger than those or it is made again.
$(VENV)/made.stamp: scripts/make-venv.sh
	scripts/make-venv.sh $(VENV)
	touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.lock requirements-build.lock pyproject.toml
	$(INSTALL) -r requirements.lock -r requirements-build.lock
	$(INSTALL_PROJECT)
	touch $@

# The development lock holds the other two, so that both stamps are true afterwards.
$(VENV)/dev.stamp: $(VENV)/made.stamp requirements-dev.lock pyproject.toml
	$(INSTALL) -r requirements-dev.lock
	$(INSTALL_PROJECT)
	touch $@ $(VENV)/run.stamp
