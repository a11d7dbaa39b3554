# Beside the tests of any report: the generator under web servers and validators, and its speed. Read by Makefile.
.PHONY: test-servers test-node bench

test-servers: $(VENV)/test ## test the site under nginx and Caddy, which must be installed
	$(BIN)/python -m pytest -m servers

test-node: $(VENV)/test ## ask validators and readers of others; Node, npm and Java must be installed
	npm ci --prefix site_tests/node
	$(BIN)/python -m pytest -m node

bench: $(VENV)/test ## time builds, checks and edits against other ways, and write content/speed.md
	$(BIN)/python -m site_tests.bench --write content/speed.md
