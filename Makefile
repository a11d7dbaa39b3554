# Everything a person types. `make serve` and `make test` set up what they need by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# The theme announces its successor at every build; data and code here do not depend on it (make render).
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve build check fresh links render pdf schemas lint test test-fast test-long lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/'

$(VENV)/run: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make serve PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/test: requirements-test.txt requirements-engines.txt $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-engines.txt || echo "Zensical cannot be installed here: the test that compares it is skipped."
	touch $@

$(VENV)/pdf: requirements-pdf.txt $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pdf.txt
	touch $@

serve: $(VENV)/run ## build the report, serve it on http://127.0.0.1:8000 and rebuild on every change (PORT=... for another)
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(VENV)/run ## build the report into site/, whole or not at all (SITE_URL=... for canonical addresses)
	@$(BIN)/python -m macros build

check: $(VENV)/run ## check data and pages, publish nothing
	@$(BIN)/python -m macros check

fresh: $(VENV)/run ## check, and refuse facts past their shelf life that the report rests on; before a release
	@$(BIN)/python -m macros check --fresh

links: $(VENV)/run ## ask every address in the data whether it still answers; uses the network, takes minutes
	@$(BIN)/python -m macros links

render: $(VENV)/run ## write the finished plain-Markdown tree to build/plain
	$(BIN)/python -m macros render build/plain

pdf: $(VENV)/pdf ## print the report as build/report.pdf and build the site with it (site/report.pdf); needs or gets Chromium
	$(BIN)/python -m macros pdf build/report.pdf
	REPORT_PDF=build/report.pdf $(MAKE) build

schemas: $(VENV)/run ## write data/schema and data/README.md from the models, and CITATION.cff from the data
	$(BIN)/python -m macros schemas

lint: $(VENV)/test ## look through the Python for slips of style and of types (ruff, mypy)
	$(BIN)/ruff check macros site_tests
	$(BIN)/ruff format --check macros site_tests
	$(BIN)/mypy

test: lint ## run every test, browser tests included; needs or gets Chromium
	@$(BIN)/python -m macros.pdf.browser
	$(BIN)/python -m pytest

test-fast: $(VENV)/test ## run the tests that need neither a built site nor a browser
	$(BIN)/python -m pytest -m "not site and not slow and not servers and not node and not long"

test-long: $(VENV)/test ## run every test with many more cases, made up at random; takes an hour or more
	@$(BIN)/python -m macros.pdf.browser
	$(BIN)/python -m pytest -m "not servers and not node" --hypothesis-profile=many

lock: ## renew the pinned requirements (needs pip-tools and npm)
	pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt pyproject.toml
	pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra pdf -o requirements-pdf.txt pyproject.toml
	pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra test -o requirements-test.txt pyproject.toml
	pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra engines -o requirements-engines.txt pyproject.toml
	[ ! -d site_tests/node ] || npm update --prefix site_tests/node --package-lock-only

clean: ## remove what was built, keep the data
	rm -rf $(VENV) build site site_tests/node/node_modules .site.* .cache .pytest_cache .hypothesis

# What tests and measures the generator, which a report made with it leaves to its authors.
-include site_tests/generator.mk
